/** Proposals for the fields a dictionary does not map yet, learnt from the live dictionaries of other objects. */
import type { ObjectDescription } from '#core/contract/connector.ts';
import type { EntityKind } from '#core/contract/entities.ts';
import type { JsonObject } from '#core/contract/json.ts';
import type { RuleSuggestion } from '#core/contract/mapping.ts';
import { outlineOf } from '#mappings/language/outline.ts';
import { suggestRules } from '#mappings/suggest/suggest.ts';
import { connectorOf } from './document-name.ts';
import { bindBundle, fileOf, kindOf, shelfOf } from './bundle.ts';

export interface SuggestAsk {
  readonly name: string;
  readonly entity: EntityKind;
  readonly fields: ObjectDescription;
  readonly text: string | null;
  readonly samples: readonly JsonObject[];
  readonly live: ReadonlyMap<string, string>;
}

export function suggestFor({ name, entity, fields, text, samples, live }: SuggestAsk): RuleSuggestion[] {
  const shelf = shelfOf(live);
  const learned = [...live].flatMap(([other, otherText]) => {
    if (other === name || kindOf(other) === 'values') return [];
    const { dictionary } = bindBundle(other, { text: otherText, tests: null }, shelf).loaded;
    return dictionary === null ? [] : [dictionary];
  });
  const values = new Map(shelf.tables.map(({ table }) => [table.name, table]));
  const existing = text === null ? [] : outlineOf(text, { file: fileOf(name), values }).rules;
  const connector = connectorOf(name);
  return suggestRules({ object: fields, entity, connector, samples, existing, learned, values })
    .filter(({ rank }) => rank === 1)
    .map(({ rule, to, from, confidence, reasons }) => ({ rule, to, from, confidence, reasons }));
}
