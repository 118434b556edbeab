import type { XmlElement } from '#core/kit/xml.ts';
import type { Place } from '../findings.ts';
import { type OperationName, operationNames, type RestConnectionInput } from '../rest-connection.ts';
import { attribute, childNamed, placeOf } from '../xml/element.ts';
import { isFlowLookup, operationOf, stepNameOf } from './operations.ts';
import { readScenario } from './scenario.ts';
import { safeName } from '../safe-name.ts';
import type { Scope } from './scope.ts';

type Steps = RestConnectionInput['steps'];
type Operations = Partial<Record<OperationName, { first: string[]; run?: 'firstHit' | 'all' }>>;

export interface NamedScenario {
  readonly id: string;
  readonly name: string;
  readonly element: XmlElement;
}

/**
 * Scenarios in the order they are tried, each with the name of its step. Several may begin the same operation, as look-ups
 * of several kinds of records do: `EntityOrder` puts them in order, else the file does.
 */
export function nameScenarios(elements: readonly XmlElement[], scope: Scope): NamedScenario[] {
  const order = (element: XmlElement): number => Number(attribute(element, 'EntityOrder')) || 0;
  const named: NamedScenario[] = [];
  for (const element of elements.toSorted((a, b) => order(a) - order(b))) {
    const id = attribute(element, 'Id');
    const same = named.filter((each) => each.id === id).length;
    const name = safeName(same === 0 ? stepNameOf(id) : `${stepNameOf(id)}_${same + 1}`);
    if (name !== null && (same === 0 || operationOf(id) !== null)) named.push({ id, name, element });
    else {
      const why = name === null ? 'It cannot be a name in the hub.' : 'Another scenario has the same id.';
      const text = { what: stepNameOf(id), why, mend: 'Give it another id.' };
      scope.findings.lost('scenario.unreachable', placeOf(element, pathOf(stepNameOf(id))), text);
    }
  }
  return named;
}

/** Which scenarios begin an operation. What begins none and is reached by none is told by `readChains`. */
export function chooseOperations(
  scenarios: readonly NamedScenario[],
  signIn: readonly string[],
  scope: Scope,
): Operations {
  const operations: Operations = {};
  for (const { id, name, element } of scenarios) {
    const operation = signIn.includes(id) ? null : operationOf(id);
    if (operation === null) continue;
    const known = operations[operation];
    if (known === undefined) operations[operation] = { first: [name] };
    else if (operation === 'createContact') preferClient(known, name, element, scope);
    else known.first.push(name);
  }
  return operations;
}

/** The hub makes contacts at one place; of the two scenarios the one that a person calls knows more. */
function preferClient(known: { first: string[] }, name: string, scenario: XmlElement, scope: Scope): void {
  const [standing = ''] = known.first;
  const [kept, left] = name === 'CreateContactRecordFromClient' ? [name, standing] : [standing, name];
  known.first = [kept];
  scope.findings.lost('scenario.unsupported', placeOf(scenario, pathOf(left)), {
    what: left,
    why: 'The hub makes a contact in one way, whoever asks for it.',
    mend: `${kept} is used for both.`,
  });
}

/** Every step an operation or the sign-in reaches. */
export function readChains(
  scenarios: readonly NamedScenario[],
  starts: readonly string[],
  scope: Scope,
  signIn: readonly string[],
): Steps {
  const byName = new Map(scenarios.map(({ name, element }) => [name, element]));
  const steps: Steps = {};
  for (const start of starts) readChain(start, byName, steps, scope);
  reportUnreached(scenarios, steps, scope, signIn);
  return steps;
}

/** Only what begins with a step that could be carried. Several are all run; their SkipIf may ask what was found so far. */
export function usableOperations(operations: Operations, steps: Steps): Operations {
  const usable: Operations = {};
  for (const name of operationNames) {
    const operation = operations[name];
    const first = operation?.first.filter((each) => steps[each] !== undefined) ?? [];
    if (operation !== undefined && first.length > 0)
      usable[name] = { first, run: first.length > 1 ? 'all' : 'firstHit' };
  }
  return usable;
}

/** A step, and where its scenario names the next one. */
interface Link {
  readonly step: Steps[string];
  readonly place: Place;
}

function readChain(start: string, byName: ReadonlyMap<string, XmlElement>, steps: Steps, scope: Scope): void {
  const chain = new Set<string>();
  let before: Link | null = null;
  let at: string | null = start;
  while (at !== null) {
    const scenario = byName.get(at);
    if (scenario === undefined || chain.has(at)) {
      if (before !== null) dropNext(before, at, scenario !== undefined, scope);
      return;
    }
    chain.add(at);
    const step: Steps[string] | null = steps[at] ?? readScenario(scenario, pathOf(at), scope);
    if (step === null) {
      if (before !== null) delete before.step.next;
      return;
    }
    steps[at] = step;
    const outputs = childNamed(scenario, 'Outputs');
    before = { step, place: placeOf(outputs ?? scenario, `${pathOf(at)}/Outputs@Next`) };
    const next = outputs === null ? '' : attribute(outputs, 'Next');
    at = next === '' ? null : safeName(next);
    if (at !== null) step.next = at;
  }
}

function dropNext({ step, place }: Link, name: string, isCycle: boolean, scope: Scope): void {
  delete step.next;
  const what = `Next="${name}"`;
  if (isCycle) {
    const why = 'The chain comes back to a scenario it has run.';
    scope.findings.lost('scenario.cycle', place, { what, why, mend: 'It ends before that now.' });
  } else {
    const why = 'There is no scenario of that name.';
    scope.findings.lost('scenario.missing', place, { what, why, mend: 'Check the spelling in the template.' });
  }
}

function reportUnreached(
  scenarios: readonly NamedScenario[],
  steps: Steps,
  scope: Scope,
  signIn: readonly string[],
): void {
  for (const { id, name, element } of scenarios) {
    if (steps[name] !== undefined || signIn.includes(id) || operationOf(id) !== null) continue;
    const isFlow = isFlowLookup(id);
    scope.findings.lost(isFlow ? 'scenario.unsupported' : 'scenario.unreachable', placeOf(element, pathOf(name)), {
      what: id,
      why: isFlow
        ? 'It answers questions of a call flow inside the exchange.'
        : 'No operation and no other scenario leads to it.',
      mend: isFlow ? 'Ask the hub from the flow instead.' : 'Leave it out, or name it as Next somewhere.',
    });
  }
}

function pathOf(id: string): string {
  return `Crm/Scenarios/Scenario[${id}]`;
}
