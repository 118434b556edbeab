import type { Interaction } from '#core/contract/interaction.ts';
import { useTranslation } from 'react-i18next';
import { clockDuration } from '../../pieces/format.ts';
import { barsOf, type Scale } from './timeline-scale.ts';

export function TimelineTable({ interaction, scale }: { readonly interaction: Interaction; readonly scale: Scale }) {
  const { t } = useTranslation();
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region must be reachable by keyboard
    <div className="scroll-table" tabIndex={0} role="region" aria-label={t('timeline.title')}>
      <table className="plain-table">
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
      </table>
    </div>
  );
}
