import { interactionWrites } from '#core/contract/api/interactions.ts';
import { useTranslation } from 'react-i18next';
import { useRoute } from '../../api/use-route.ts';
import { QueryStates } from '../../pieces/states.tsx';
import { WriteDetail } from '../../pieces/write-detail.tsx';

/** What was written where for this call. */
export function WritesPanel({ interactionId }: { readonly interactionId: string }) {
  const { t } = useTranslation();
  const writes = useRoute(interactionWrites, { params: { interactionId } }, { refetchMs: 5_000 });
  return (
    <section className="panel" aria-label={t('interactions.writes')}>
      <div className="panel-head">
        <h2>{t('interactions.writes')}</h2>
      </div>
      <QueryStates
        query={writes}
        skeletonRows={2}
        isEmpty={({ items }) => items.length === 0}
        empty={<p className="soft">{t('interactions.noWrites')}</p>}
      >
        {({ items }) => (
          <ul className="write-list">
            {items.map((write) => (
              <li key={write.id}>
                <WriteDetail write={write} />
              </li>
            ))}
          </ul>
        )}
      </QueryStates>
    </section>
  );
}
