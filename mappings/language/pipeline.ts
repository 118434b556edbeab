import type { JsonValue } from '#core/contract/json.ts';
import { superLinearIn } from './linear-pattern.ts';
import { didYouMean } from './nearest-name.ts';
import { nameOf, nestedLists } from './nested-steps.ts';
import type { Source, SourcePath } from './source.ts';
import type { Problem } from './problem.ts';
import { type Apply, type BuiltStep, StepFault, type StepKind, type StepSpec, type StepSurroundings } from './step.ts';
import { stepByName } from './steps.ts';
import { issueText } from './zod-problems.ts';

interface Call {
  readonly kind: StepKind;
  readonly args: JsonValue | undefined;
}

/** Every problem of a list of steps: unknown names, missing or wrong arguments, also inside `when`. */
export function checkSteps(specs: readonly StepSpec[], source: Source, path: SourcePath): Problem[] {
  return specs.flatMap((spec, index) => checkStep(spec, source, [...path, index]));
}

function checkStep(spec: StepSpec, source: Source, path: SourcePath): Problem[] {
  const names = typeof spec === 'string' ? [spec] : Object.keys(spec);
  const [name] = names;
  if (names.length !== 1 || name === undefined) {
    const mend = 'Write one step per list item: "- trim" or "- case: lower".';
    return [source.problemAt(path, { code: 'step.argument', message: 'A step is one name with its argument.', mend })];
  }
  const kind = stepByName.get(name);
  if (kind === undefined) {
    const mend = didYouMean(name, [...stepByName.keys()]);
    const what = { code: 'step.unknown', message: `There is no step "${name}".`, mend } as const;
    return [source.problemAt(typeof spec === 'string' ? path : [...path, name], what, 'key')];
  }
  return checkArguments(kind, typeof spec === 'string' ? undefined : spec[name], source, [...path, name]);
}

function checkArguments(kind: StepKind, raw: JsonValue | undefined, source: Source, path: SourcePath): Problem[] {
  const parsed = kind.args.safeParse(raw === undefined ? {} : raw, { reportInput: true });
  if (!parsed.success) {
    return parsed.error.issues.map((issue) => {
      const text = issueText(issue, kind.args);
      const construct = superLinearIn(issue);
      const what = {
        code: construct === null ? 'step.argument' : 'pattern.superLinear',
        message: `Step "${kind.name}": ${text.message}`,
        mend: construct?.mend ?? text.mend,
      } as const;
      const place = [...path, ...issue.path.filter((part) => typeof part !== 'symbol')];
      if (issue.code !== 'unrecognized_keys') return source.problemAt(place, what);
      return source.problemAt([...place, issue.keys[0] ?? ''], what, 'key');
    });
  }
  return nestedLists({ [kind.name]: raw ?? null }).flatMap(({ part, steps }) =>
    checkSteps(steps, source, [...path, part]),
  );
}

function callOf(spec: StepSpec): Call {
  const name = nameOf(spec);
  const kind = stepByName.get(name);
  if (kind === undefined) throw new Error(`there is no step "${name}"`);
  return { kind, args: typeof spec === 'string' ? undefined : spec[name] };
}

export interface PlacedStep extends BuiltStep {
  /** Where in the rule it stands: `steps[1]`. */
  readonly at: string;
  /** Whether it holds steps itself. */
  readonly nests: boolean;
}

/** Binds checked steps, which stand under `part` of their rule, to their arguments. Throws only for a missing value table. */
export function buildSteps(
  specs: readonly StepSpec[],
  around: Omit<StepSurroundings, 'build'>,
  part = 'steps',
): PlacedStep[] {
  return specs.map((spec, index) => {
    const { kind, args } = callOf(spec);
    const at = `${part}[${index}]`;
    const build: StepSurroundings['build'] = (nested, name) => {
      const inside = `${at}.${kind.name}.${name}`;
      return branch(inside, forwardLinks(buildSteps(nested, around, inside)));
    };
    return { ...kind.build(args, { ...around, build }), at, nests: kind.nested.length > 0 };
  });
}

/** Steps inside a step: they place their own faults, and leave what they did where a trace finds it. */
function branch(at: string, links: readonly Link[]): Apply {
  const last = links.at(-1)?.at ?? at;
  const apply = chain(links);
  const traced = tracedChain(links);
  const names = links.map((link) => link.name);
  return (value, notes) => {
    let result: JsonValue | StepFault;
    if (notes.branches) {
      const place = notes.branches.push({ at, names, from: value, steps: [] }) - 1;
      result = traced(value, notes);
      notes.branches[place] = { at, names, from: value, steps: notes.seen ?? [] };
    } else result = apply(value, notes);
    return result instanceof StepFault ? result.in(last) : result;
  };
}

/** One step in the direction it is run. */
export interface Link {
  readonly name: string;
  readonly at: string;
  readonly apply: Apply;
  readonly takesNull: boolean;
  readonly nests: boolean;
}

export function forwardLinks(steps: readonly PlacedStep[]): Link[] {
  return steps.map(({ name, at, nests, forward, nulls }) => {
    return { name, at, nests, apply: forward, takesNull: nulls === 'take' };
  });
}

/** The steps undone, last first; null when one of them cannot be. */
export function backwardLinks(steps: readonly PlacedStep[]): Link[] | null {
  const links: Link[] = [];
  for (const { name, at, nests, backward } of steps.toReversed()) {
    if (backward === null) return null;
    links.push({ name, at, nests, apply: backward, takesNull: false });
  }
  return links;
}

/**
 * Runs links one after the other; null passes by those that do not take it, and the first fault ends the run. A fault is
 * placed unless it is the last link's, which the caller places: one question less for every value that goes well.
 */
export function chain(links: readonly Link[]): Apply {
  const [first, second] = links;
  if (first === undefined) return (value) => value;
  const one = guarded(first);
  if (second === undefined) return one;
  if (links.length === 2) {
    const two = guarded(second);
    return (value, notes) => {
      const between = one(value, notes);
      return between instanceof StepFault ? between.in(first.at) : two(between, notes);
    };
  }
  const all = links.map(guarded);
  return (value, notes) => {
    let current: JsonValue | StepFault = value;
    let index = 0;
    for (const apply of all) {
      current = apply(current, notes);
      if (current instanceof StepFault) return current.in(links[index]?.at ?? '');
      index += 1;
    }
    return current;
  };
}

function guarded(link: Link): Apply {
  const { apply } = link;
  return link.takesNull ? apply : (value, notes) => (value === null ? null : apply(value, notes));
}

/**
 * Runs links and leaves what came out of each in `notes.seen`. Most rules have one or two: their lists are written down
 * whole, because a list that grows costs more than the rest of a trace.
 */
export function tracedChain(links: readonly Link[]): Apply {
  const [one, two, ...others] = links.map(guarded);
  const firstAt = links[0]?.at ?? '';
  if (one === undefined) return (value) => value;
  if (two === undefined) {
    return (value, notes) => {
      const result = one(value, notes);
      notes.seen = [result];
      return result;
    };
  }
  return (value, notes) => {
    const between = one(value, notes);
    if (between instanceof StepFault) {
      notes.seen = [between];
      return between.in(firstAt);
    }
    let current = two(between, notes);
    const seen = [between, current];
    for (const apply of others) {
      if (current instanceof StepFault) {
        notes.seen = seen;
        return current.in(links[seen.length - 1]?.at ?? '');
      }
      current = apply(current, notes);
      seen.push(current);
    }
    notes.seen = seen;
    return current;
  };
}
