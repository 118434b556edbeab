import type { XmlElement } from '#core/kit/xml.ts';
import type { RestConnectionInput } from '../rest-connection.ts';
import type { Template } from '../template/ast.ts';
import { notOf } from '../template/conditions.ts';
import { printCondition, printTemplate } from '../template/print.ts';
import { attribute, childNamed, childrenNamed, placeOf } from '../xml/element.ts';
import { safeName } from '../safe-name.ts';
import { readGjson } from './gjson.ts';
import type { GoScope } from './scope.ts';

type StepInput = RestConnectionInput['steps'][string];

/** One request of a scenario as a step; null, with a finding, when it has no usable address. */
export function readRequest(request: XmlElement, path: string, scope: GoScope): StepInput | null {
  const url = scope.template(attribute(request, 'URLFormat'), placeOf(request, `${path}@URLFormat`), 'url');
  if (url === null || url.length === 0) {
    const text = {
      what: attribute(request, 'URLFormat'),
      why: 'The request has no usable address.',
      mend: 'Write the address anew.',
    };
    scope.findings.lost('request.url', placeOf(request, path), text);
    return null;
  }
  const { address, skipIf } = conditional(url);
  const outputs = readOutputs(request, path, scope);
  return {
    method: methodOf(request, path, scope),
    url: printTemplate(address),
    ...(skipIf === undefined ? {} : { skipIf }),
    ...readParameters(request, path, scope),
    answer: /xml/iu.test(attribute(request, 'ResponseType')) ? 'xml' : 'json',
    ...outputs,
    allowEmpty: outputs.extract.length === 0,
  };
}

/** An address that is empty unless something is known means: no request without it. */
function conditional(url: Template): { address: Template; skipIf?: string } {
  const [only, ...more] = url;
  const [branch, ...others] = only?.kind === 'choose' && only.otherwise.length === 0 ? only.branches : [];
  if (branch === undefined || more.length > 0 || others.length > 0) return { address: url };
  return { address: branch.gives, skipIf: printCondition(notOf(branch.when)) };
}

const methods = new Set<string>(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']);

function methodOf(request: XmlElement, path: string, scope: GoScope): StepInput['method'] {
  const written = attribute(request, 'Method').toUpperCase() || 'GET';
  // The set holds exactly the methods of a step.
  if (methods.has(written)) return written as StepInput['method'];
  const text = { what: written, why: 'The hub does not send requests of this kind.', mend: 'It is sent as GET now.' };
  scope.findings.changed('request.method', placeOf(request, `${path}@Method`), text);
  return 'GET';
}

function readParameters(
  request: XmlElement,
  path: string,
  scope: GoScope,
): Pick<StepInput, 'query' | 'headers' | 'body'> {
  const headers: NonNullable<StepInput['headers']> = [];
  const query: NonNullable<StepInput['query']> = [];
  const bodies: { name: string; value: string }[] = [];
  for (const parameter of childrenNamed(childNamed(request, 'Parameters'), 'Parameter')) {
    const name = attribute(parameter, 'Name');
    const here = `${path}/Parameters/Parameter[${name}]`;
    const value = scope.text(attribute(parameter, 'Value'), placeOf(parameter, here), 'text');
    const type = attribute(parameter, 'Type').toLowerCase();
    const list = { header: headers, query, body: bodies }[type];
    if (list === undefined) {
      const text = {
        what: `Type="${attribute(parameter, 'Type')}"`,
        why: 'Parameters are Header, Query or Body.',
        mend: 'Use one of the three.',
      };
      scope.findings.lost('element.unknown', placeOf(parameter, here), text);
    } else if (value !== null) list.push({ name: name.replaceAll('{{', ''), value });
  }
  const declared = headers.find((header) => header.name.toLowerCase() === 'content-type')?.value;
  const body = bodyOf(bodies, declared ?? scope.contentType);
  return { headers, query, ...(body === undefined ? {} : { body }) };
}

/** A lone `Data` is the body itself; several are the fields of a form. */
function bodyOf(bodies: readonly { name: string; value: string }[], type: string): StepInput['body'] {
  const [only, ...more] = bodies;
  if (only === undefined) return undefined;
  if (more.length > 0 || only.name !== 'Data') return { kind: 'form', pairs: [...bodies] };
  const escape = /xml/iu.test(type) ? 'xml' : /urlencoded/iu.test(type) ? 'form' : 'json';
  return { kind: 'text', text: only.value, escape, contentType: type };
}

type Outputs = Required<Pick<StepInput, 'records' | 'extract' | 'outputs'>>;

function readOutputs(request: XmlElement, path: string, scope: GoScope): Outputs {
  const extract: Outputs['extract'] = [];
  const lists: Outputs['extract'] = [];
  for (const output of childrenNamed(childNamed(request, 'Outputs'), 'Output')) {
    const written = attribute(output, 'Path').trim();
    const name = safeName(attribute(output, 'Name'));
    if (written === '' || name === null) continue;
    const read = readGjson(written);
    if (read === null) {
      scope.findings.lost('path.unsupported', placeOf(output, `${path}/Outputs/Output[${name}]`), {
        what: written,
        why: 'Wildcards, modifiers, counts and other queries than == are not read.',
        mend: 'Write names with dots between them, # for every element and #(name=="value") for one.',
      });
      continue;
    }
    extract.push({ name, ...read.extraction });
    if (read.isList) lists.push({ name, ...read.extraction });
  }
  const isId = ({ name }: { readonly name: string }): boolean =>
    /^(?:ContactsId|ContactId|UserUniqueId|TicketId)$/u.test(name);
  const key = lists.find(isId) ?? extract.find(isId) ?? lists[0] ?? extract[0];
  const records = key === undefined ? [] : [{ path: key.path, is: 'present' as const }];
  return { records, extract, outputs: extract.map(({ name }) => ({ name, value: `{{ ${name} }}` })) };
}
