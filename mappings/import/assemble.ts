import { ZodError } from 'zod';
import type { XmlElement } from '#core/kit/xml.ts';
import { type CallFact, callsDictionary } from './dictionary/calls.ts';
import { contactDictionary } from './dictionary/contact.ts';
import { type Findings, ImportRefusal, type Place } from './findings.ts';
import type { Imported } from './imported.ts';
import { type RestConnection, restConnectionDraft, type RestConnectionInput } from './rest-connection.ts';
import { attribute, placeOf } from './xml/element.ts';

type DraftWithoutRecord = Omit<RestConnectionInput, 'record' | 'dictionaries'>;

/** The last step of every import: dictionaries for what the steps give and ask for, and a connection that is sound. */
export function assemble({
  root,
  draft,
  facts,
  findings,
}: {
  readonly root: XmlElement;
  readonly draft: DraftWithoutRecord;
  readonly facts: readonly CallFact[];
  readonly findings: Findings;
}): Imported {
  const outputs = contactOutputs(draft);
  const names = { connector: draft.id, title: draft.title };
  const contact = contactDictionary({
    ...names,
    outputs,
    clash: (output, to) => reportClash(root, output, to, findings),
  }).files;
  const calls = callsDictionary({ ...names, facts })?.files ?? [];
  const dictionaries = {
    ...(contact.length === 0 ? {} : { contact: 'contact.yaml' }),
    ...(calls.length === 0 ? {} : { calls: 'calls.yaml' }),
  };
  const connection = sound({ ...draft, record: recordOf(outputs), dictionaries });
  return { connection, files: [...contact, ...calls], findings: findings.inOrder() };
}

function reportClash(root: XmlElement, output: string, to: string, findings: Findings): void {
  const where = placeOfOutput(root, output, root.name) ?? placeOf(root, root.name);
  const why = `Another output already gives the contact's ${to}.`;
  findings.lost('output.clash', where, { what: output, why, mend: 'Leave one of the two out.' });
}

function placeOfOutput(element: XmlElement, name: string, path: string): Place | null {
  for (const child of element.children) {
    const isIt = child.name === 'Output' && [attribute(child, 'Type'), attribute(child, 'Name')].includes(name);
    const own = isIt ? name : attribute(child, 'Id') || attribute(child, 'Name');
    const here = `${path}/${child.name}${own === '' ? '' : `[${own}]`}`;
    const place = isIt ? placeOf(child, here) : placeOfOutput(child, name, here);
    if (place !== null) return place;
  }
  return null;
}

function sound(draft: RestConnectionInput): RestConnection {
  try {
    return restConnectionDraft.parse(draft);
  } catch (thrown) {
    if (!(thrown instanceof ZodError)) throw thrown;
    const [issue] = thrown.issues;
    const where = issue?.path.join('.') ?? '';
    throw new ImportRefusal(
      'template.limits',
      `The template is beyond what a connection can hold: ${where}: ${issue?.message ?? ''}.`,
    );
  }
}

/** The outputs of the steps at the end of every chain that finds or makes a contact. */
function contactOutputs(draft: DraftWithoutRecord): Set<string> {
  const { findByNumber, findByEmail, search, createContact } = draft.operations;
  const firsts = [findByNumber, findByEmail, search, createContact].flatMap((each) => each?.first ?? []);
  return new Set(firsts.flatMap((first) => lastOf(draft.steps, first)?.outputs?.map(({ name }) => name) ?? []));
}

function lastOf(steps: RestConnectionInput['steps'], first: string): RestConnectionInput['steps'][string] | undefined {
  let step = steps[first];
  for (let count = 0; step?.next !== undefined && count < 100; count += 1) step = steps[step.next];
  return step;
}

/** Older templates call the record's id ContactID. */
function recordOf(outputs: ReadonlySet<string>): RestConnectionInput['record'] {
  const id =
    ['EntityId', 'ContactID', 'ContactId', 'ContactsId', 'ContactUrl'].find((name) => outputs.has(name)) ?? 'EntityId';
  const kind = outputs.has('EntityType') ? 'EntityType' : null;
  const url = outputs.has('ContactUrl') ? 'ContactUrl' : null;
  return { id, kind, url };
}
