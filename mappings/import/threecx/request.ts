import type { XmlElement } from '#core/kit/xml.ts';
import type { Condition } from '../template/ast.ts';
import { allOf, isAlways, isNever, notOf } from '../template/conditions.ts';
import type { ConnectionStep, JsonPart, RequestBody, RestConnectionInput } from '../rest-connection.ts';
import { attribute, childNamed, childrenNamed, placeOf } from '../xml/element.ts';
import type { Scope, Spot } from './scope.ts';
import { printedCondition, translateCondition, translateText } from './translate.ts';

type StepInput = RestConnectionInput['steps'][string];
type PairInput = NonNullable<StepInput['query']>[number];

const methods = new Map<string, ConnectionStep['method']>([
  ['get', 'GET'],
  ['post', 'POST'],
  ['put', 'PUT'],
  ['patch', 'PATCH'],
  ['delete', 'DELETE'],
]);
const answers = new Map<string, ConnectionStep['answer']>([
  ['', 'json'],
  ['json', 'json'],
  ['xml', 'xml'],
  ['text', 'text'],
]);
const knownChildren = new Set(['Headers', 'QueryParams', 'PostValues', 'Values']);

/** The request of a scenario; null, with a finding, when it has no usable address. */
export function readRequest(request: XmlElement, path: string, scope: Scope): Omit<StepInput, 'title'> | null {
  const spot = (name: string, use: Spot['use'] = 'text'): Spot => ({
    scope,
    place: placeOf(request, `${path}@${name}`),
    use,
    passes: 1,
  });
  const url = translateText(attribute(request, 'Url'), spot('Url', 'url'));
  if (url === null || url === '') {
    const text = {
      what: attribute(request, 'Url'),
      why: 'The request has no usable address.',
      mend: 'Write the address anew.',
    };
    scope.findings.lost('request.url', placeOf(request, path), text);
    return null;
  }
  reportUnknownChildren(request, path, scope);
  const skipIf = skipOf(request, spot('SkipIf', 'condition'));
  const body = bodyOf(request, path, scope);
  return {
    method: methodOf(request, path, scope),
    url,
    ...(skipIf === undefined ? {} : { skipIf }),
    query: pairsOf(request, 'QueryParams', path, scope),
    headers: pairsOf(request, 'Headers', path, scope),
    ...(body === undefined ? {} : { body }),
    answer: answerOf(request, path, scope),
  };
}

/** A condition that cannot be read must not turn into "never skip": the step would run when it must not. */
function skipOf(request: XmlElement, spot: Spot): string | undefined {
  const condition = translateCondition(attribute(request, 'SkipIf'), spot);
  if (condition === null) return 'true';
  return printedCondition(condition);
}

function methodOf(request: XmlElement, path: string, scope: Scope): ConnectionStep['method'] {
  const written = attribute(request, 'RequestType');
  const method = methods.get(written.toLowerCase());
  if (method !== undefined) return method;
  const hasBody = childNamed(request, 'PostValues') !== null || attribute(request, 'Message') !== '';
  if (written !== '') {
    scope.findings.changed('request.method', placeOf(request, `${path}@RequestType`), {
      what: written,
      why: 'The hub does not send requests of this kind.',
      mend: `It is sent as ${hasBody ? 'POST' : 'GET'} now; change the method if that is wrong.`,
    });
  }
  return hasBody ? 'POST' : 'GET';
}

function answerOf(request: XmlElement, path: string, scope: Scope): ConnectionStep['answer'] {
  const written = attribute(request, 'ResponseType');
  const answer = answers.get(written.toLowerCase());
  if (answer !== undefined) return answer;
  scope.findings.changed('request.responseType', placeOf(request, `${path}@ResponseType`), {
    what: written,
    why: 'The hub reads JSON, XML and plain text.',
    mend: 'It is read as JSON now.',
  });
  return 'json';
}

function reportUnknownChildren(request: XmlElement, path: string, scope: Scope): void {
  for (const child of request.children) {
    if (knownChildren.has(child.name)) continue;
    scope.findings.lost('element.unknown', placeOf(child, `${path}/${child.name}`), {
      what: `<${child.name}>`,
      why: 'It is not part of the format; 3CX does not read it either.',
      mend: child.name === 'Query' ? 'Use <QueryParams>.' : 'Leave it out.',
    });
  }
}

function pairsOf(request: XmlElement, holder: string, path: string, scope: Scope): PairInput[] {
  const values = childrenNamed(childNamed(request, holder), 'Value');
  return values.flatMap((value) => pairOf(value, `${path}/${holder}/Value[${attribute(value, 'Key')}]`, scope) ?? []);
}

