/** The name of a document (`hubspot/contact`): its halves, what an address makes of it, and when nothing goes by it. */
import { HubError } from '#core/contract/errors.ts';
import { documentName } from '#core/contract/mapping.ts';

export function connectorOf(name: string): string {
  return name.slice(0, name.indexOf('/'));
}

export function shortNameOf(name: string): string {
  return name.slice(name.indexOf('/') + 1);
}

interface DocumentPath {
  readonly connector: string;
  readonly document: string;
}

/** Of a document there may be: what cannot be a name is not there. */
export function documentAt({ connector, document }: DocumentPath): string {
  const name = `${connector}/${document}`;
  if (!documentName.safeParse(name).success) throw missing(name.slice(0, 130));
  return name;
}

/** Of a document that may be made by this request. */
export function newDocumentAt({ connector, document }: DocumentPath): string {
  const parsed = documentName.safeParse(`${connector}/${document}`);
  if (parsed.success) return parsed.data;
  throw new HubError(
    'input.invalid',
    'A document is named connector/object: lower-case letters, digits and dashes, at most 61 of them on each side.',
    { field: 'params.document' },
  );
}

export function missing(name: string): HubError {
  return new HubError('resource.missing', `There is no dictionary or value table ${name}.`);
}
