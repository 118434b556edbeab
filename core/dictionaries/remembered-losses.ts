/**
 * Trying a rule on samples is most of what checking costs, and someone who types changes one rule at a time. So what was
 * found for a rule is kept, under everything the finding depends on.
 */
import { createHash } from 'node:crypto';
import type { ObjectDescription } from '#core/contract/connector.ts';
import { findLoss, type Loss, samplesPerRule } from '#mappings/language/lint-samples.ts';
import type { LoadedBundle } from './bundle.ts';
import { remember } from './remember.ts';

const known = remember<Loss | null>(20_000);

export function rememberedLosses(
  { dictionary, tableTexts }: Pick<LoadedBundle, 'dictionary' | 'tableTexts'>,
  object: ObjectDescription | null,
): typeof findLoss {
  const around = digest([tableTexts, dictionary?.tests ?? [], object]);
  return (rule, dictionary, options) => {
    const key = digest([around, { ...rule, at: null }, dictionary.entity, samplesPerRule(dictionary)]);
    return known(key, () => findLoss(rule, dictionary, options));
  };
}

function digest(of: unknown): string {
  return createHash('sha256').update(JSON.stringify(of)).digest('base64');
}
