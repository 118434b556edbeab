import type { XmlElement } from '#core/kit/xml.ts';
import type { RestConnectionInput } from '../rest-connection.ts';
import { parseTemplate } from '../template/parse.ts';
import { splitAtColon } from '../template/split.ts';
import { attribute, childNamed, childrenNamed, placeOf } from '../xml/element.ts';
import { isOAuth } from './parameters.ts';
import { safeName } from '../safe-name.ts';
import type { Scope } from './scope.ts';
import { translateText } from './translate.ts';

export interface FoundAuthentication {
  readonly auth: RestConnectionInput['auth'];
  /** Scenarios that only serve to sign in. */
  readonly scenarios: readonly string[];
}

const path = 'Crm/Authentication';
const none = { auth: { kind: 'none' }, scenarios: [] } as const;

export function readAuthentication(root: XmlElement, scope: Scope): FoundAuthentication {
  const element = childNamed(root, 'Authentication');
  const type = element === null ? 'no' : (attribute(element, 'Type') || 'no').toLowerCase();
  const oauth = childrenNamed(childNamed(root, 'Parameters'), 'Parameter').find(isOAuth);
  if (element === null || type === 'no') return oauth === undefined ? none : readOAuth(root, oauth, scope);
  const value = childNamed(element, 'Value')?.text.trim() ?? '';
  if (type === 'basic') return readBasic(value, element, scope);
  if (type === 'scenario') return readScenarioSignIn(root, { id: value, element, oauth }, scope);
  if (type === 'oauth2') return readOAuth(root, oauth ?? element, scope);
  scope.findings.lost('auth.unsupported', placeOf(element, path), {
    what: `Type="${attribute(element, 'Type')}"`,
    why: 'The hub does not know this way to sign in.',
    mend: 'Choose a way to sign in when the connection is set up.',
  });
  return none;
}

interface SignIn {
  readonly id: string;
  readonly element: XmlElement;
  readonly oauth: XmlElement | undefined;
}

function readScenarioSignIn(root: XmlElement, { id, element, oauth }: SignIn, scope: Scope): FoundAuthentication {
  if (oauth === undefined || !isPlainRefresh(scenarioById(root, id))) {
    return withConsent(readScenarioAuth(root, id, element, scope), oauth, scope);
  }
  const found = readOAuth(root, oauth, scope);
  return { ...found, scenarios: [...found.scenarios, id] };
}

/** A scenario that only turns a refresh token into an access token is what OAuth2 itself says. */
function isPlainRefresh(scenario: XmlElement | null): boolean {
  const values = childrenNamed(childNamed(childNamed(scenario, 'Request'), 'PostValues'), 'Value');
  const grant = values.find((value) => attribute(value, 'Key') === 'grant_type')?.text.trim();
  const outputs = childNamed(scenario, 'Outputs');
  return grant === 'refresh_token' && (outputs === null || attribute(outputs, 'Next') === '');
}

/** More than OAuth2 happens at sign-in: the steps stay, but nobody opens the page where the user agrees. */
function withConsent(found: FoundAuthentication, oauth: XmlElement | undefined, scope: Scope): FoundAuthentication {
  if (oauth === undefined) return found;
  const name = attribute(oauth, 'Name');
  scope.findings.changed('auth.consent', placeOf(oauth, `Crm/Parameters/Parameter[${name}]`), {
    what: attribute(oauth, 'RequestUrl'),
    why: 'Signing in does more than OAuth2 here, so the hub does not open the page where the user agrees.',
    mend: `Fetch a token by hand and enter it as ${name}.`,
  });
  return { ...found, scenarios: [...found.scenarios, attribute(oauth, 'ResponseScenario')] };
}

function readBasic(value: string, element: XmlElement, scope: Scope): FoundAuthentication {
  const text = translateText(value, { scope, place: placeOf(element, `${path}/Value`), use: 'text', passes: 1 });
  const pair = text === null ? null : splitAtColon(parseTemplate(text));
  if (pair !== null) return { auth: { kind: 'basic', ...pair }, scenarios: [] };
  scope.findings.lost('auth.incomplete', placeOf(element, `${path}/Value`), {
    what: value,
    why: 'User and password are not written as user:password.',
    mend: 'Enter both when the connection is set up.',
  });
  return none;
}

