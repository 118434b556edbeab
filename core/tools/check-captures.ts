/**
 * `npm run check:captures`: every field of every recording's ground truth against what the hub derives from the bytes,
 * and every stream without a truth against its reviewed expectation. Ends with 1 on any difference.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createReplay } from '#connectors/asterisk-ami/replay.ts';
import { checkScenario } from './capture-scenario.ts';
import type { ScenarioResult } from './capture-scenario.ts';
import { truthFile } from './capture-truth.ts';
import { loadRecording, replay } from './replay-engine.ts';

const fixtures = join(import.meta.dirname, '../../connectors/asterisk-ami/fixtures');

function scenarioResults(): ScenarioResult[] {
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

const results = scenarioResults();
for (const result of results) {
  const verdict = result.problems.length === 0 ? 'ok' : `${result.problems.length} DIFFER`;
  console.log(
    `${result.scenario.padEnd(48)} ${String(result.calls).padStart(3)} calls ${String(result.checked).padStart(5)} fields  ${verdict}`,
  );
  for (const problem of result.problems) console.log(`    ${problem}`);
}
for (const reason of new Set(results.flatMap((result) => result.excepted))) console.log(`not derivable: ${reason}`);
process.exitCode = results.some((result) => result.problems.length > 0) ? 1 : 0;
