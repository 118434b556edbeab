import { CheckCircleFilled, CloseCircleFilled } from '@ant-design/icons';
import type { probeReport } from '#core/contract/api/connections.ts';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { useWord } from '../../pieces/use-word.ts';
import { StatusMark } from '../../pieces/status.tsx';

/** What the test found, as lights with a sentence each. */
export function ProbeChecks({ report }: { readonly report: z.output<typeof probeReport> }) {
  const { t } = useTranslation();
  const wordOf = useWord();
  return (
    <section className="panel" aria-label={t('connections.probe')} aria-live="polite">
      <div className="panel-head">
        <h2>{t(report.ok ? 'connections.probeGood' : 'connections.probeBad')}</h2>
      </div>
      <ul className="lines">
        {report.checks.map((check) => {
          const word = wordOf(`connections.check.${check.name}`, check.name);
          return (
            <li key={check.name}>
              {check.ok ? (
                <StatusMark tone="good" icon={<CheckCircleFilled />} word={word} />
              ) : (
                <StatusMark tone="bad" icon={<CloseCircleFilled />} word={word} />
              )}
              <span className="line-middle">{check.detail}</span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
