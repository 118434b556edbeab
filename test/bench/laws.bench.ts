/**
 * The lens laws of every shipped two-way dictionary, each asked of 10,000 generated records (`--runs` for more). Fields
 * whose loss an event names are left out of the comparison.
 */
import { parseArgs } from 'node:util';
import type { CompiledDictionary } from '#mappings/language/compile.ts';
import { openLibrary } from '#mappings/language/library.ts';
import { checkLaw, lensLaws, type LensLaw } from '#mappings/testing/lens-laws.ts';
import { figure, finish } from './figure.ts';

const { values } = parseArgs({ options: { runs: { type: 'string', default: '10000' } } });
const runs = Number(values.runs);
const library = openLibrary();

function brokenBy(law: LensLaw, compiled: CompiledDictionary, name: string): number {
  let broken = 0;
  for (let seed = 0; seed < runs; seed += 1) {
    const found = checkLaw(law, compiled, library.values, seed);
    if (found === 'holds') continue;
    broken += 1;
    if (broken <= 3) console.log(`${name}: ${law} fails for seed ${seed}`, found.expected, found.actual);
  }
  return broken;
}

for (const { name, dictionary } of library.entries) {
  const rules = dictionary.rules.filter((rule) => rule.reads && rule.writes).length;
  if (rules === 0) continue;
  const compiled = library.compiled(dictionary.connector, dictionary.object);
  const broken = (Object.keys(lensLaws) as LensLaw[]).map((law) => brokenBy(law, compiled, name));
  figure(`laws.${name}.two-way-rules`, rules, 'rules');
  figure(`laws.${name}.records-each-law`, runs, 'records', '>=10000');
  figure(
    `laws.${name}.broken`,
    broken.reduce((sum, count) => sum + count, 0),
    'records',
    '=0',
  );
}
finish();
