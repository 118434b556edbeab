import type { JsonObject, JsonValue } from '#core/contract/json.ts';
import { compileGetter, compileSetter, type Getter, type Path, type Setter } from './path.ts';
import { chain, type Link, tracedChain } from './pipeline.ts';
import { noSteps, type Run } from './run.ts';
import { type Branch, describe, StepFault } from './step.ts';

/** One direction of one rule, without saying which: sources here, targets there, steps between. */
export interface TransferPlan {
  readonly rule: string;
  readonly sources: readonly Path[];
  readonly targets: readonly Path[];
  readonly links: readonly Link[];
  readonly constant: JsonValue | undefined;
  readonly otherwise: JsonValue | undefined;
  readonly onNull: 'keep' | 'omit' | 'default' | 'fail';
  readonly onError: 'omit' | 'null' | 'default' | 'fail';
  /** Whether a source that gives no value, absent or not, spoils the whole result. */
  readonly required: boolean;
}
export type Transfer = (from: JsonObject, into: JsonObject, run: Run) => void;

/** A transfer that runs, and one that also writes its trace row. Both make the same value. */
export interface CompiledTransfer {
  readonly run: Transfer;
  readonly trace: Transfer;
  /** What the sources hold, before any step. */
  readonly source: Getter;
}

export function compileTransfer(plan: TransferPlan): CompiledTransfer {
  const { rule, constant } = plan;
  const get = compileSources(plan.sources);
  const set = compileTargets(plan.targets);
  const isOfList = plan.sources.length === 1 && plan.sources[0]?.eachAt !== -1;
  const [apply, traced] = compileLinks(plan, isOfList);
  const settle = compileSettle(plan);
  const takesNull = plan.links.some((link) => link.takesNull) || plan.otherwise !== undefined;
  if (constant !== undefined) return constantTransfer(plan, constant, set);

  const isBare = plan.links.length === 0 && !isOfList && plan.otherwise === undefined;
  const valueFor = (from: JsonObject, run: Run): JsonValue | undefined => {
    const value = get(from);
    if (isBare) return value === null ? settle(null, run) : value;
    if (value === undefined && !takesNull) return undefined;
    const result = attempt(apply, value ?? null, run);
    return result === null || result instanceof StepFault ? settle(result, run) : result;
  };
  const { required } = plan;
  const trace: Transfer = (from, into, run) => {
    run.rule = rule;
    const value = get(from);
    let steps = noSteps;
    let to: JsonValue | undefined;
    if (value !== undefined || takesNull) {
      run.seen = noSteps;
      const result = attempt(traced, value ?? null, run);
      steps = run.seen;
      to = result === null || result instanceof StepFault ? settle(result, run) : result;
      if (to !== undefined) set(into, to);
    }
    if (required) insist(to, run);
    run.rows?.push({ rule, from: value, steps, to });
  };
  return {
    run: (from, into, run) => {
      run.rule = rule;
      const value = valueFor(from, run);
      if (required) insist(value, run);
      if (value !== undefined) set(into, value);
    },
    trace: plan.links.some((link) => link.nests) ? withBranches(trace) : trace,
    source: get,
  };
}

/** The steps, plain and traced: on each element of a list that goes to a list, on the whole value otherwise. */
function compileLinks({ links, targets }: TransferPlan, isOfList: boolean): readonly [RunApply, RunApply] {
  if (!isOfList) return [chain(links), tracedChain(links)];
  if (targets[0]?.eachAt === -1) return [listsOnly(chain(links)), listsOnly(tracedChain(links))];
  return [eachOf(chain(links), links), eachOfTraced(links)];
}

/** Traces also what steps inside steps do. A wrapper, because the rules without any should not pay for them. */
function withBranches(trace: Transfer): Transfer {
  return (from, into, run) => {
    const branches: Branch[] = [];
    run.branches = branches;
    trace(from, into, run);
    run.branches = null;
    const row = run.rows?.pop();
    if (row !== undefined) run.rows?.push(branches.length === 0 ? row : { ...row, inside: branches });
  };
}

/** A required rule without a value is a failure, said once. */
function insist(value: JsonValue | undefined, run: Run): void {
  if (value !== undefined && value !== null) return;
  const last = run.events.at(-1);
  if (last?.kind !== 'failed' || last.rule !== run.rule) run.note('failed', 'every record must have it', 'required');
}

/** Steps do not throw; but a value nested ten thousand deep leaves some of them no stack to walk it with. */
function attempt(apply: RunApply, value: JsonValue, run: Run): JsonValue | StepFault {
  try {
    return apply(value, run);
  } catch (thrown) {
    if (thrown instanceof RangeError) return tooDeep;
    throw thrown;
  }
}

/** No step can be named: any of them may have been the one that ran out of stack. */
const tooDeep = new StepFault('value.tooDeep', 'nests too deeply to be mapped', '');

