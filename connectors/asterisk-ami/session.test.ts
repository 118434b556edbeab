import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { SwitchEvent } from '#core/contract/call-events.ts';
import type { ConnectorNotice } from '#core/contract/connector.ts';
import connector from './index.ts';
import { readRecording } from './testing/recording.ts';
import { startAmiPeer, type AmiPeer, type AmiPeerOptions } from './testing/peer.ts';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
});

async function start(peerOptions: AmiPeerOptions = {}): Promise<AmiPeer> {
  const peer = await startAmiPeer(peerOptions);
  closers.push(() => peer.close());
  return peer;
}

async function connect(peer: AmiPeer, extra: Record<string, unknown> = {}) {
  const notices: ConnectorNotice[] = [];
  const abort = new AbortController();
  const config = connector.config.parse({
    host: '127.0.0.1',
    port: peer.port,
    username: 'hub',
    secret: 'example',
    trunks: ['PJSIP/trunk'],
    context: 'internal',
    ...extra,
  });
  const session = await connector.open({
    connectionId: crypto.randomUUID(),
    tenantId: 'default',
    config,
    signal: abort.signal,
    now: Date.now,
    cursor: { get: async () => null, set: async () => undefined },
    report: (notice) => void notices.push(notice),
  });
  closers.push(() => session.close());
  const events: SwitchEvent[] = [];
  const listen = () => session.callEvents.listen(async (batch) => void events.push(...batch));
  const types = () => events.map((event) => (event.kind === 'call' ? event.type : event.state));
  return { session, events, listen, types, notices, abort };
}

test('a call arrives as call events, with noise filtered at the switch', async () => {
  const peer = await start();
  const { listen, types, events } = await connect(peer);
  await listen();
  const call = peer.pbx.startCall();
  await expect.poll(types).toContain('delivered');
  peer.pbx.answer(call);
  peer.pbx.hangup(call);
  await expect.poll(types).toContain('callCleared');
  expect(types()).toEqual(expect.arrayContaining(['originated', 'delivered', 'established', 'legCleared']));
  expect(events.find((event) => event.kind === 'call')).toMatchObject({
    direction: 'inbound',
    calling: { number: '+14155550123', name: 'John Smith' },
  });
  expect(peer.received.map((action) => action.name)).toContain('Filter');
});

test('plain login; a user without any write privilege still gets calls', async () => {
  const peer = await start({ read: ['call', 'agent'], write: ['call'] });
  const { listen, types, session } = await connect(peer, { login: 'plain' });
  await listen();
  const call = peer.pbx.startCall();
  peer.pbx.hangup(call);
  await expect.poll(types).toContain('callCleared');
  expect(await session.callEvents.snapshot()).toEqual([]);
  expect(await session.probe()).toMatchObject({
    ok: false,
    checks: expect.arrayContaining([expect.objectContaining({ name: 'privileges', ok: false, field: 'username' })]),
  });
  await expect(session.callControl.makeCall({ agent: '1001', number: '+1415', requestId: 'r' })).rejects.toMatchObject({
    code: 'permission.denied',
    message: expect.stringContaining('"originate"'),
  });
});

test.each(['md5', 'plain'])('a wrong secret is told apart, %s', async (login) => {
  const peer = await start({ refuseAfterMs: 20 });
  const opening = connect(peer, { secret: 'canary-secret', login });
  await expect(opening).rejects.toMatchObject({ code: 'auth.rejected', field: 'secret' });
  await expect(opening).rejects.not.toThrow(/canary/u);
  await expect.poll(() => peer.clients.size).toBe(0);
});

test('what is no AMI is told apart', async () => {
  const peer = await start({ banner: 'SSH-2.0-OpenSSH_9.6\r\n\r\nx' });
  await expect(connect(peer)).rejects.toMatchObject({ code: 'remote.garbled', field: 'port' });
});

test('a good probe, and calls that are up', async () => {
  const peer = await start();
  const call = peer.pbx.startCall();
  peer.pbx.answer(call);
  const { session } = await connect(peer);
  expect(await session.probe()).toMatchObject({ ok: true });
  expect(await session.callEvents.snapshot()).toMatchObject([
    {
      callId: call.caller.linkedId,
      legs: [
        { legId: call.caller.id, device: { kind: 'trunk', id: 'trunk' }, state: 'connected' },
        { legId: call.called.id, device: { kind: 'extension', id: '1001' }, state: 'connected' },
      ],
    },
  ]);
});

