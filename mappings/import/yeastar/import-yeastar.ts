import type { XmlElement } from '#core/kit/xml.ts';
import { assemble } from '../assemble.ts';
import { withBaseUrl } from '../base-url.ts';
import type { CallFact } from '../dictionary/calls.ts';
import { Findings } from '../findings.ts';
import { idOf, type Imported } from '../imported.ts';
import type { OperationName, RestConnectionInput } from '../rest-connection.ts';
import { chainOf, namesGivenBy, namesInStep } from '../step-names.ts';
import { attribute, childNamed, childrenNamed, placeOf } from '../xml/element.ts';
import { namesIn, type UsedNames } from '../template/names.ts';
import { parseTemplate } from '../template/parse.ts';
import { safeName } from '../safe-name.ts';
import { readAuthentication, readFields } from './authentication.ts';
import { callSources } from './call-facts.ts';
import { readRequest } from './requests.ts';
import { GoScope } from './scope.ts';

type Operation = NonNullable<RestConnectionInput['operations'][OperationName]>;
type Steps = RestConnectionInput['steps'];

interface Known {
  readonly operation: OperationName;
  readonly run: 'firstHit' | 'all';
  /** What the exchange would give, from what the hub gives. */
  readonly derive: readonly (readonly [name: string, value: string])[];
}

const scenarios: Readonly<Record<string, Known>> = {
  SyncContactAuto: { operation: 'findByNumber', run: 'firstHit', derive: [['Phone', '{{ Number }}']] },
  SearchContact: { operation: 'search', run: 'all', derive: [['SearchValue', '{{ SearchText }}']] },
  CreateNewContact: {
    operation: 'createContact',
    run: 'firstHit',
    derive: [
      ['BusinessNumber', '{{ Number }}'],
      ['DisplayName', '{{#if Name}}{{ Name }}{{else}}{{ Number }}{{/if}}'],
    ],
  },
  UserAssociation: { operation: 'listAgents', run: 'all', derive: [] },
  CallJournal: { operation: 'reportCall', run: 'all', derive: [] },
};

/** A Yeastar P-Series integration template as a REST connection with its dictionaries. */
export function importYeastar(root: XmlElement): Imported {
  const findings = new Findings();
  const scope = new GoScope(findings);
  const title = attribute(root, 'Name').slice(0, 200) || 'CRM';
  const all = childrenNamed(childNamed(root, 'Scenarios'), 'Scenario');
  const signIn = all.find((scenario) => attribute(scenario, 'Id') === 'AuthMethod') ?? null;
  const parameters = readFields(signIn, scope);
  const { auth, headers } = readAuthentication(signIn, attribute(root, 'AuthType'), scope);
  for (const output of all.flatMap(outputsOf)) scope.variables.add(attribute(output, 'Name'));
  const operations: RestConnectionInput['operations'] = {};
  const found: Steps = {};
  for (const scenario of all) if (scenario !== signIn) readScenario(scenario, operations, found, scope);
  const { baseUrl, steps } = withBaseUrl(found);
  const concurrency = Number(attribute(root, 'MaxConcurrentRequest') || '4');
  return assemble({
    root,
    draft: {
      format: 'tieline-rest-connection',
      formatVersion: 1,
      id: idOf(title, idOf(attribute(root, 'Key'), 'crm')),
      title,
      origin: { kind: 'yeastar', name: title, version: attribute(root, 'Version') },
      baseUrl,
      parameters,
      auth,
      number: {},
      maxConcurrentRequests: Number.isInteger(concurrency) ? Math.min(64, Math.max(1, concurrency)) : 4,
      headers,
      operations,
      steps,
    },
    facts: factsOf(operations.reportCall, steps),
    findings,
  });
}

function outputsOf(scenario: XmlElement): readonly XmlElement[] {
  const requests = childrenNamed(childNamed(scenario, 'Requests'), 'Request');
  return requests.flatMap((request) => childrenNamed(childNamed(request, 'Outputs'), 'Output'));
}

