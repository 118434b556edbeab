import type { XmlElement } from '#core/kit/xml.ts';
import type { RestConnectionInput } from '../rest-connection.ts';
import { parseAnswerPath } from '../answer-path.ts';
import { TemplateFault } from '../template/fault.ts';
import { attribute, childNamed, childrenNamed, placeOf } from '../xml/element.ts';
import { readRequest } from './request.ts';
import { safeName } from '../safe-name.ts';
import type { Scope } from './scope.ts';
import { translateText } from './translate.ts';

type StepInput = RestConnectionInput['steps'][string];
type RuleInput = NonNullable<StepInput['records']>[number];

const knownChildren = new Set(['Request', 'Rules', 'Variables', 'Outputs']);

/** One scenario as a step, without what comes after it; null, with a finding, when it makes no request. */
export function readScenario(scenario: XmlElement, path: string, scope: Scope): StepInput | null {
  const type = attribute(scenario, 'Type') || 'REST';
  const request = childNamed(scenario, 'Request');
  if (type.toUpperCase() !== 'REST') {
    scope.findings.lost('scenario.database', placeOf(scenario, path), {
      what: `Type="${type}"`,
      why: 'It asks a database, not an HTTP interface.',
      mend: 'Connect the database with a connector of its own.',
    });
    return null;
  }
  reportUnknownChildren(scenario, path, scope);
  if (request === null) {
    const why = 'The scenario makes no request.';
    scope.findings.lost('request.url', placeOf(scenario, path), { what: '', why, mend: 'Add a <Request>.' });
    return null;
  }
  const step = readRequest(request, `${path}/Request`, scope);
  if (step === null) return null;
  const outputs = childNamed(scenario, 'Outputs');
  return {
    ...step,
    records: rulesOf(childNamed(scenario, 'Rules'), `${path}/Rules`, scope),
    extract: variablesOf(scenario, path, scope),
    outputs: outputsOf(outputs, `${path}/Outputs`, scope),
    allowEmpty: outputs === null || attribute(outputs, 'AllowEmpty').toLowerCase() === 'true',
  };
}

/** Every name a scenario gives a value, before any expression is read. */
export function declareVariables(scenario: XmlElement, scope: Scope): void {
  for (const variable of childrenNamed(childNamed(scenario, 'Variables'), 'Variable')) {
    scope.variables.add(attribute(variable, 'Name'));
  }
  for (const output of childrenNamed(childNamed(scenario, 'Outputs'), 'Output'))
    scope.variables.add(attribute(output, 'Type'));
}

function reportUnknownChildren(scenario: XmlElement, path: string, scope: Scope): void {
  for (const child of scenario.children.filter(({ name }) => !knownChildren.has(name))) {
    scope.findings.lost('element.unknown', placeOf(child, `${path}/${child.name}`), {
      what: `<${child.name}>`,
      why: 'The hub does not know this part of a scenario.',
      mend: 'Leave it out, or write what it does anew.',
    });
  }
}

/** All rules must hold, but of several number rules one is enough: a person has several numbers. */
function rulesOf(holder: XmlElement | null, path: string, scope: Scope): RuleInput[] {
  const rules = childrenNamed(holder, 'Rule').flatMap(
    (rule, index) => ruleOf(rule, `${path}/Rule[${index}]`, scope) ?? [],
  );
  const [first, ...others] = rules.filter(({ is }) => is === 'number');
  if (first === undefined || others.length === 0) return rules;
  const merged = { ...first, orPaths: others.map((each) => each.path) };
  return rules.filter((each) => !others.includes(each)).map((each) => (each === first ? merged : each));
}

const ruleTypes: Readonly<Record<string, RuleInput['is']>> = { any: 'present', equals: 'equals', number: 'number' };

function ruleOf(rule: XmlElement, path: string, scope: Scope): RuleInput | null {
  const written = attribute(rule, 'Type');
  const is = Object.hasOwn(ruleTypes, written.toLowerCase()) ? ruleTypes[written.toLowerCase()] : undefined;
  const place = placeOf(rule, path);
  if (is === undefined) {
    const text = { what: `Type="${written}"`, why: 'Rules are Any, Equals or Number.', mend: 'Use one of the three.' };
    scope.findings.lost('rule.type', place, text);
    return null;
  }
  const own = answerPathOf(rule.text, path, rule, scope);
  if (own === null) return null;
  if (is !== 'equals') return { path: own, is };
  const value = translateText(attribute(rule, 'Ethalon'), { scope, place, use: 'text', passes: 1 });
  return value === null ? null : { path: own, is, value };
}

function answerPathOf(text: string, path: string, element: XmlElement, scope: Scope): string | null {
  const trimmed = text.trim();
  try {
    if (/[[\]*$]/u.test(trimmed)) throw new TemplateFault('it is no path of names and dots', 0);
    parseAnswerPath(trimmed);
    return trimmed;
  } catch (thrown) {
    if (!(thrown instanceof TemplateFault)) throw thrown;
    const text_ = {
      what: trimmed,
      why: `The path cannot be used: ${thrown.message}.`,
      mend: 'Write names with dots between them.',
    };
    scope.findings.lost('path.unsupported', placeOf(element, path), text_);
    return null;
  }
}

function variablesOf(scenario: XmlElement, path: string, scope: Scope): NonNullable<StepInput['extract']> {
  return childrenNamed(childNamed(scenario, 'Variables'), 'Variable').flatMap((variable) => {
    const written = attribute(variable, 'Name');
    const here = `${path}/Variables/Variable[${written}]`;
    const name = nameOf(written, variable, here, scope);
    const own = answerPathOf(attribute(variable, 'Path') || variable.text, here, variable, scope);
    if (attribute(variable, 'LookupValue') !== '') {
      const what = `LookupValue="${attribute(variable, 'LookupValue')}"`;
      const text = { what, why: 'The hub has no counterpart.', mend: 'Use a filter rule.' };
      scope.findings.lost('attribute.unknown', placeOf(variable, here), text);
    }
    if (name === null || own === null) return [];
    const where = childrenNamed(childNamed(variable, 'Filter'), 'Rule').flatMap(
      (rule, index) => ruleOf(rule, `${here}/Filter/Rule[${index}]`, scope) ?? [],
    );
    return [{ name, path: own, where }];
  });
}

function outputsOf(holder: XmlElement | null, path: string, scope: Scope): NonNullable<StepInput['outputs']> {
  return childrenNamed(holder, 'Output').flatMap((output) => {
    const written = attribute(output, 'Type');
    const here = `${path}/Output[${written}]`;
    const name = nameOf(written, output, here, scope);
    const text = attribute(output, 'Value') || output.text.trim();
    const passes = Number(attribute(output, 'Passes') || '1');
    const value = translateText(text, { scope, place: placeOf(output, here), use: 'text', passes });
    return name === null || value === null ? [] : [{ name, value }];
  });
}

function nameOf(written: string, element: XmlElement, path: string, scope: Scope): string | null {
  const name = safeName(written);
  if (name !== null) return name;
  const text = { what: written, why: 'It cannot be a name in the hub.', mend: 'Give it another name in the template.' };
  scope.findings.lost('variable.name', placeOf(element, path), text);
  return null;
}
