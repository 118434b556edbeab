/**
 * `npm run check:captures`: every field of every recording's ground truth against what the hub derives from the bytes,
 * and every stream without a truth against what a reader of its raw events found in it. The second proves less: nobody
 * was at the phones, and what the events leave open is settled by the definitions of the first. Ends with 1 on any
 * difference.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CreateReplay } from '#core/contract/replay.ts';
import { checkScenario } from './capture-scenario.ts';
import type { ScenarioResult } from './capture-scenario.ts';
import { checkStreams } from './capture-streams.ts';
import { truthFile } from './capture-truth.ts';
import { loadRecording, replay } from './replay-engine.ts';
import { replayOf } from './replay.ts';

const fixtures = join(import.meta.dirname, '../../connectors/asterisk-ami/fixtures');

function scenarioResults(createReplay: CreateReplay): ScenarioResult[] {
  const folder = join(fixtures, 'asterisk-22');
  return readdirSync(folder)
    .filter((file) => file.endsWith('.truth.json'))
    .sort()
    .map((file) => {
      const name = file.slice(0, -'.truth.json'.length);
      const plain = join(folder, `${name}.ami`);
      const recording = loadRecording(existsSync(plain) ? plain : `${plain}.gz`, join(folder, `${name}.timeline.json`));
      const source = createReplay({
        settings: { trunks: 'PJSIP/trunk', correlationVariables: 'CRM_*' },
        onNotice: () => undefined,
      });
      const truth = truthFile.parse(JSON.parse(readFileSync(join(folder, file), 'utf8')));
      return checkScenario(truth, replay(source, recording));
    });
}

function print(results: readonly ScenarioResult[]): void {
  for (const { scenario, calls, checked, problems } of results) {
    const verdict = problems.length === 0 ? 'ok' : `${problems.length} DIFFER`;
    console.log(
      `${scenario.padEnd(48)} ${String(calls).padStart(3)} calls ${String(checked).padStart(5)} fields  ${verdict}`,
    );
    for (const problem of problems) console.log(`    ${problem}`);
  }
  console.log('\nLeft out, because the stream does not hold it:');
  for (const reason of new Set(results.flatMap((result) => result.excepted))) console.log(`  ${reason}`);
}

const createReplay = await replayOf('asterisk-ami');
const scenarios = scenarioResults(createReplay);
print(scenarios);
const streams = checkStreams(join(fixtures, 'voipgrid'), join(fixtures, 'voipgrid-expected.json'), createReplay);
console.log('\nStreams without a truth, by what was read from their events:');
for (const { stream, what, problems } of streams) {
  console.log(`${stream.padEnd(48)} ${problems.length === 0 ? 'ok' : 'DIFFERS'}  ${what}`);
  for (const problem of problems) console.log(`    ${problem}`);
}
const fields = scenarios.reduce((sum, result) => sum + result.checked, 0);
const failed = [...scenarios, ...streams].filter((result) => result.problems.length > 0).length;
console.log(
  `\n${scenarios.length} scenarios, ${fields} fields; ${streams.length} streams; ${failed} with differences.`,
);
process.exitCode = failed > 0 ? 1 : 0;
