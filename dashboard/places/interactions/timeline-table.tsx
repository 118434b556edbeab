import type { Interaction } from '#core/contract/interaction.ts';
import { useTranslation } from 'react-i18next';
import { clockDuration } from '../../pieces/format.ts';
import { ScrollTable } from '../../pieces/scroll-table.tsx';
import { barsOf, type Scale } from './timeline-scale.ts';

export function TimelineTable({ interaction, scale }: { readonly interaction: Interaction; readonly scale: Scale }) {
  const { t } = useTranslation();
  return (
    <ScrollTable label={t('pieces.chart.table')}>
      <thead>
        <tr>
          <th scope="col">{t('timeline.leg')}</th>
          <th scope="col">{t('live.column.state')}</th>
          <th scope="col" className="number">
            {t('timeline.after')}
          </th>
          <th scope="col" className="number">
            {t('timeline.lasts')}
          </th>
        </tr>
      </thead>
      <tbody>
        {interaction.legs.flatMap((leg) =>
          barsOf(leg, scale).map((bar) => (
            <tr key={`${leg.legId}-${bar.state}-${bar.startsAfterMs}`}>
              <th scope="row">{leg.agent ?? leg.device}</th>
              <td>{t(`timeline.state.${bar.state}`)}</td>
              <td className="number">{clockDuration(bar.startsAfterMs)}</td>
              <td className="number">{clockDuration(bar.lastsMs)}</td>
            </tr>
          )),
        )}
      </tbody>
    </ScrollTable>
  );
}
