import type { MatchStep } from '#core/contract/desk.ts';
import { useTranslation } from 'react-i18next';
import { useStepWords } from './match-words.ts';

/** Why this record: the rules in the order they were asked, what each found and what was kept of it. */
export function MatchTrace({ trace }: { readonly trace: readonly MatchStep[] }) {
  const { t } = useTranslation();
  const wordsOf = useStepWords();
  return (
    <ol className="trace">
      {trace.map((step, index) => {
        const words = wordsOf(step);
        return (
          // oxlint-disable-next-line react/no-array-index-key -- a trace never changes order and rules may repeat
          <li key={index}>
            <span className="trace-rule">{words.rule}</span>
            <span className="trace-count figures">{t('match.kept', { found: step.found, kept: step.kept })}</span>
            {words.detail !== null && <span className="soft">{words.detail}</span>}
          </li>
        );
      })}
    </ol>
  );
}
