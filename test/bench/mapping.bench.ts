/**
 * What a dictionary costs against the same mapping written by hand, in one process, on the same records; what a full
 * trace adds; and how the cost grows with the number of rules.
 */
import { isDeepStrictEqual } from 'node:util';
import type { JsonObject } from '#core/contract/json.ts';
import { compile, type CompiledDictionary } from '#mappings/language/compile.ts';
import { loadDictionary } from '#mappings/language/dictionary.ts';
import { buildValueTable } from '#mappings/language/value-table.ts';
import jsonata from 'jsonata';
import { figure, finish } from './figure.ts';
import { byHand, contactDictionary, contactExpression, contactRecord, statusRows } from './mapping-contact.ts';

const records = Array.from({ length: 2000 }, (_, index) => contactRecord(index));
const values = new Map([['lead-status', buildValueTable({ rows: statusRows, ignoreCase: true }, 'lead-status')]]);
const compiled = compile(loadDictionary(contactDictionary, { file: 'contact.yaml', values }), { values });

for (const record of records) {
  if (!isDeepStrictEqual(compiled.read(record).entity, byHand(record))) {
    console.log(compiled.read(record), byHand(record));
    throw new Error('the dictionary and the hand-written function disagree');
  }
}

const batch = records.slice(0, 200);

/** Best of many short rounds, taken in turn, so that a busy neighbour hurts every contender alike. */
function race<Name extends string>(contenders: Record<Name, (record: JsonObject) => unknown>): Record<Name, number> {
  const best = new Map<string, number>();
  const names = Object.keys(contenders) as Name[];
  for (let round = 0; round < 400; round += 1) {
    for (const name of names) {
      const work = contenders[name];
      const started = process.hrtime.bigint();
      for (const record of batch) work(record);
      const perSecond = (batch.length * 1e9) / Number(process.hrtime.bigint() - started);
      best.set(name, Math.max(best.get(name) ?? 0, perSecond));
    }
  }
  return Object.fromEntries(names.map((name) => [name, best.get(name) ?? 0])) as Record<Name, number>;
}

const speed = race({ hand: byHand, dictionary: compiled.read, traced: compiled.traceRead });
figure('mapping.hand', speed.hand, 'records/s');
figure('mapping.dictionary', speed.dictionary, 'records/s', '>=100000');
figure('mapping.traced', speed.traced, 'records/s', '>=80000');
figure('mapping.dictionary-to-hand', speed.dictionary / speed.hand, 'x', '>=0.6');
figure('mapping.traced-to-untraced', speed.traced / speed.dictionary, 'x', '>=0.85');

/** Rules of the same kinds over and over, each with its own field. */
function wideDictionary(rules: number): CompiledDictionary {
  const lines = Array.from({ length: rules }, (_, index) => {
    const kinds = ['[trim]', '[collapse, { case: lower }]', '[{ values: lead-status }]'];
    return `  - { to: custom.f${index}, from: f${index % 240}, steps: ${kinds[index % 3]} }`;
  });
  const text = `connector: bench\nobject: wide\nentity: contact\nversion: 1\nrules:\n${lines.join('\n')}\n`;
  return compile(loadDictionary(text, { file: 'wide.yaml', values }), { values });
}

const wideRecord: JsonObject = Object.fromEntries(
  Array.from({ length: 240 }, (_, index) => [`f${index}`, index % 3 === 2 ? 'Open' : ` Value  ${index} `]),
);
/** The least that any mapping does: take a field, set a field. What it costs more in wide objects is V8's, not ours. */
function bareCopy(fields: number): (record: JsonObject) => JsonObject {
  const copies = Array.from({ length: fields }, (_, index) => (from: JsonObject, into: JsonObject) => {
    into[`f${index}`] = from[`f${index}`] ?? null;
  });
  return (record) => {
    const copy: JsonObject = {};
    for (const one of copies) one(record, copy);
    return copy;
  };
}

const sizes = [5, 15, 60, 240];
const wide = sizes.flatMap((rules) => {
  const { read } = wideDictionary(rules);
  const copy = bareCopy(rules);
  return [[`rules-${rules}`, () => read(wideRecord)] as const, [`bare-${rules}`, () => copy(wideRecord)] as const];
});
const wideSpeed = race(Object.fromEntries(wide));
const microsPer = (kind: string, rules: number): number => 1e6 / (wideSpeed[`${kind}-${rules}`] ?? 1) / rules;
for (const rules of sizes) figure(`mapping.rules-${rules}`, microsPer('rules', rules) * rules, 'us/record');
const growth = (kind: string): number => microsPer(kind, 240) / microsPer(kind, 15);
figure('mapping.cost-per-field-bare-copy-240-to-15', growth('bare'), 'x');
figure('mapping.cost-per-rule-240-to-15', growth('rules'), 'x');
figure('mapping.growth-beyond-bare-copy', growth('rules') / growth('bare'), 'x', '<=1.1');

/** The same fifteen fields as one JSONata expression, the way it is mostly used. */
async function jsonataSpeed(): Promise<number> {
  const expression = jsonata(contactExpression);
  const [first] = records;
  const answer: unknown = await expression.evaluate(first);
  if (first === undefined || !isDeepStrictEqual(JSON.parse(JSON.stringify(answer)), byHand(first))) {
    throw new Error(
      `the JSONata expression disagrees: ${JSON.stringify(answer)} ${JSON.stringify(byHand(first ?? {}))}`,
    );
  }
  let best = 0;
  for (let round = 0; round < 30; round += 1) {
    const started = process.hrtime.bigint();
    for (const record of batch) await expression.evaluate(record);
    best = Math.max(best, (batch.length * 1e9) / Number(process.hrtime.bigint() - started));
  }
  return best;
}

const expressionSpeed = await jsonataSpeed();
figure('mapping.jsonata', expressionSpeed, 'records/s');
figure('mapping.dictionary-to-jsonata', speed.dictionary / expressionSpeed, 'x', '>=30');
finish();
