/**
 * 200,000 random JSON values (`--runs` for fewer) through every step, both ways, and through every shipped dictionary:
 * nothing may throw, hang or touch a prototype. A record that took longer than the cap by the clock is measured again
 * by the thread's processor time, twice, and the lower counts: a collection of garbage or a busy neighbour is not the
 * dictionary's fault. Every core takes a share of the values; with two it takes about a quarter of an hour.
 */
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import type { JsonObject, JsonValue } from '#core/contract/json.ts';
import { openLibrary } from '#mappings/language/library.ts';
import { buildSteps } from '#mappings/language/pipeline.ts';
import { createSampler, type Sampler } from '#mappings/language/samples.ts';
import { StepFault } from '#mappings/language/step.ts';
import { stepKinds } from '#mappings/language/steps.ts';
import { figure, finish } from './figure.ts';

const { values: options } = parseArgs({ options: { runs: { type: 'string', default: '200000' } } });
const runs = Number(options.runs);
const capMs = 10;
const library = openLibrary();
const compiled = library.entries.map(({ dictionary }) => library.compiled(dictionary.connector, dictionary.object));
const examples = stepKinds.flatMap((kind) => kind.examples);
const notes = { note: () => undefined };
const prototypes = [Object.prototype, Array.prototype, String.prototype, Number.prototype, Function.prototype];
const fingerprint = (): string => JSON.stringify(prototypes.map((one) => Object.getOwnPropertyNames(one).toSorted()));
const untouched = fingerprint();

interface Tally {
  values: number;
  throws: number;
  slow: number;
  worstMs: number;
}
/** Every `step`th seed from `first`. */
interface Share {
  readonly first: number;
  readonly step: number;
}
interface Found {
  readonly steps: Tally;
  readonly dictionaries: Tally;
  readonly prototypesChanged: number;
}

function elapsedMs(work: () => void): number {
  const started = performance.now();
  work();
  return performance.now() - started;
}

function processorMs(work: () => void): number {
  const started = process.threadCpuUsage();
  work();
  const { user, system } = process.threadCpuUsage(started);
  return (user + system) / 1000;
}

function measure(tally: Tally, name: string, seed: number, work: () => void): void {
  try {
    let took = elapsedMs(work);
    for (let again = 0; took > capMs && again < 2; again += 1) took = Math.min(took, processorMs(work));
    tally.worstMs = Math.max(tally.worstMs, took);
    if (took > capMs) report(tally, 'slow', `${name} took ${took.toFixed(1)} ms for seed ${seed}`);
  } catch (thrown) {
    report(tally, 'throws', `${name} threw for seed ${seed}: ${String(thrown)}`);
  }
}

function report(tally: Tally, kind: 'throws' | 'slow', sentence: string): void {
  tally[kind] += 1;
  if (tally[kind] <= 5) console.log(sentence);
}

function fuzzSteps(share: Share): Tally {
  const tally: Tally = { values: 0, throws: 0, slow: 0, worstMs: 0 };
  const steps = buildSteps(examples, {
    table: (name) => library.values.get(name),
    region: 'CN',
    timeZone: 'Asia/Shanghai',
  });
  for (let seed = share.first; seed < runs; seed += share.step) {
    const value = anyValue(createSampler(seed), seed);
    for (const step of steps) {
      measure(tally, `step ${step.name}`, seed, () => {
        const forth = step.forward(value, notes);
        if (step.backward === null) return;
        step.backward(value, notes);
        if (!(forth instanceof StepFault)) step.backward(forth, notes);
      });
    }
    tally.values += 1;
  }
  return tally;
}

function fuzzDictionaries(share: Share): Tally {
  const tally: Tally = { values: 0, throws: 0, slow: 0, worstMs: 0 };
  for (let seed = share.first; seed < runs; seed += share.step) {
    const sampler = createSampler(seed);
    for (const { dictionary, read, write } of compiled) {
      const record = seed % 2 === 0 ? asObject(anyValue(sampler, seed)) : sampler.record(dictionary, library.values);
      const entity = seed % 2 === 0 ? sampler.entity(dictionary) : asObject(anyValue(sampler, seed));
      measure(tally, `${dictionary.file} read`, seed, () => read(record));
      measure(tally, `${dictionary.file} write`, seed, () => write(entity, record));
    }
    tally.values += 1;
  }
  return tally;
}

/** Now and then a value under a forbidden name, which plain JSON texts may hold. */
function anyValue(sampler: Sampler, seed: number): JsonValue {
  const value = sampler.json(4);
  if (seed % 50 !== 0) return value;
  return JSON.parse(`{"__proto__":{"polluted":${JSON.stringify(value)}},"constructor":{"prototype":{}}}`) as JsonValue;
}

function asObject(value: JsonValue): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : { id: value, phone: value };
}

function fuzz(share: Share): Found {
  const steps = fuzzSteps(share);
  const dictionaries = fuzzDictionaries(share);
  return { steps, dictionaries, prototypesChanged: fingerprint() === untouched ? 0 : 1 };
}

function together(tallies: readonly Tally[]): Tally {
  const sum = (of: 'values' | 'throws' | 'slow'): number => tallies.reduce((all, tally) => all + tally[of], 0);
  const worstMs = Math.max(...tallies.map((tally) => tally.worstMs));
  return { values: sum('values'), throws: sum('throws'), slow: sum('slow'), worstMs };
}

async function fuzzOnEveryCore(): Promise<void> {
  const step = availableParallelism();
  const shares = Array.from({ length: step }, (_, first): Share => ({ first, step }));
  const found = await Promise.all(
    shares.map(async (share) => {
      const worker = new Worker(new URL(import.meta.url), { workerData: share, argv: process.argv.slice(2) });
      const [answer] = (await once(worker, 'message')) as [Found];
      return answer;
    }),
  );
  figure('fuzz.steps', stepKinds.length, `steps-in-${examples.length}-forms`);
  figure('fuzz.dictionaries', compiled.length, 'dictionaries');
  for (const name of ['steps', 'dictionaries'] as const) {
    const tally = together(found.map((one) => one[name]));
    figure(`fuzz.${name}.values`, tally.values, 'values', '>=200000');
    figure(`fuzz.${name}.throws`, tally.throws, 'throws', '=0');
    figure(`fuzz.${name}.worst`, tally.worstMs, 'ms', `<=${capMs}`);
    figure(`fuzz.${name}.over-cap`, tally.slow, 'records', '=0');
  }
  const changed = found.reduce((sum, { prototypesChanged }) => sum + prototypesChanged, 0);
  figure('fuzz.prototypes-changed', changed, 'threads', '=0');
  finish();
}

if (isMainThread) await fuzzOnEveryCore();
else parentPort?.postMessage(fuzz(workerData as Share), []);
