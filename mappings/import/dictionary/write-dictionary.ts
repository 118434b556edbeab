import { Document, isCollection, stringify, visit } from 'yaml';
import type { JsonObject, JsonValue } from '#core/contract/json.ts';
import type { ImportedFile } from '../imported.ts';

export interface WrittenRule {
  readonly to: string | readonly string[];
  readonly from: string;
  readonly steps?: readonly JsonValue[];
  readonly back?: readonly JsonValue[];
}

export interface WrittenDictionary {
  readonly name: string;
  readonly note: string;
  readonly connector: string;
  readonly object: string;
  readonly entity: 'contact' | 'activity';
  readonly title: string;
  readonly direction: 'read' | 'write';
  readonly identity: readonly string[];
  readonly rules: readonly WrittenRule[];
  readonly tests: readonly JsonObject[];
}

/** A dictionary and its tests as an integrator would write them: a rule on one line where it fits. */
export function writeDictionary(dictionary: WrittenDictionary): ImportedFile[] {
  const { name, note, connector, object, entity, direction, identity, rules, tests } = dictionary;
  const head = { connector, object, entity, version: 1, title: { en: dictionary.title }, direction };
  const body = { ...head, ...(identity.length === 0 ? {} : { identity }), rules };
  const schema = '# yaml-language-server: $schema=../dictionary.schema.json\n';
  return [
    { name: `${name}.yaml`, text: `${schema}# ${note}\n${yaml(body)}` },
    { name: `${name}.test.yaml`, text: stringify({ tests: [...tests] }) },
  ];
}

const longestLine = 100;

/** What is short stands in braces on one line, what is longer in a block. */
function yaml(value: object): string {
  const document = new Document(value, { aliasDuplicateObjects: false });
  visit(document, {
    Collection: (key, node) => {
      const isWhole = key === null || !isCollection(node);
      if (isWhole || JSON.stringify(node.toJSON()).length > longestLine) return undefined;
      node.flow = true;
      return visit.SKIP;
    },
  });
  return document.toString({ lineWidth: 0, flowCollectionPadding: true });
}
