import type { Interaction } from '#core/contract/interaction.ts';
import { useTranslation } from 'react-i18next';
import { clockDuration } from '../../pieces/format.ts';

/** Transfers and recordings in order. */
export function StoryPanel({ interaction }: { readonly interaction: Interaction }) {
  const { t } = useTranslation();
  const { transfers, recordings, startMs } = interaction;
  if (transfers.length === 0 && recordings.length === 0 && !interaction.inferred) return null;
  return (
    <section className="panel" aria-label={t('interactions.story')}>
      <div className="panel-head">
        <h2>{t('interactions.story')}</h2>
      </div>
      <ul className="lines">
        {transfers.map((transfer) => (
          <li key={transfer.atMs}>
            <span>
              {t(`interactions.transfer.${transfer.kind}`)} {[transfer.from, transfer.to].filter(Boolean).join(' → ')}
            </span>
            <span className="soft figures">{clockDuration(transfer.atMs - startMs)}</span>
          </li>
        ))}
        {recordings.map((recording) => (
          <li key={recording.id}>
            <span className="line-middle">
              {t('interactions.recording')} <code>{recording.location ?? recording.id}</code>
            </span>
          </li>
        ))}
        {interaction.inferred && <li className="soft">{t('interactions.inferred')}</li>}
      </ul>
    </section>
  );
}