test('a switch that goes silent is lost after unanswered pings', async () => {
  const peer = await start();
  const { session } = await connect(peer, { pingIntervalSecs: 1 });
  peer.isStalled = true;
  await expect(session.lost).resolves.toMatchObject({ code: 'link.lost', message: expect.stringContaining('pings') });
  await expect(session.callControl.clear('1.2')).rejects.toMatchObject({ code: 'link.lost' });
});

test('a hub that stores nothing stops the wire instead of filling the memory', async () => {
  const peer = await start();
  const { session } = await connect(peer);
  let pushed = 0;
  const gate = Promise.withResolvers<void>();
  await session.callEvents.listen(async (batch) => {
    pushed += batch.length;
    await gate.promise;
  });
  for (let n = 0; n < 3000; n += 1) peer.pbx.hangup(peer.pbx.startCall());
  await expect.poll(() => pushed).toBeGreaterThan(1000);
  expect(pushed).toBeLessThan(6000);
  gate.resolve();
  await expect.poll(() => pushed, { timeout: 10_000 }).toBeGreaterThan(9000);
});

test('click-to-dial: agent first, marks come back, a repeat does not ring twice', async () => {
  const peer = await start({ answerAfterMs: 5 });
  const { session, listen, events, types } = await connect(peer);
  await listen();
  const order = {
    agent: '1001',
    number: '+1 (415) 555-0188 ext. 42',
    requestId: 'desk/7, "x"',
    correlation: { contactId: 'c-1,2;|=' },
  };
  const [first, second] = await Promise.all([session.callControl.makeCall(order), session.callControl.makeCall(order)]);
  expect(first).toEqual({ requestId: order.requestId, dialled: '+14155550188,42' });
  expect(second).toEqual(first);
  expect(peer.received.filter((action) => action.name === 'Originate')).toHaveLength(1);
  await expect.poll(types).toContain('established');
  const marks = Object.assign({}, ...events.map((event) => (event.kind === 'call' ? event.correlation : undefined)));
  expect(marks).toMatchObject({ requestId: order.requestId, contactId: 'c-1,2;|=' });
});

test('the same order after a reconnect does not ring twice', async () => {
  const peer = await start();
  const one = await connect(peer);
  await one.listen();
  const order = { agent: '1001', number: '1002', requestId: 'again' };
  const accepted = await one.session.callControl.makeCall(order);
  peer.cut();
  await one.session.lost;
  const two = await connect(peer);
  await two.listen();
  expect(await two.session.callControl.makeCall(order)).toEqual(accepted);
  expect([...peer.pbx.channels.values()].filter((channel) => channel.name.startsWith('PJSIP/1001'))).toHaveLength(1);
});

test('orders that cannot be done say why', async () => {
  const peer = await start();
  const { session, listen } = await connect(peer);
  await listen();
  const { callControl, agentState } = session;
  await expect(callControl.makeCall({ agent: '1999', number: '1002', requestId: 'a' })).rejects.toMatchObject({
    code: 'remote.rejected',
    field: 'agent',
  });
  await expect(callControl.clear('1795311778.711')).rejects.toMatchObject({ code: 'resource.missing' });
  await expect(callControl.park('1795311778.711')).rejects.toMatchObject({ code: 'resource.missing' });
  await expect(agentState.set('1001', 'busy')).rejects.toMatchObject({ code: 'facet.unsupported' });
  await expect(agentState.set('1999', 'ready')).rejects.toMatchObject({ code: 'resource.missing' });
});

