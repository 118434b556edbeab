import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ProbeReport } from '#core/contract/connector.ts';
import { openAgainst } from './testing/open-session.ts';
import { startFakeHubSpot, type FakeHubSpot } from './testing/peer.ts';

let peer: FakeHubSpot;
const closers: (() => Promise<void>)[] = [];
beforeEach(async () => {
  peer = await startFakeHubSpot();
});
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
  await peer.close();
});

async function session() {
  const opened = await openAgainst(peer);
  closers.push(() => opened.close());
  return opened;
}
const failedChecks = ({ checks }: ProbeReport) => checks.filter(({ ok }) => !ok);

test('a good account passes and has its key property afterwards', async () => {
  const opened = await session();
  const first = await opened.probe();
  expect(first).toMatchObject({ ok: true });
  expect(first.checks.map(({ name }) => name)).toEqual(['reachable', 'credentials', 'privileges', 'objects']);
  expect(first.checks[3]?.detail).toContain('Made the unique property');
  expect((await opened.probe()).checks[3]?.detail).toContain('Calls have the unique property');
});

test('a missing scope is named', async () => {
  const opened = await session();
  peer.revokeScope('crm.schemas.contacts.write');
  const report = await opened.probe();
  expect(failedChecks(report)).toMatchObject([
    {
      name: 'privileges',
      field: 'accessToken',
      detail: expect.stringContaining('crm.schemas.contacts.write') as string,
    },
    { name: 'objects', field: 'accessToken' },
  ]);
});

test('a token refused later is reported at the token, a silent HubSpot at the address', async () => {
  const opened = await session();
  peer.expireToken();
  expect(failedChecks(await opened.probe())).toMatchObject([{ name: 'credentials', field: 'accessToken' }]);
  await peer.close();
  expect(failedChecks(await opened.probe())).toMatchObject([{ name: 'reachable', field: 'baseUrl' }]);
});

test('a property of that name that is not unique is refused', async () => {
  await fetch(`${peer.url}/crm/v3/properties/calls`, {
    method: 'POST',
    headers: { authorization: `Bearer ${peer.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      name: 'tieline_key',
      label: 'x',
      type: 'string',
      fieldType: 'text',
      groupName: 'callsinformation',
    }),
  });
  const opened = await session();
  expect(failedChecks(await opened.probe())).toMatchObject([{ name: 'objects', field: 'keyProperty' }]);
});
