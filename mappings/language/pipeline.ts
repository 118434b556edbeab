import type { JsonValue } from '#core/contract/json.ts';
import { superLinearIn } from './linear-pattern.ts';
import { didYouMean } from './nearest-name.ts';
import type { Source, SourcePath } from './source.ts';
import type { Problem } from './problem.ts';
import {
  type Apply,
  type BuiltStep,
  type LossNotes,
  StepFault,
  type StepKind,
  type StepSpec,
  type StepSurroundings,
} from './step.ts';
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
  return kind.nested.flatMap((name) => {
    const steps = nestedSteps(raw, name);
    return checkSteps(steps, source, [...path, name]);
  });
}

function nestedSteps(raw: JsonValue | undefined, name: string): StepSpec[] {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) return [];
  const steps = raw[name];
  return Array.isArray(steps) ? (steps as StepSpec[]) : [];
}

function callOf(spec: StepSpec): Call {
  const name = typeof spec === 'string' ? spec : (Object.keys(spec)[0] ?? '');
  const kind = stepByName.get(name);
  if (kind === undefined) throw new Error(`there is no step "${name}"`);
  return { kind, args: typeof spec === 'string' ? undefined : spec[name] };
}

/** Binds checked steps to their arguments. Throws only for a value table that does not exist. */
export function buildSteps(specs: readonly StepSpec[], around: Omit<StepSurroundings, 'build'>): BuiltStep[] {
  const surroundings: StepSurroundings = {
    ...around,
    build: (nested) => chain(forwardLinks(buildSteps(nested, around))),
  };
  return specs.map((spec) => {
    const { kind, args } = callOf(spec);
    return kind.build(args, surroundings);
  });
}

/** One step in the direction it is run. */
export interface Link {
  readonly name: string;
  readonly apply: Apply;
  readonly takesNull: boolean;
}

export function forwardLinks(steps: readonly BuiltStep[]): Link[] {
  return steps.map((step) => ({ name: step.name, apply: step.forward, takesNull: step.nulls === 'take' }));
}

/** The steps undone, last first; null when one of them cannot be. */
export function backwardLinks(steps: readonly BuiltStep[]): Link[] | null {
  const links: Link[] = [];
  for (const step of steps.toReversed()) {
    if (step.backward === null) return null;
    links.push({ name: step.name, apply: step.backward, takesNull: false });
  }
  return links;
}

/** Runs links one after the other; null passes by those that do not take it, and the first fault ends the run. */
export function chain(links: readonly Link[]): Apply {
  const [first, second] = links;
  if (first === undefined) return (value) => value;
  const one = guarded(first);
  if (second === undefined) return one;
  if (links.length === 2) {
    const two = guarded(second);
    return (value, notes) => {
      const between = one(value, notes);
      return between instanceof StepFault ? between : two(between, notes);
    };
  }
  const all = links.map(guarded);
  return (value, notes) => {
    let current: JsonValue | StepFault = value;
    for (const apply of all) {
      current = apply(current, notes);
      if (current instanceof StepFault) return current;
    }
    return current;
  };
}

function guarded(link: Link): Apply {
  const { apply } = link;
  return link.takesNull ? apply : (value, notes) => (value === null ? null : apply(value, notes));
}

/** A run that keeps what came out of every link. */
export type TracedApply = (
  value: JsonValue,
  notes: LossNotes,
  seen: (JsonValue | StepFault)[],
) => JsonValue | StepFault;

export function tracedChain(links: readonly Link[]): TracedApply {
  const [first, ...others] = links.map(guarded);
  if (first === undefined) return (value) => value;
  return (value, notes, seen) => {
    let current = first(value, notes);
    seen.push(current);
    for (const apply of others) {
      if (current instanceof StepFault) return current;
      current = apply(current, notes);
      seen.push(current);
    }
    return current;
  };
}
