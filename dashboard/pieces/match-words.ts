import type { MatchStep } from '#core/contract/desk.ts';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useWord } from './use-word.ts';

interface Reasoned {
  readonly reason: string;
  readonly reasonCode?: string | undefined;
  readonly reasonParams?: MatchStep['params'];
}

/** The reason in the reader's language where the hub names its code, else the hub's own sentence. */
export function useReason(): (identification: Reasoned) => string {
  const word = useWord();
  const { t } = useTranslation();
  return useCallback(
    ({ reason, reasonCode, reasonParams }) => {
      if (reasonCode === undefined) return reason;
      const rule = word(`match.tieBreaker.${String(reasonParams?.['rule'] ?? '')}`, t('match.tieBreaker.none'));
      return word(`match.reason.${reasonCode}`, reason, { ...reasonParams, rule });
    },
    [word, t],
  );
}

interface StepWords {
  readonly rule: string;
  readonly detail: string | null;
}

/** One line of the trace. Known rules have a text of their own; others are shown as the hub words them. */
export function useStepWords(): (step: MatchStep) => StepWords {
  const word = useWord();
  return useCallback(
    ({ rule, detail, params }) => {
      const [family = '', member = ''] = rule.split('.');
      if (family === 'key') return { rule: word(`match.key.${member}`, rule), detail: null };
      if (family === 'tieBreak') {
        return { rule: word(`match.tieBreaker.${member}`, rule), detail: word('match.comesFirst', detail, params) };
      }
      if (family === 'action')
        return { rule: word('match.rule.action', rule), detail: word(`match.action.${detail}`, detail) };
      if (family === 'objects') {
        const object = String(params?.['object'] ?? '');
        return { rule: word('match.rule.objects', rule), detail: word(`match.object.${object}`, detail) };
      }
      const isCounted = family === 'states' || family === 'ownCompany';
      return { rule: word(`match.rule.${family}`, rule), detail: isCounted ? null : detail };
    },
    [word],
  );
}
