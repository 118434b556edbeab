/**
 * How an entity names a record of another object before the hub knows which golden record it is: `companies/123`, or
 * `Account(External_Id__c)/A-17` when the record is known by a field of its own. Plain text, so that any field of type
 * `reference` can hold it; the synchronisation reads it with `parseReference` and puts the golden record's id in its place.
 */
export interface Reference {
  readonly object: string;
  /** The field that identifies the record; null for the system's own id. */
  readonly by: string | null;
  readonly id: string;
}

export const objectName = /^[A-Za-z_][\w.-]{0,79}$/;
const written = /^([A-Za-z_][\w.-]{0,79})(?:\(([A-Za-z_][\w.-]{0,79})\))?\/([^\n]{1,250})$/u;

export function writeReference(reference: Reference): string {
  const by = reference.by === null ? '' : `(${reference.by})`;
  return `${reference.object}${by}/${reference.id}`;
}

/** Null when the text is no reference: then it is a golden record's id, or nothing the hub knows. */
export function parseReference(text: string): Reference | null {
  const match = written.exec(text);
  if (match === null) return null;
  const [, object = '', by = null, id = ''] = match;
  return { object, by, id };
}
