/**
 * The lens laws of every shipped two-way dictionary, each asked of 10,000 generated records (`--runs` for more). Values
 * a law has nothing to say about do not count; a law that hardly ever speaks falls short.
 */
import { parseArgs } from 'node:util';
import type { CompiledDictionary } from '#mappings/language/compile.ts';
import { openLibrary } from '#mappings/language/library.ts';
import { checkLaw, lensLaws, type LensLaw } from '#mappings/testing/lens-laws.ts';
import { figure, finish } from './figure.ts';

const { values } = parseArgs({ options: { runs: { type: 'string', default: '10000' } } });
const runs = Number(values.runs);
const triesPerRun = 30;
const library = openLibrary();

function ask(law: LensLaw, compiled: CompiledDictionary, name: string): { asked: number; broken: number } {
  let asked = 0;
  let broken = 0;
  for (let seed = 0; asked < runs && seed < runs * triesPerRun; seed += 1) {
    const found = checkLaw(law, compiled, library.values, seed);
    if (found === 'silent') continue;
    asked += 1;
    if (found === 'holds') continue;
    broken += 1;
    if (broken <= 3) console.log(`${name}: ${law} fails for seed ${seed}`, found.expected, found.actual);
  }
  return { asked, broken };
}

for (const { name, dictionary } of library.entries) {
  const rules = dictionary.rules.filter((rule) => rule.reads && rule.writes).length;
  if (rules === 0) continue;
  const compiled = library.compiled(dictionary.connector, dictionary.object);
  const results = (Object.keys(lensLaws) as LensLaw[]).map((law) => ask(law, compiled, name));
  figure(`laws.${name}.two-way-rules`, rules, 'rules');
  figure(`laws.${name}.records-each-law`, Math.min(...results.map(({ asked }) => asked)), 'records', `>=${runs}`);
  figure(
    `laws.${name}.broken`,
    results.reduce((sum, { broken }) => sum + broken, 0),
    'records',
    '=0',
  );
}
finish();
