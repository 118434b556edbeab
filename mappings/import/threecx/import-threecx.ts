import type { XmlElement } from '#core/kit/xml.ts';
import { withBaseUrl } from '../base-url.ts';
import { assemble } from '../assemble.ts';
import { Findings } from '../findings.ts';
import { idOf, type Imported } from '../imported.ts';
import type { RestConnection, RestConnectionInput } from '../rest-connection.ts';
import { attribute, childNamed, childrenNamed, placeOf } from '../xml/element.ts';
import { readAuthentication } from './authentication.ts';
import { callFacts } from './call-facts.ts';
import { chooseOperations, nameScenarios, readChains, usableOperations } from './chains.ts';
import { findParameters, readParameters } from './parameters.ts';
import { declareVariables } from './scenario.ts';
import { Scope } from './scope.ts';

/** A 3CX CRM template as a REST connection with its dictionaries. */
export function importThreeCx(root: XmlElement): Imported {
  const findings = new Findings();
  const scope = new Scope(findings);
  const title = attribute(root, 'Name').slice(0, 200) || 'CRM';
  reportUnknown(root, findings);
  const parameters = findParameters(root, scope);
  const scenarios = childrenNamed(childNamed(root, 'Scenarios'), 'Scenario');
  for (const scenario of scenarios) declareVariables(scenario, scope);
  const { auth: wantedAuth, scenarios: signIn } = readAuthentication(root, scope);
  const named = nameScenarios(scenarios, scope);
  const wanted = chooseOperations(named, signIn, scope);
  const signInSteps = wantedAuth.kind === 'step' ? [wantedAuth.step] : [];
  const starts = [...Object.values(wanted).flatMap((each) => each.first), ...signInSteps];
  const { baseUrl, steps } = withBaseUrl(readChains(named, starts, scope, signIn));
  const operations = usableOperations(wanted, steps);
  const auth = signInSteps.every((name) => steps[name] !== undefined) ? wantedAuth : ({ kind: 'none' } as const);
  const number = readNumber(root, scope);
  const journal = scenarios.find((scenario) => attribute(scenario, 'Id') === 'ReportCall') ?? root;
  const place = placeOf(journal, 'Crm/Scenarios/Scenario[ReportCall]');
  const calls = callFacts({ steps, first: operations.reportCall?.first ?? [], scope, place });
  return assemble({
    root,
    draft: {
      format: 'tieline-rest-connection',
      formatVersion: 1,
      id: idOf(title, 'crm'),
      title,
      origin: { kind: '3cx', name: title, version: attribute(root, 'Version') },
      baseUrl,
      parameters: readParameters(parameters, scope, auth.kind === 'oauth2'),
      auth,
      number,
      maxConcurrentRequests: readConcurrency(root),
      operations: withDerived(operations, calls.derive),
      steps: calls.steps,
    },
    facts: calls.facts,
    findings,
  });
}

type Operations = RestConnectionInput['operations'];

function withDerived(operations: Operations, derive: readonly { name: string; value: string }[]): Operations {
  if (operations.reportCall === undefined || derive.length === 0) return operations;
  return { ...operations, reportCall: { ...operations.reportCall, derive: [...derive] } };
}

const knownChildren = new Set(['Number', 'Connection', 'Parameters', 'Authentication', 'Scenarios']);

function reportUnknown(root: XmlElement, findings: Findings): void {
  for (const child of root.children.filter(({ name }) => !knownChildren.has(name))) {
    findings.lost('element.unknown', placeOf(child, `Crm/${child.name}`), {
      what: `<${child.name}>`,
      why: 'The hub does not know this part of a template.',
      mend: 'Leave it out, or write what it does anew.',
    });
  }
}

const prefixes: Readonly<Record<string, RestConnection['number']['prefix']>> = {
  asis: 'asIs',
  off: 'off',
  plus: 'plus',
  zeros: 'zeros',
};

function readNumber(root: XmlElement, scope: Scope): RestConnection['number'] {
  const element = childNamed(root, 'Number');
  if (element === null) return { prefix: 'asIs', maxDigits: null };
  const written = attribute(element, 'Prefix').toLowerCase();
  const prefix = (Object.hasOwn(prefixes, written) ? prefixes[written] : undefined) ?? 'asIs';
  const length = attribute(element, 'MaxLength').trim();
  const digits = Number(length);
  if (length === '' || (Number.isInteger(digits) && digits >= 1)) {
    return { prefix, maxDigits: length === '' || digits > 30 ? null : digits };
  }
  if (length !== '0') {
    scope.findings.changed('number.maxLength', placeOf(element, 'Crm/Number@MaxLength'), {
      what: length,
      why: 'It is a setting of the exchange, which the hub does not know.',
      mend: 'All digits are kept now; set number.maxDigits if the CRM holds shorter numbers.',
    });
  }
  return { prefix, maxDigits: null };
}

function readConcurrency(root: XmlElement): number {
  const element = childNamed(root, 'Connection');
  const written = Number(element === null ? '4' : attribute(element, 'MaxConcurrentRequests') || '4');
  return Number.isInteger(written) ? Math.min(64, Math.max(1, written)) : 4;
}