function readScenario(
  scenario: XmlElement,
  operations: RestConnectionInput['operations'],
  steps: Steps,
  scope: GoScope,
): void {
  const id = attribute(scenario, 'Id');
  const path = `Information/Scenarios/Scenario[${id}]`;
  const known = Object.hasOwn(scenarios, id) ? scenarios[id] : undefined;
  if (known === undefined) {
    const why = id === 'CreateNewTicket' ? 'The hub does not make tickets of calls.' : 'The hub has no such operation.';
    scope.findings.lost('scenario.unsupported', placeOf(scenario, path), { what: id, why, mend: 'Leave it out.' });
    return;
  }
  const first = readRequests(scenario, path, known, { steps, scope });
  if (first.length === 0 || operations[known.operation] !== undefined) return;
  const derive = [...known.derive.map(([name, value]) => ({ name, value })), ...journalTexts(scenario, path, scope)];
  operations[known.operation] = { first, run: known.run, derive };
}

function readRequests(
  scenario: XmlElement,
  path: string,
  known: Known,
  { steps, scope }: { readonly steps: Steps; readonly scope: GoScope },
): string[] {
  const first: string[] = [];
  for (const [index, request] of childrenNamed(childNamed(scenario, 'Requests'), 'Request').entries()) {
    const here = `${path}/Requests/Request[${attribute(request, 'Name') || index}]`;
    if (known.operation === 'createContact' && first.length > 0) {
      const what = attribute(request, 'Name');
      const text = { what, why: 'The hub makes a contact with one request.', mend: 'The first one is used.' };
      scope.findings.lost('scenario.unsupported', placeOf(request, here), text);
      continue;
    }
    const step = readRequest(request, here, scope);
    const own = `${attribute(scenario, 'Id')}_${index + 1}`;
    if (step === null) continue;
    const url = known.operation === 'listAgents' ? null : contactUrl(scenario, step, path, scope);
    steps[own] =
      url === null ? step : { ...step, outputs: [...(step.outputs ?? []), { name: 'ContactUrl', value: url }] };
    first.push(own);
  }
  return first;
}

/** Where the contact is looked at; written with ContactId, whatever the step calls the id. */
function contactUrl(scenario: XmlElement, step: Steps[string], path: string, scope: GoScope): string | null {
  const format = parameter(scenario, 'URLFormat');
  if (format === '' || parameter(scenario, 'ContactUrlType') === 'contact_field') return null;
  const own = (step.extract ?? []).some(({ name }) => name === 'ContactsId');
  const text = own ? format.replace(/\.ContactId\b/gu, '.ContactsId') : format;
  return scope.text(text, placeOf(scenario, `${path}/Parameters/Parameter[URLFormat]`), 'text');
}

function journalTexts(scenario: XmlElement, path: string, scope: GoScope): Operation['derive'] & object {
  return ['Subject', 'Description'].flatMap((name) => {
    const written = parameter(scenario, name);
    const place = placeOf(scenario, `${path}/Parameters/Parameter[${name}]`);
    const value = written === '' ? null : scope.text(written, place, 'text');
    return value === null ? [] : [{ name, value }];
  });
}

function parameter(scenario: XmlElement, name: string): string {
  const all = childrenNamed(childNamed(scenario, 'Parameters'), 'Parameter');
  const found = all.find((each) => attribute(each, 'Name') === name);
  return found === undefined ? '' : attribute(found, 'Value');
}

function factsOf(operation: Operation | undefined, steps: Steps): CallFact[] {
  const names: UsedNames = { config: new Set(), value: new Set() };
  for (const { value } of operation?.derive ?? []) namesIn(parseTemplate(value), names);
  for (const first of operation?.first ?? []) {
    for (const [, step] of chainOf(steps, first)) {
      const given = new Set(namesGivenBy(step));
      const own = namesInStep(step, { config: names.config, value: new Set() });
      for (const name of own.value) if (!given.has(name)) names.value.add(name);
    }
  }
  return Object.entries(callSources)
    .filter(([name]) => names.value.has(safeName(name) ?? ''))
    .map(([name, source]) => ({ name, ...source }));
}
