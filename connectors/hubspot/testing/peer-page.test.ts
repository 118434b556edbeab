import { afterEach, beforeEach, expect, test } from 'vitest';
import { findDuplicates } from './peer-duplicates.ts';
import { startFakeHubSpot, type FakeHubSpot } from './peer.ts';

let peer: FakeHubSpot;
beforeEach(async () => {
  peer = await startFakeHubSpot({ seedContacts: [{ firstname: 'Ann', phone: '+14155550123' }] });
});
afterEach(() => peer.close());

const call = (more: Record<string, string> = {}) =>
  peer.seed('calls', {
    hs_timestamp: '2026-11-22T01:00:00Z',
    hs_call_from_number: '+1',
    hs_call_direction: 'INBOUND',
    ...more,
  });
const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  fetch(peer.url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });

test('the page speaks the language asked for and trusts no value', async () => {
  const read = async (path: string, language = 'en') =>
    (await fetch(peer.url + path, { headers: { 'accept-language': language } })).text();
  expect(await read('/')).toContain('<html lang="en">');
  expect(await read('/', 'zh-CN,zh;q=0.9')).toContain('模拟 CRM');
  expect(await read('/?lang=en', 'zh')).toContain('Fake CRM');
  expect(await read(`/contacts/1/record/0-1/2`)).toContain('Fake CRM');
  peer.seed('contacts', { firstname: '<script>alert(1)</script>' });
  expect(await read('/')).not.toContain('alert(1)');
  const answer = await fetch(peer.url);
  expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
});

test('a note saved on the page is an edit of the CRM’s own', async () => {
  const { id } = call();
  expect((await post(`/ui/calls/${id}/note`, { note: 'call back\n<today>' })).status).toBe(200);
  expect(peer.calls()[0]).toMatchObject({
    properties: { hs_call_body: 'call back<br>&lt;today&gt;' },
    editedAtMs: expect.any(Number) as number,
  });
  expect((await post(`/ui/calls/${id}/note`, { note: 'x' }, { origin: 'http://evil.test' })).status).toBe(400);
  expect((await post('/ui/calls/none/note', { note: 'x' })).status).toBe(400);
  expect((await post(`/ui/calls/${id}/note`, { note: 5 })).status).toBe(400);
});

test('the state counts calls and duplicates', async () => {
  call();
  call();
  call({ hs_timestamp: '2026-11-22T02:00:00Z' });
  const state: unknown = await (await fetch(`${peer.url}/ui/state`)).json();
  expect(state).toMatchObject({ counts: { contacts: 1, calls: 3, duplicates: 2 } });
});

test('open pages are told of changes', async () => {
  const answer = await fetch(`${peer.url}/ui/events`);
  const reader = answer.body?.getReader();
  const next = async () => new TextDecoder().decode((await reader?.read())?.value);
  expect(await next()).toBe('data: 0\n\n');
  peer.edit('contacts', peer.contacts()[0]?.id ?? '', { company: 'Acme' });
  expect(await next()).toBe('data: 1\n\n');
  await reader?.cancel();
});

test('what counts as the same call', () => {
  const made = (id: string, time: string, more: Record<string, string> = {}) => ({
    id,
    properties: { hs_timestamp: time, hs_call_from_number: '+1', hs_call_direction: 'INBOUND', ...more },
  });
  const found = findDuplicates([
    made('a', '2026-11-22T01:00:00Z'),
    made('b', '2026-11-22T01:00:00.900Z'),
    made('c', '2026-11-22T01:00:05Z'),
    made('d', '2026-11-22T01:00:00Z', { hs_call_direction: 'OUTBOUND' }),
    { id: 'e', properties: { hs_timestamp: '2026-11-22T01:00:00Z' } },
    { id: 'f', properties: { hs_timestamp: '2026-11-22T01:00:00Z' } },
  ]);
  expect([...found]).toEqual(['a', 'b']);
});