test('hang up, transfer, consult, park and record name the right channel', async () => {
  const peer = await start();
  const { session, listen, types } = await connect(peer);
  await listen();
  const call = peer.pbx.startCall();
  peer.pbx.answer(call);
  await expect.poll(types).toContain('established');
  const { callControl } = session;
  const agentLeg = call.called.id;
  await callControl.record(agentLeg, true);
  await callControl.record(agentLeg, false);
  await callControl.park(agentLeg);
  await callControl.attendedTransfer(agentLeg, '1002');
  await callControl.transfer(agentLeg, '1003');
  await expect.poll(() => [...peer.pbx.channels.values()].some((channel) => channel.number === '1003')).toBe(true);
  const sent = (name: string) => peer.received.find((action) => action.name === name)?.headers ?? [];
  expect(sent('MixMonitor')).toContainEqual(['Channel', call.called.name]);
  expect(sent('Park')).toEqual(
    expect.arrayContaining([
      ['Channel', call.caller.name],
      ['TimeoutChannel', call.called.name],
    ]),
  );
  expect(sent('Atxfer')).toEqual(
    expect.arrayContaining([
      ['Channel', call.called.name],
      ['Exten', '1002'],
      ['Context', 'internal'],
    ]),
  );
  expect(sent('BlindTransfer')).toEqual(
    expect.arrayContaining([
      ['Channel', call.called.name],
      ['Exten', '1003'],
    ]),
  );
});

test('agents are paused in their queues', async () => {
  const peer = await start();
  const { session, listen } = await connect(peer);
  await listen();
  await session.agentState.set('1001', 'notReady', { reason: 'Lunch' });
  await session.agentState.set('1001', 'ready', { queue: 'support' });
  const pauses = peer.received.filter((action) => action.name === 'QueuePause').map((action) => action.headers);
  expect(pauses[0]).toEqual(
    expect.arrayContaining([
      ['Queue', 'support'],
      ['Interface', 'PJSIP/1001'],
      ['Paused', 'true'],
      ['Reason', 'Lunch'],
    ]),
  );
  expect(pauses[1]).toContainEqual(['Paused', 'false']);
});

const recordings = join(import.meta.dirname, 'fixtures', 'asterisk-22');

test.each(['04-queue-ringall-answered', '18b-forged-events-in-caller-number'])(
  'the recording %s, played by a live switch, ends every call once',
  async (name) => {
    const peer = await start();
    const { listen, events, notices, types } = await connect(peer);
    await listen();
    await peer.play(await readRecording(join(recordings, name)));
    const begun = () => new Set(events.flatMap((event) => (event.kind === 'call' ? [event.callId] : [])));
    const ended = () =>
      events.flatMap((event) => (event.kind === 'call' && event.type === 'callCleared' ? [event.callId] : []));
    await expect
      .poll(() => types().includes('originated') && ended().length === begun().size, { timeout: 8000 })
      .toBe(true);
    expect(new Set(ended()).size).toBe(ended().length);
    expect(notices.some((notice) => notice.code === 'frame.forged')).toBe(name.startsWith('18b'));
  },
);

test('after a cut, calls that are up are taken in again and the ended ones are missing', async () => {
  const peer = await start();
  const before = await connect(peer);
  await before.listen();
  const ends = peer.pbx.startCall();
  const stays = peer.pbx.startCall({ from: '+14155550199', agent: '1002' });
  await expect.poll(() => before.types().filter((type) => type === 'delivered').length).toBe(2);
  peer.cut();
  expect(await before.session.lost).toMatchObject({ code: 'link.lost' });
  peer.pbx.hangup(ends);
  peer.pbx.answer(stays);
  const after = await connect(peer);
  await after.listen();
  const listed = await after.session.callEvents.snapshot();
  expect(listed.map((call) => call.callId)).toEqual([stays.caller.linkedId]);
  peer.pbx.hangup(stays);
  await expect.poll(after.types).toContain('callCleared');
  expect(after.events.every((event) => event.kind !== 'call' || event.callId === stays.caller.linkedId)).toBe(true);
});

test('a forged event hidden in a listed caller number does not end another call', async () => {
  const peer = await start();
  const victim = peer.pbx.startCall();
  peer.pbx.answer(victim);
  const { name, id, linkedId } = victim.caller;
  const forged = `Event: Hangup\r\nPrivilege: call,all\r\nChannel: ${name}\r\nChannelState: 6\r\nUniqueid: ${id}\r\nLinkedid: ${linkedId}\r\nCause: 16`;
  const evil = peer.pbx.startCall({ agent: '1002' });
  evil.caller.number = `+1415\r\n\r\n${forged}\r\n\r\n`;
  const { listen, events } = await connect(peer);
  await listen();
  peer.pbx.startCall({ from: '+14155550177', agent: '1003' });
  await expect.poll(() => JSON.stringify(events)).toContain('+14155550177');
  const ended = events.filter((event) => event.kind === 'call' && event.type.endsWith('Cleared'));
  expect(ended).toEqual([]);
});
