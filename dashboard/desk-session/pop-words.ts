import type { Pop } from '#core/contract/desk.ts';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { readableNumber } from '../pieces/phone-text.ts';

export function popNumber(pop: Pop): string | null {
  const { display, e164, raw } = pop.number;
  if (display !== null && display !== '') return display;
  const number = e164 ?? raw;
  return number === null || number === '' ? null : readableNumber(number);
}

/** The name in the largest type: the person, or how many it could be, or the bare number. */
export function usePopHeadline(): (pop: Pop) => string {
  const { t } = useTranslation();
  return useCallback(
    (pop) => {
      const [first] = pop.candidates;
      if (pop.target === 'record' && first !== undefined) return first.displayName;
      if (pop.target === 'choose') return t('desk.pop.several', { count: pop.candidates.length });
      return popNumber(pop) ?? t('call.unknownNumber');
    },
    [t],
  );
}
