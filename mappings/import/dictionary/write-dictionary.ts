import { stringify } from 'yaml';
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

/** A dictionary and its tests as an integrator would write them: one rule a line. */
export function writeDictionary(dictionary: WrittenDictionary): ImportedFile[] {
  const { name, note, connector, object, entity, direction, identity, rules, tests } = dictionary;
  const head = stringify({ connector, object, entity, version: 1, title: { en: dictionary.title }, direction });
  const keys = identity.length === 0 ? '' : `identity: ${line([...identity])}\n`;
  const lines = rules.map((rule) => `  - ${line({ ...rule })}\n`).join('');
  const schema = '# yaml-language-server: $schema=../dictionary.schema.json\n';
  return [
    { name: `${name}.yaml`, text: `${schema}# ${note}\n${head}${keys}rules:\n${lines}` },
    { name: `${name}.test.yaml`, text: stringify({ tests: [...tests] }) },
  ];
}

function line(value: unknown): string {
  return stringify(value, { collectionStyle: 'flow', lineWidth: 0, flowCollectionPadding: true }).trim();
}
