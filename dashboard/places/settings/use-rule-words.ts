import type { PopRule } from '#core/contract/pop-rule.ts';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';

/** A pop rule as a sentence. */
export function useRuleWords(): (rule: PopRule) => string {
  const { t } = useTranslation();
  return useCallback(
    ({ direction, queue, trigger }) => {
      const kind = t(`settings.desk.calls.${direction ?? 'any'}`);
      const calls = queue === undefined ? kind : t('settings.desk.ofQueue', { calls: kind, queue });
      return t('settings.desk.sentence', { calls, when: t(`settings.desk.when.${trigger}`) });
    },
    [t],
  );
}
