/** What other dictionaries teach: which names of a record's fields lead to which field of an entity. */
import type { EntityKind } from '#core/contract/entities.ts';
import type { Dictionary, Rule } from '#mappings/language/dictionary.ts';
import type { Phrase } from './name-index.ts';

export interface SuggestedFor {
  readonly connector?: string | undefined;
  readonly object: string;
}
export interface LearnedRule {
  readonly from: string;
  readonly to: string;
  readonly entity: EntityKind;
  /** `hubspot/contacts`, for the reason. */
  readonly origin: string;
  /** The file the rule stands in, which is the parent's when it is inherited. */
  readonly file: string;
}

/**
 * Rules from one field to one field. A dictionary never teaches itself: left out is every dictionary of the same
 * connector and object, and every rule, wherever inherited, that stands in one of their files.
 */
export function learnFrom(dictionaries: readonly Dictionary[], self: SuggestedFor): readonly LearnedRule[] {
  const isSelf = ({ connector, object }: Dictionary): boolean =>
    connector === self.connector && object.toLowerCase() === self.object.toLowerCase();
  const ownFiles = new Set(dictionaries.filter(isSelf).flatMap(filesOf));
  return dictionaries
    .filter((dictionary) => !isSelf(dictionary) && !ownFiles.has(dictionary.file))
    .flatMap((dictionary) =>
      dictionary.rules
        .filter((rule) => !ownFiles.has(rule.at.source.file) && isOneToOne(rule))
        .map((rule) => ({
          from: rule.from[0]?.text ?? '',
          to: rule.to[0]?.text ?? '',
          entity: dictionary.entity,
          origin: `${dictionary.connector}/${dictionary.object}`,
          file: rule.at.source.file,
        })),
    );
}

/** The dictionary's own file and those of every rule it inherited. */
export function filesOf(dictionary: Dictionary): readonly string[] {
  return [dictionary.file, ...dictionary.rules.map((rule) => rule.at.source.file)];
}

function isOneToOne(rule: Rule): boolean {
  return rule.from.length === 1 && rule.to.length === 1 && rule.value === undefined;
}

/** What is learned from the same entity counts in full; from another one only where both have the target. */
export function learnedPhrases(
  learned: readonly LearnedRule[],
  entity: EntityKind,
  known: ReadonlySet<string>,
): readonly Phrase[] {
  return learned
    .filter((rule) => known.has(rule.to) && (rule.entity === entity || !rule.to.startsWith('custom.')))
    .map((rule) => ({
      text: rule.from,
      target: rule.to,
      strength: rule.entity === entity ? 0.95 : 0.75,
      kind: 'learned',
      origin: `${rule.origin} reads ${rule.to} from ${rule.from}`,
    }));
}
