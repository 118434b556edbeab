import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useAppearance } from '../../frame/appearance.tsx';
import { HistoryChart } from '../../pieces/history-chart.tsx';
import type { LiveSnapshot } from './live-state.ts';

export function LiveHistory({ history }: { readonly history: LiveSnapshot['history'] }) {
  const { t } = useTranslation();
  const { palette } = useAppearance();
  const times = useMemo(() => history.map((quarter) => quarter.atMs), [history]);
  const series = useMemo(() => {
    const { talk, ring, queue, other } = palette.series;
    return [
      { name: t('status.outcome.answered'), colour: talk, values: history.map((quarter) => quarter.answered) },
      { name: t('status.outcome.missed'), colour: ring, values: history.map((quarter) => quarter.missed) },
      { name: t('status.outcome.abandoned'), colour: queue, values: history.map((quarter) => quarter.abandoned) },
      { name: t('live.other'), colour: other, values: history.map((quarter) => quarter.other) },
    ];
  }, [history, palette, t]);
  return <HistoryChart title={t('live.history')} fileName="calls-24h.csv" times={times} series={series} />;
}
