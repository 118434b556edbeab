import { useTranslation } from 'react-i18next';
import { shortTime, wholeNumber } from './format.ts';
import { ScrollTable } from './scroll-table.tsx';
import type { Series } from './history-chart.tsx';

interface Props {
  readonly times: readonly number[];
  readonly series: readonly Series[];
}

/** Only quarters in which something happened, newest first; the CSV has them all. */
export function HistoryTable({ times, series }: Props) {
  const { t, i18n } = useTranslation();
  const rows = times
    .map((atMs, index) => ({ atMs, values: series.map((one) => one.values[index] ?? 0) }))
    .filter((row) => row.values.some((value) => value > 0))
    .toReversed();
  return (
    <ScrollTable label={t('pieces.chart.table')}>
      <thead>
        <tr>
          <th scope="col">{t('pieces.chart.time')}</th>
          {series.map((one) => (
            <th scope="col" key={one.name} className="number">
              {one.name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.atMs}>
            <th scope="row">{shortTime(row.atMs, i18n.language)}</th>
            {row.values.map((value, index) => (
              <td key={series[index]?.name} className="number">
                {wholeNumber(value, i18n.language)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </ScrollTable>
  );
}
