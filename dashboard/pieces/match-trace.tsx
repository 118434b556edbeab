import type { MatchStep } from '#core/contract/desk.ts';
import { useTranslation } from 'react-i18next';

/** Why this record: the rules in the order they were asked, what each found and what was kept of it. */
export function MatchTrace({ trace }: { readonly trace: readonly MatchStep[] }) {
  const { t } = useTranslation();
  return (
    <ol className="trace">
      {trace.map((step, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- a trace never changes order and rules may repeat
        <li key={index}>
          <span className="trace-rule">{step.rule}</span>
          <span className="trace-count figures">{t('match.kept', { found: step.found, kept: step.kept })}</span>
          <span className="soft">{step.detail}</span>
        </li>
      ))}
    </ol>
  );
}