function pairOf(value: XmlElement, path: string, scope: Scope): PairInput | null {
  const when = whenOf(value, path, scope);
  const spot: Spot = { scope, place: placeOf(value, path), use: 'text', passes: passesOf(value) };
  const name = translateText(attribute(value, 'Key'), { ...spot, passes: 1 });
  const text = translateText(value.text.trim() || attribute(value, 'Value'), spot);
  if (name === null || text === null || when === null) return null;
  return { name, value: text, ...(when === undefined ? {} : { when }) };
}

/** `If` and not `SkipIf`; undefined when it always applies, null when it never does or cannot be told. */
function whenOf(element: XmlElement, path: string, scope: Scope): string | undefined | null {
  const spot = (name: string): Spot => ({
    scope,
    place: placeOf(element, `${path}@${name}`),
    use: 'condition',
    passes: 1,
  });
  const only = translateCondition(attribute(element, 'If'), spot('If'));
  const skip = translateCondition(attribute(element, 'SkipIf'), spot('SkipIf'));
  if (only === null || skip === null) return null;
  const conditions: Condition[] = [...(only === undefined ? [] : [only]), ...(skip === undefined ? [] : [notOf(skip)])];
  const when = allOf(conditions);
  if (isNever(when)) return null;
  return isAlways(when) ? undefined : printedCondition(when);
}

function passesOf(element: XmlElement): number {
  const passes = Number(attribute(element, 'Passes') || '1');
  return Number.isInteger(passes) && passes >= 0 && passes <= 10 ? passes : 1;
}

function bodyOf(request: XmlElement, path: string, scope: Scope): RequestBody | undefined {
  const post = childNamed(request, 'PostValues');
  const isJson = attribute(request, 'RequestEncoding').toLowerCase() === 'json';
  if (post !== null && post.children.length > 0) {
    if (!isJson) return { kind: 'form', pairs: pairsOf(request, 'PostValues', path, scope) };
    return { kind: 'json', of: rootOf(partsOf(post, `${path}/PostValues`, scope)) };
  }
  return textBodyOf(request, path, scope, isJson);
}

function textBodyOf(request: XmlElement, path: string, scope: Scope, isJson: boolean): RequestBody | undefined {
  const written = ['Message', 'PostText'].map(
    (name) => attribute(request, name) || childNamed(request, name)?.text || '',
  );
  const message = written.find((each) => each.trim() !== '');
  if (message === undefined) return undefined;
  const passes = Number(attribute(request, 'MessagePasses') || '1');
  const text = translateText(message, { scope, place: placeOf(request, `${path}@Message`), use: 'text', passes });
  if (text === null) return undefined;
  const declared = attribute(request, 'RequestContentType');
  const type = declared || (isJson ? 'application/json' : 'application/x-www-form-urlencoded');
  return { kind: 'text', text, escape: escapeOf(type), contentType: type };
}

function escapeOf(type: string): 'json' | 'xml' | 'form' | 'none' {
  if (/\bjson\b/iu.test(type)) return 'json';
  if (/\bxml\b/iu.test(type)) return 'xml';
  return /urlencoded/iu.test(type) ? 'form' : 'none';
}

/** A lone object or list without a name is the body itself. */
function rootOf(parts: readonly JsonPart[]): JsonPart {
  const [only] = parts;
  const isRoot = parts.length === 1 && (only?.key ?? '') === '' && (only?.object ?? only?.array) !== undefined;
  if (!isRoot || only === undefined) return { object: [...parts] };
  const { key: _, ...root } = only;
  return root;
}

function partsOf(holder: XmlElement, path: string, scope: Scope): JsonPart[] {
  return holder.children.flatMap((child, index) => {
    const here = `${path}/${child.name}[${attribute(child, 'Key') || index}]`;
    return partOf(child, here, scope) ?? [];
  });
}

function partOf(element: XmlElement, path: string, scope: Scope): JsonPart | null {
  const when = whenOf(element, path, scope);
  if (when === null) return null;
  const head = { key: attribute(element, 'Key'), ...(when === undefined ? {} : { when }) };
  if (element.name === 'Object') return { ...head, object: partsOf(element, path, scope) };
  if (element.name === 'Array') return { ...head, array: partsOf(element, path, scope) };
  if (element.name !== 'Value') {
    scope.findings.lost('element.unknown', placeOf(element, path), {
      what: `<${element.name}>`,
      why: 'A body is built of Value, Object and Array.',
      mend: 'Leave it out.',
    });
    return null;
  }
  const spot: Spot = { scope, place: placeOf(element, path), use: 'text', passes: passesOf(element) };
  const value = translateText(element.text, spot);
  return value === null ? null : { ...head, value, type: leafType(attribute(element, 'Type')) };
}

function leafType(written: string): JsonPart['type'] {
  if (/^(?:Integer|Int|Long|Double|Decimal|Number)$/iu.test(written)) return 'number';
  return /^Boolean$/iu.test(written) ? 'boolean' : 'text';
}
