import { DownloadOutlined } from '@ant-design/icons';
import { Button, Segmented } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { downloadText, toCsv } from './csv.ts';
import { HistoryTable } from './history-table.tsx';
import { PageSkeleton } from './states.tsx';

const BarChart = lazy(async () => ({ default: (await import('./bar-chart.tsx')).BarChart }));

export interface Series {
  readonly name: string;
  readonly colour: string;
  readonly values: readonly number[];
}

interface Props {
  readonly title: string;
  readonly fileName: string;
  readonly times: readonly number[];
  readonly series: readonly Series[];
}

/** Stacked bars over time, with the same figures as a table and as CSV. */
export function HistoryChart({ title, fileName, times, series }: Props) {
  const { t } = useTranslation();
  const [view, setView] = useState<'chart' | 'table'>('chart');
  const save = () => {
    const rows = times.map((atMs, index) => [
      new Date(atMs).toISOString(),
      ...series.map((one) => one.values[index] ?? 0),
    ]);
    downloadText(fileName, toCsv([t('pieces.chart.time'), ...series.map((one) => one.name)], rows));
  };
  return (
    <section className="panel" aria-label={title}>
      <div className="panel-head">
        <h2>{title}</h2>
        <span className="panel-actions">
          <Segmented
            size="small"
            aria-label={t('pieces.chart.view')}
            value={view}
            onChange={setView}
            options={[
              { value: 'chart', label: t('pieces.chart.chart') },
              { value: 'table', label: t('pieces.chart.table') },
            ]}
          />
          <Button size="small" icon={<DownloadOutlined />} onClick={save}>
            {t('pieces.chart.csv')}
          </Button>
        </span>
      </div>
      {view === 'chart' ? (
        <Suspense fallback={<PageSkeleton rows={3} />}>
          <BarChart title={title} times={times} series={series} />
        </Suspense>
      ) : (
        <HistoryTable times={times} series={series} />
      )}
    </section>
  );
}
