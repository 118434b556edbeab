import type { XmlElement } from '#core/kit/xml.ts';
import { linearPattern } from '#mappings/language/linear-pattern.ts';
import type { ConnectionParameter } from '../rest-connection.ts';
import { attribute, childNamed, childrenNamed, placeOf } from '../xml/element.ts';
import { safeName } from '../safe-name.ts';
import type { Scope, Setting } from './scope.ts';
import { translateText } from './translate.ts';

type ParameterType = ConnectionParameter['type'];

const types: Readonly<Record<string, ParameterType>> = {
  string: 'text',
  password: 'secret',
  boolean: 'boolean',
  integer: 'integer',
  double: 'number',
  datetime: 'datetime',
  list: 'choice',
};
const secretNames = /(?:pass(?:word)?|secret|token|api_?key|access_?key)$/iu;

export interface FoundParameter {
  readonly element: XmlElement;
  readonly path: string;
  readonly setting: Setting;
  readonly type: ParameterType;
}

/** Declares every parameter, before any expression is read. */
export function findParameters(root: XmlElement, scope: Scope): FoundParameter[] {
  const found: FoundParameter[] = [];
  for (const element of childrenNamed(childNamed(root, 'Parameters'), 'Parameter')) {
    const name = attribute(element, 'Name');
    const path = `Crm/Parameters/Parameter[${name}]`;
    const type = typeOf(element, path, scope);
    const safe = safeName(name);
    if (safe === null || found.some(({ setting }) => setting.name === safe)) {
      scope.findings.lost('parameter.name', placeOf(element, path), {
        what: name,
        why: safe === null ? 'The name cannot be used in the hub.' : 'Two parameters have this name.',
        mend: 'Give it another name in the template.',
      });
      continue;
    }
    const setting: Setting = { name: safe, type, isTemplate: false };
    scope.settings.set(name, setting);
    found.push({ element, path, setting, type });
  }
  return found;
}

function typeOf(element: XmlElement, path: string, scope: Scope): ParameterType {
  const written = attribute(element, 'Type').toLowerCase();
  const type = Object.hasOwn(types, written) ? types[written] : undefined;
  // The token the user's consent gives; a scenario that signs in may ask for it by this name.
  if (written === 'oauth') return 'secret';
  if (type === undefined && written !== '') {
    scope.findings.changed('parameter.type', placeOf(element, path), {
      what: `Type="${attribute(element, 'Type')}"`,
      why: 'The hub has no such type of setting.',
      mend: 'It is a text now.',
    });
  }
  const isSecret = type === 'text' && secretNames.test(attribute(element, 'Name'));
  return isSecret ? 'secret' : (type ?? 'text');
}

/**
 * The settings, once all expressions are read and it is known which texts are templates themselves. With OAuth2 the hub
 * fetches and keeps the token itself, so its owner is not asked for one.
 */
export function readParameters(
  found: readonly FoundParameter[],
  scope: Scope,
  usesOAuth: boolean,
): ConnectionParameter[] {
  return found.filter(({ element }) => !(usesOAuth && isOAuth(element))).map((each) => readParameter(each, scope));
}

export function isOAuth(parameter: XmlElement): boolean {
  return attribute(parameter, 'Type').toLowerCase() === 'oauth';
}

function readParameter({ element, path, setting, type }: FoundParameter, scope: Scope): ConnectionParameter {
  reportDynamicList(element, path, scope);
  const pattern = patternOf(element, path, scope);
  const choices = type === 'choice' ? listOf(attribute(element, 'ListValues')) : [];
  return {
    name: setting.name,
    title: attribute(element, 'Title').replace(/:\s*$/u, '').slice(0, 400) || setting.name,
    type: choices.length === 0 && type === 'choice' ? 'text' : setting.isTemplate ? 'template' : type,
    default: defaultOf({ element, path, setting, type }, scope),
    required: false,
    ...(pattern === null ? {} : { pattern }),
    ...(choices.length === 0 ? {} : { choices }),
    ...headingOf(attribute(element, 'Parent'), scope),
  };
}

/** `Parent` is either another setting, which must say yes, or the heading of a group. */
function headingOf(parent: string, scope: Scope): { group?: string; shownIf?: string } {
  const above = scope.setting(parent);
  if (above !== null) return { shownIf: above.name };
  return parent === '' ? {} : { group: parent.slice(0, 200) };
}

function listOf(text: string): string[] {
  return text
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '');
}

function defaultOf({ element, path, setting, type }: FoundParameter, scope: Scope): ConnectionParameter['default'] {
  const text = attribute(element, 'Default');
  if (text === '') return null;
  if (type === 'secret') {
    scope.findings.lost('parameter.default', placeOf(element, `${path}@Default`), {
      what: 'The default of a secret',
      why: 'Secrets do not stand in files.',
      mend: 'Enter it when the connection is set up.',
    });
    return null;
  }
  if (type === 'boolean') return text.toLowerCase() === 'true';
  if (type === 'integer' || type === 'number') return Number.isFinite(Number(text)) ? Number(text) : null;
  if (!setting.isTemplate) return text;
  return translateText(text, { scope, place: placeOf(element, `${path}@Default`), use: 'text', passes: 1 }) ?? '';
}

function reportDynamicList(element: XmlElement, path: string, scope: Scope): void {
  const url = attribute(element, 'RequestUrl');
  if (url === '' || isOAuth(element)) return;
  scope.findings.lost('parameter.dynamicList', placeOf(element, `${path}@RequestUrl`), {
    what: url,
    why: 'The choices are asked for from the CRM while the form is filled in, which connections do not do.',
    mend: 'Enter the value itself.',
  });
}

function patternOf(element: XmlElement, path: string, scope: Scope): string | null {
  const pattern = attribute(element, 'Validation');
  if (pattern === '') return null;
  if (linearPattern.safeParse(pattern).success) return pattern;
  scope.findings.lost('parameter.validation', placeOf(element, `${path}@Validation`), {
    what: pattern,
    why: 'The pattern cannot be run in linear time, or is not one.',
    mend: 'Write it without look-ahead and back references.',
  });
  return null;
}
