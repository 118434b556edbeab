/** What other dictionaries teach: which names of a record's fields lead to which field of an entity. */
import type { EntityKind } from '#core/contract/entities.ts';
import type { Dictionary, Rule } from '#mappings/language/dictionary.ts';
import type { StepSpec } from '#mappings/language/step.ts';
import type { Phrase } from './name-index.ts';

export interface SuggestedFor {
  readonly connector?: string | undefined;
  readonly object: string;
}
export interface LearnedRule {
  readonly from: string;
  readonly to: string;
  readonly entity: EntityKind;
  readonly connector: string;
  /** `hubspot/contacts`, for the reason. */
  readonly origin: string;
  readonly steps: readonly StepSpec[];
  readonly back: readonly StepSpec[] | null;
  readonly direction: 'both' | 'read' | 'write';
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
    .flatMap((dictionary) => {
      const rules = dictionary.rules.filter((rule) => !ownFiles.has(rule.at.source.file) && isOneToOne(rule));
      return rules.map((rule) => asLearned(rule, dictionary));
    });
}

function asLearned({ from, to, steps, back, reads, writes, at }: Rule, dictionary: Dictionary): LearnedRule {
  const { entity, connector, object } = dictionary;
  return {
    ...{ from: from[0]?.text ?? '', to: to[0]?.text ?? '', entity, connector, steps, back },
    origin: `${connector}/${object}`,
    direction: !writes ? 'read' : reads ? 'both' : 'write',
    file: at.source.file,
  };
}

/** The dictionary's own file and those of every rule it inherited. */
export function filesOf(dictionary: Dictionary): readonly string[] {
  return [dictionary.file, ...dictionary.rules.map((rule) => rule.at.source.file)];
}

function isOneToOne(rule: Rule): boolean {
  return rule.from.length === 1 && rule.to.length === 1 && rule.value === undefined;
}

/** Names below `custom` are an entity's own, or a connector's. */
export function isOfUse(
  rule: LearnedRule,
  asked: { readonly entity: EntityKind; readonly connector?: string | undefined },
): boolean {
  return rule.entity === asked.entity || rule.connector === asked.connector || !rule.to.startsWith('custom.');
}

/**
 * A rule of the connector's other objects holds for a field of the same name, steps and all: systems name and spell the
 * same thing the same way everywhere. What is learned elsewhere is only a name.
 */
export function learnedPhrases(
  learned: readonly LearnedRule[],
  connector: string | undefined,
  entity: EntityKind,
): readonly Phrase[] {
  return learned.map((rule): Phrase => {
    const isSibling = rule.connector === connector && rule.direction !== 'write';
    const foreign = rule.entity === entity ? 0.95 : 0.75;
    return {
      ...{ text: rule.from, target: rule.to, strength: isSibling ? siblingStrength : foreign, kind: 'learned' },
      origin: `${rule.origin} has ${rule.from} for ${rule.to}`,
      ...(isSibling ? { sibling: rule } : {}),
    };
  });
}

/** A little more than any name of the list. */
const siblingStrength = 1.05;
