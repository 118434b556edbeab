import type { XmlElement } from '#core/kit/xml.ts';
import type { ConnectionParameter, RestConnectionInput } from '../rest-connection.ts';
import { parseTemplate } from '../template/parse.ts';
import { attribute, childNamed, childrenNamed, placeOf } from '../xml/element.ts';
import { safeName } from '../safe-name.ts';
import { splitAtColon } from '../template/split.ts';
import type { GoScope } from './scope.ts';

interface FoundAuthentication {
  readonly auth: RestConnectionInput['auth'];
  readonly headers: NonNullable<RestConnectionInput['headers']>;
}

const path = 'Information/Scenarios/Scenario[AuthMethod]';

/** The fields its owner is asked for; declared before any template is read. */
export function readFields(scenario: XmlElement | null, scope: GoScope): ConnectionParameter[] {
  const fields: ConnectionParameter[] = [];
  for (const field of parametersOf(scenario, 'CustomFieldList')) {
    const key = attribute(field, 'Key') || attribute(field, 'Name');
    const name = safeName(key);
    if (name === null || scope.settings.has(key)) {
      const text = { what: key, why: 'The name cannot be used, or stands twice.', mend: 'Give the field another key.' };
      scope.findings.lost('parameter.name', placeOf(field, `${path}/Parameter[${key}]`), text);
      continue;
    }
    scope.settings.set(key, name);
    const isSecret = attribute(field, 'Editor').toLowerCase() === 'password';
    fields.push({
      name,
      title: attribute(field, 'Title').slice(0, 400) || name,
      type: isSecret ? 'secret' : 'text',
      default: null,
      required: true,
    });
  }
  return fields;
}

export function readAuthentication(scenario: XmlElement | null, declared: string, scope: GoScope): FoundAuthentication {
  const headers = parametersOf(scenario, 'PopulateTemplateString').flatMap((parameter) => {
    const value = scope.text(attribute(parameter, 'Value'), placeOf(parameter, path), 'text');
    return value === null ? [] : [{ name: attribute(parameter, 'Name').replaceAll('{{', ''), value }];
  });
  const type = headers.find(({ name }) => name.toLowerCase() === 'content-type');
  if (type !== undefined) scope.contentType = type.value;
  const own = (name: string): string => {
    const parameter = parametersOf(scenario, '').find((each) => attribute(each, 'Name') === name);
    return parameter === undefined ? '' : attribute(parameter, 'Value');
  };
  const method = (own('AuthMethod') || declared || 'none').toLowerCase();
  return { auth: authOf(method, own, scenario, scope), headers: headers.filter((each) => each !== type) };
}

function authOf(
  method: string,
  own: (name: string) => string,
  scenario: XmlElement | null,
  scope: GoScope,
): RestConnectionInput['auth'] {
  const place = scenario === null ? { line: 1, column: 1, path } : placeOf(scenario, path);
  const text = (name: string, use: 'url' | 'text'): string => scope.text(own(name), place, use) ?? '';
  const field = (...keys: string[]): string => {
    const found = keys.find((key) => scope.settings.has(key));
    return found === undefined ? '' : `{{ config.${scope.settings.get(found) ?? ''} }}`;
  };
  if (method === 'none') return { kind: 'none' };
  if (method === 'basic') {
    const pair = splitAtColon(parseTemplate(text('Base64EncodedCredential', 'text')));
    const named = { username: field('username', 'user', 'api_key'), password: field('password', 'api_token') };
    if (pair !== null || named.username !== '') return { kind: 'basic', ...(pair ?? named) };
  }
  const client = { clientId: field('client_id'), clientSecret: field('client_secret'), scope: text('Scope', 'text') };
  const tokenUrl = text('TokenEndPoint', 'url');
  if (method === 'oauth2' && tokenUrl !== '' && client.clientId !== '') {
    return {
      kind: 'oauth2',
      grant: 'authorizationCode',
      authorizeUrl: text('AuthEndPoint', 'url'),
      tokenUrl,
      ...client,
    };
  }
  const token = field('token', 'access_token', 'api_token', 'api_key');
  if (method === 'bearer' && token !== '') return { kind: 'bearer', token };
  scope.findings.lost('auth.incomplete', place, {
    what: method,
    why: 'The template does not say all that signing in needs.',
    mend: 'Enter it when the connection is set up.',
  });
  return { kind: 'none' };
}

function parametersOf(scenario: XmlElement | null, father: string): readonly XmlElement[] {
  const all = scenario === null ? [] : childrenNamed(childNamed(scenario, 'Parameters'), 'Parameter');
  return all.filter((parameter) => attribute(parameter, 'Father') === father);
}
