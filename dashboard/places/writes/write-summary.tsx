import { writeStates, writeSummary } from '#core/contract/api/writes.ts';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { RouteResult } from '#core/contract/route.ts';
import { useRoute } from '../../api/use-route.ts';
import { useAppearance } from '../../frame/appearance.tsx';
import { clockDuration, wholeNumber } from '../../pieces/format.ts';
import { HistoryChart } from '../../pieces/history-chart.tsx';
import { QueryStates } from '../../pieces/states.tsx';
import { Status } from '../../pieces/status.tsx';

export function WriteSummary() {
  const summary = useRoute(writeSummary, {}, { refetchMs: 5_000 });
  return (
    <QueryStates query={summary} skeletonRows={3}>
      {(data) => <SummaryView summary={data} />}
    </QueryStates>
  );
}

function SummaryView({ summary }: { readonly summary: RouteResult<typeof writeSummary> }) {
  const { t, i18n } = useTranslation();
  const { palette } = useAppearance();
  const { history } = summary;
  const times = useMemo(() => history.map((quarter) => quarter.atMs), [history]);
  const series = useMemo(
    () => [
      { name: t('status.write.done'), colour: palette.series.talk, values: history.map((quarter) => quarter.done) },
      { name: t('status.write.dead'), colour: palette.series.ring, values: history.map((quarter) => quarter.dead) },
    ],
    [history, palette, t],
  );
  return (
    <>
      <dl className="counts">
        {writeStates.map((state) => (
          <div key={state}>
            <dt>
              <Status kind="write" value={state} />
            </dt>
            <dd className="figures">{wholeNumber(summary.counts[state] ?? 0, i18n.language)}</dd>
          </div>
        ))}
        <div>
          <dt className="soft">{t('writes.oldest')}</dt>
          <dd className="figures">
            {summary.oldestWaitingMs === null ? t('writes.nothingWaits') : clockDuration(summary.oldestWaitingMs)}
          </dd>
        </div>
      </dl>
      <HistoryChart title={t('writes.history')} fileName="writes-24h.csv" times={times} series={series} />
    </>
  );
}
