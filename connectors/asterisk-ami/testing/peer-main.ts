/**
 * The fake switch as a process, to try the hub by hand:
 *
 *   node --conditions=hub-source connectors/asterisk-ami/testing/peer-main.ts [--port 5038] [--secret example]
 *        [--play <recording.ami> [--speed 1]] [--calls-per-minute 6] [--answer-after 3] [--loop]
 *
 * Without a recording it makes up inbound calls to the phones 1001 to 1003; click-to-dial is answered after a moment.
 */
import { parseArgs } from 'node:util';
import { startAmiPeer, type AmiPeer } from './peer.ts';
import { readRecording } from './recording.ts';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '5038' },
    username: { type: 'string', default: 'hub' },
    secret: { type: 'string', default: 'example' },
    play: { type: 'string' },
    speed: { type: 'string', default: '1' },
    loop: { type: 'boolean', default: false },
    'calls-per-minute': { type: 'string', default: '6' },
    'answer-after': { type: 'string', default: '3' },
  },
});

const answerAfterMs = Number(values['answer-after']) * 1000;
const peer = await startAmiPeer({
  port: Number(values.port),
  username: values.username,
  secret: values.secret,
  refuseAfterMs: 1000,
  answerAfterMs,
});
process.stdout.write(`A fake Asterisk manager listens on 127.0.0.1:${peer.port}, user ${values.username}.\n`);
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void peer.close().then(() => process.exit(0)));
}

if (values.play === undefined) await makeCalls(peer, Number(values['calls-per-minute']));
else await playRecording(peer, values.play);

async function playRecording(to: AmiPeer, path: string): Promise<void> {
  const recording = await readRecording(path);
  while (to.loggedIn() === 0) await to.wait(200);
  do await to.play(recording, Number(values.speed));
  while (values.loop);
}

async function makeCalls(to: AmiPeer, perMinute: number): Promise<void> {
  if (perMinute <= 0) return;
  for (let n = 0; ; n += 1) {
    await to.wait(60_000 / perMinute);
    void oneCall(to, n);
  }
}

async function oneCall(at: AmiPeer, n: number): Promise<void> {
  const { pbx } = at;
  const from = `+1415555${String(1000 + (n % 100)).padStart(4, '0')}`;
  const call = pbx.startCall({ from, name: `Caller ${n % 100}`, agent: String(1001 + (n % 3)) });
  await at.wait(answerAfterMs);
  // Every fifth caller gives up.
  if (n % 5 !== 4) {
    pbx.answer(call);
    await at.wait(8000);
  }
  pbx.hangup(call);
}