/** Steps of a rule, plain or traced. */
type RunApply = (value: JsonValue, run: Run) => JsonValue | StepFault;

function constantTransfer(plan: TransferPlan, constant: JsonValue, set: Setter): CompiledTransfer {
  const fresh = typeof constant === 'object' ? () => structuredClone(constant) : () => constant;
  return {
    run: (_, into) => set(into, fresh()),
    trace: (_, into, run) => {
      const to = fresh();
      set(into, to);
      run.rows?.push({ rule: plan.rule, from: undefined, steps: [], to });
    },
    source: () => undefined,
  };
}

/** Several sources travel as one list; absent only when all of them are. */
function compileSources(paths: readonly Path[]): Getter {
  const [first, ...others] = paths.map(compileGetter);
  const [path] = paths;
  if (first === undefined || path === undefined) return () => undefined;
  if (others.length === 0) return path.eachAt === -1 ? first : orWhatIsNoList(first, path);
  const getters = [first, ...others];
  return (root) => {
    let isThere = false;
    const values: JsonValue[] = [];
    for (const get of getters) {
      const value = get(root);
      if (value !== undefined) isThere = true;
      values.push(value ?? null);
    }
    return isThere ? values : undefined;
  };
}

/** Where a list should be and is not, what is there instead: the rule then says so, and does not pass it over. */
function orWhatIsNoList(elements: Getter, path: Path): Getter {
  const held = compileGetter({ ...path, segments: path.segments.slice(0, path.eachAt), eachAt: -1 });
  return (root) => elements(root) ?? held(root);
}

/** Sets a value to a rule’s targets; a list is dealt out to several of them. */
export function compileTargets(paths: readonly Path[]): Setter {
  const [first, ...others] = paths.map(compileSetter);
  if (first === undefined) return () => undefined;
  if (others.length === 0) return first;
  const setters = [first, ...others];
  return (root, value) => {
    const values = Array.isArray(value) ? value : [value];
    setters.forEach((set, index) => set(root, values[index] ?? null));
  };
}

/** No step is at fault, so none is named. */
function noList(value: JsonValue): StepFault {
  return new StepFault('type.mismatch', `wants a list, got ${describe(value)}`, '');
}

function listsOnly(steps: RunApply): RunApply {
  return (value, run) => (value === null || Array.isArray(value) ? steps(value, run) : noList(value));
}

/** Element by element; a faulty element becomes null, so that lists read side by side stay in step. */
function eachOf(apply: RunApply, links: readonly Link[]): RunApply {
  const last = links.at(-1)?.at ?? 'steps';
  return (value, run) => {
    if (!Array.isArray(value)) return value === null ? null : noList(value);
    return value.map((item, element) => {
      const result = apply(item, run);
      if (!(result instanceof StepFault)) return result;
      run.note('nulled', `element ${element} ${result.reason}`, result.code, { at: result.at ?? last, element });
      return null;
    });
  };
}

/** What a step made of every element is one list, with null where an element was at fault. */
function eachOfTraced(links: readonly Link[]): RunApply {
  const apply = tracedChain(links);
  return (value, run) => {
    const lists = links.map((): JsonValue[] => []);
    const each = eachOf((item, notes) => {
      const result = apply(item, notes);
      lists.forEach((list, index) => {
        const made = notes.seen[index];
        list.push(made === undefined || made instanceof StepFault ? null : made);
      });
      return result;
    }, links);
    const result = each(value, run);
    run.seen = Array.isArray(result) ? lists : noSteps;
    return result;
  };
}

type Settle = (result: null | StepFault, run: Run) => JsonValue | undefined;

/** What becomes of a null or a fault, by the rule's policy. */
function compileSettle(plan: TransferPlan): Settle {
  const { onNull, onError, otherwise } = plan;
  const last = plan.links.at(-1)?.at ?? 'steps';
  const fallBack = (run: Run, code: string, reason: string, at?: string): JsonValue | undefined => {
    if (otherwise === undefined) return undefined;
    run.note('defaulted', reason, code, at ? { at } : {});
    return typeof otherwise === 'object' ? structuredClone(otherwise) : otherwise;
  };
  return (result, run) => {
    if (result === null) {
      if (onNull === 'keep') return null;
      if (onNull === 'default') return fallBack(run, 'null', 'there was no value') ?? null;
      if (onNull === 'fail') run.note('failed', 'there was no value', 'null');
      return undefined;
    }
    const at = result.at ?? last;
    if (onError === 'default') return fallBack(run, result.code, result.reason, at);
    const kind = onError === 'null' ? 'nulled' : onError === 'fail' ? 'failed' : 'omitted';
    run.note(kind, result.reason, result.code, at ? { at } : {});
    return onError === 'null' ? null : undefined;
  };
}
