/**
 * The screens without a hub: `node --conditions=hub-source dashboard/testing/serve-mock.ts [port] [role]`, then
 * `TIELINE_URL=http://127.0.0.1:<port> npx vite --config dashboard/vite.config.ts`. A call rings every half minute.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { role } from '#core/contract/permissions.ts';
import { MockHub } from './mock-hub.ts';
import { startMockServer } from './mock-server.ts';
import { answerCall, crmAnswers, hangUp, ring } from './mock-script.ts';

const [port = '7400', who = 'administrator'] = process.argv.slice(2);
const hub = new MockHub(Date.now(), role.parse(who));
const built = fileURLToPath(new URL('../../dist/dashboard', import.meta.url));
const server = await startMockServer(hub, built, Number(port));
process.stdout.write(`${server.url}\n`);

for (let call = 1; ; call += 1) {
  await pause(5_000);
  const script = ring(hub, `made-${call}`, Date.now());
  await pause(2_000);
  crmAnswers(hub, script);
  await pause(5_000);
  answerCall(hub, script, Date.now());
  await pause(15_000);
  hangUp(hub, script, Date.now());
}
