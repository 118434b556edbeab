/** The first lines of a new document. Pure. */
interface NewDictionary {
  readonly connector: string;
  readonly object: string;
  readonly entity: string;
}

export function newDictionary({ connector, object, entity }: NewDictionary): string {
  return `connector: ${connector}\nobject: ${JSON.stringify(object)}\nentity: ${entity}\nversion: 1\nrules: []\n`;
}

export function newValueTable(name: string): string {
  return `values: ${name}\nrows:\n  - { record: '', entity: '' }\n`;
}
