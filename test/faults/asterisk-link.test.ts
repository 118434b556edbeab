import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createConnection, getConnection } from '#core/contract/api/connections.ts';
import type { Interaction } from '#core/contract/interaction.ts';
import { startAmiPeer, type AmiPeer } from '#connectors/asterisk-ami/testing/peer.ts';
import { startFakeHubSpot, type FakeHubSpot } from '#connectors/hubspot/testing/peer.ts';
import type { HubClient } from '#core/tools/hub-client.ts';
import { DeskUser } from './desk-user.ts';
import { HubProcess } from './hub-process.ts';
import { allInteractions } from './interactions.ts';
import { waitFor } from './wait.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'tieline-link-'));
let pbx: AmiPeer;
let crm: FakeHubSpot;
let hub: HubProcess;
let client: HubClient;
let user: DeskUser;
let linkId: string;

beforeAll(async () => {
  [pbx, crm, hub] = await Promise.all([
    startAmiPeer({ answerAfterMs: 200 }),
    startFakeHubSpot({ limits: null }),
    HubProcess.start({ dataDir }),
  ]);
  user = await DeskUser.setUp(hub.url);
  client = hub.client();
  await client.call(createConnection, {
    body: {
      connectorId: 'hubspot',
      name: 'CRM',
      config: { accessToken: crm.token, baseUrl: crm.url },
      skipProbe: false,
    },
  });
  const config = {
    host: '127.0.0.1',
    port: pbx.port,
    username: 'hub',
    secret: 'example',
    trunks: ['PJSIP/trunk'],
    context: 'internal',
  };
  const link = await client.call(createConnection, {
    body: { connectorId: 'asterisk-ami', name: 'Switch', config, skipProbe: false },
  });
  linkId = link.id;
  await user.sitDown('1001', linkId);
  await linkUp();
}, 120_000);
afterAll(async () => {
  user?.leave();
  await hub?.stop();
  await Promise.all([pbx?.close(), crm?.close()]);
  rmSync(dataDir, { recursive: true, force: true });
}, 60_000);

const linkUp = (reconnects = 0): Promise<unknown> =>
  waitFor(
    'The link up',
    () => client.call(getConnection, { params: { connectionId: linkId } }),
    ({ health }) => health.state === 'up' && health.reconnects >= reconnects && pbx.loggedIn() > 0,
  );

function callFrom(number: string, holds: (one: Interaction) => boolean): Promise<Interaction> {
  const find = async (): Promise<Interaction | undefined> =>
    (await allInteractions(client)).find((one) => one.caller.number?.endsWith(number.slice(-7)) === true);
  return waitFor(`The call from ${number}`, find, (one) => one !== undefined && holds(one)) as Promise<Interaction>;
}

const activitiesOf = ({ id }: Interaction): ReturnType<FakeHubSpot['calls']> =>
  crm.calls().filter(({ properties }) => properties['tieline_key'] === `tl-${id}`);

it('the link is cut in mid-call: what ended meanwhile is completed, what goes on goes on, each is written once', async () => {
  const ends = pbx.pbx.startCall({ from: '+14155550101', agent: '1001' });
  const stays = pbx.pbx.startCall({ from: '+14155550102', agent: '1002' });
  pbx.pbx.answer(ends);
  pbx.pbx.answer(stays);
  await callFrom('+14155550101', ({ phase }) => phase === 'talking');
  await callFrom('+14155550102', ({ phase }) => phase === 'talking');

  const cutMs = Date.now();
  pbx.cut('Event: Hangup\r\nChan');
  pbx.pbx.hangup(ends);
  const begins = pbx.pbx.startCall({ from: '+14155550103', agent: '1003' });
  pbx.pbx.answer(begins);
  await linkUp(1);

  const ended = await callFrom('+14155550101', ({ open }) => !open);
  expect(ended).toMatchObject({ inferred: true, outcome: 'answered', agents: ['1001'], phase: 'ended' });
  expect(ended.endMs).toBeGreaterThanOrEqual(cutMs - 1000);
  const stayed = await callFrom('+14155550102', ({ open }) => open);
  expect(stayed.phase).toBe('talking');
  await callFrom('+14155550103', ({ open }) => open);

  pbx.pbx.hangup(stays);
  pbx.pbx.hangup(begins);
  const others = [
    await callFrom('+14155550102', ({ open }) => !open),
    await callFrom('+14155550103', ({ open }) => !open),
  ];
  expect(others).toMatchObject([
    { outcome: 'answered', agents: ['1002'], inferred: false },
    { outcome: 'answered', agents: ['1003'] },
  ]);
  await waitFor(
    'Each call written',
    async () => [ended, ...others].map((one) => activitiesOf(one).length),
    (counts) => counts.every((count) => count > 0),
  );
  expect(crm.calls()).toHaveLength(3);
  expect(activitiesOf(ended)[0]?.properties['hs_call_body']).toContain(
    'reconstructed after the telephone link was lost',
  );
}, 180_000);

it('click-to-dial rings the phone once, however often the same order is posted', async () => {
  const requestId = 'desk-order-0001';
  const [first, second] = await Promise.all([
    user.dial('+14155550188', requestId),
    user.dial('+14155550188', requestId),
  ]);
  expect(second).toEqual(first);
  expect(first.requestId).toBe(requestId);
  const dialled = (one: Interaction): boolean => one.direction === 'outbound';
  const made = await waitFor(
    'The call made',
    async () => (await allInteractions(client)).filter(dialled),
    (found) => found.some(({ open, legs }) => open && legs.some(({ agent }) => agent === '1001')),
  );
  expect(await user.dial('+14155550188', requestId)).toEqual(first);
  expect(pbx.received.filter(({ name }) => name === 'Originate')).toHaveLength(1);
  expect(made).toHaveLength(1);
}, 180_000);