function scenarioById(root: XmlElement, id: string): XmlElement | null {
  const all = childrenNamed(childNamed(root, 'Scenarios'), 'Scenario');
  return all.find((scenario) => id !== '' && attribute(scenario, 'Id') === id) ?? null;
}

function readScenarioAuth(root: XmlElement, id: string, element: XmlElement, scope: Scope): FoundAuthentication {
  const scenario = scenarioById(root, id);
  const step = safeName(id);
  if (scenario === null || step === null) {
    const text = {
      what: id,
      why: 'The scenario that signs in is not there.',
      mend: 'Name a scenario of the template.',
    };
    scope.findings.lost('auth.incomplete', placeOf(element, `${path}/Value`), text);
    return none;
  }
  const outputs = childrenNamed(childNamed(scenario, 'Outputs'), 'Output').map((output) => attribute(output, 'Type'));
  const token = outputs.find((name) => /^(?:Bearer|BearerToken|AccessToken|Token)$/iu.test(name));
  const header = outputs.includes('HeaderValue')
    ? { name: outputs.includes('HeaderName') ? '{{ HeaderName }}' : 'Authorization', value: '{{ HeaderValue }}' }
    : token === undefined
      ? undefined
      : { name: 'Authorization', value: `Bearer {{ ${token} }}` };
  const expires = outputs.find((name) => /expir/iu.test(name));
  const auth = {
    kind: 'step' as const,
    step,
    ...(header === undefined ? {} : { header }),
    ...(expires === undefined ? {} : { expiresAfterMins: `{{ ${expires} }}` }),
  };
  return { auth, scenarios: [id] };
}

/** The parameter says where the user agrees, its scenario how the code becomes a token; the grant itself is standard. */
function readOAuth(root: XmlElement, holder: XmlElement, scope: Scope): FoundAuthentication {
  const id = attribute(holder, 'ResponseScenario') || (childNamed(holder, 'Value')?.text.trim() ?? '');
  const place = placeOf(
    holder,
    holder.name === 'Parameter' ? `Crm/Parameters/Parameter[${attribute(holder, 'Name')}]` : path,
  );
  const request = childNamed(scenarioById(root, id), 'Request');
  const translated = (text: string, use: 'url' | 'text'): string =>
    translateText(text, { scope, place, use, passes: 1 }) ?? '';
  const sent = sentValues(request, translated);
  const asked = new URLSearchParams(attribute(holder, 'RequestUrlParameters').replace(/^\?/u, ''));
  const own = (name: string): string => sent.get(name) ?? translated(asked.get(name) ?? '', 'text');
  const tokenUrl = request === null ? '' : translated(attribute(request, 'Url'), 'url');
  const scenarios = id === '' ? [] : [id];
  const client = { tokenUrl, clientId: own('client_id'), clientSecret: own('client_secret'), scope: own('scope') };
  if (tokenUrl === '' || client.clientId === '') {
    scope.findings.lost('auth.incomplete', place, {
      what: 'OAuth2',
      why: tokenUrl === '' ? 'It is not said where a token is had.' : 'It is not said who asks for the token.',
      mend: 'Enter the addresses and the client when the connection is set up.',
    });
    return { auth: { kind: 'none' }, scenarios };
  }
  const grant = sent.get('grant_type');
  if (grant === 'client_credentials')
    return { auth: { kind: 'oauth2', grant: 'clientCredentials', ...client }, scenarios };
  if (grant === 'password') {
    const user = { username: own('username'), password: own('password') };
    return { auth: { kind: 'oauth2', grant, ...client, ...user }, scenarios };
  }
  const authorizeUrl = translated(attribute(holder, 'RequestUrl'), 'url');
  return { auth: { kind: 'oauth2', grant: 'authorizationCode', authorizeUrl, ...client }, scenarios };
}

function sentValues(
  request: XmlElement | null,
  translated: (text: string, use: 'text') => string,
): Map<string, string> {
  const values = childrenNamed(childNamed(request, 'PostValues'), 'Value').map((value): [string, string] => [
    attribute(value, 'Key'),
    translated(value.text.trim(), 'text'),
  ]);
  return new Map(values);
}
