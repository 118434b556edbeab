import { interactionMatch } from '#core/contract/api/interactions.ts';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useRoute } from '../../api/use-route.ts';
import { useReason } from '../../pieces/match-words.ts';
import { MatchTrace } from '../../pieces/match-trace.tsx';
import { QueryStates } from '../../pieces/states.tsx';

/** Who the caller was taken for, and why. */
export function MatchPanel({ interactionId }: { readonly interactionId: string }) {
  const { t } = useTranslation();
  const reasonOf = useReason();
  const match = useRoute(interactionMatch, { params: { interactionId } });
  return (
    <section className="panel" aria-label={t('match.title')}>
      <div className="panel-head">
        <h2>{t('match.title')}</h2>
      </div>
      <QueryStates query={match} skeletonRows={2}>
        {({ identification }) =>
          identification === null ? (
            <p className="soft">{t('match.none')}</p>
          ) : (
            <>
              <p>{reasonOf(identification)}</p>
              {identification.contactId !== null && (
                <p>
                  <Link to={`/directory?contact=${identification.contactId}`}>
                    {identification.candidates.find((one) => one.contactId === identification.contactId)?.displayName ??
                      t('match.contact')}
                  </Link>
                </p>
              )}
              {identification.candidates.length > 1 && (
                <p className="soft">
                  {t('match.candidates', { names: identification.candidates.map((one) => one.displayName).join(', ') })}
                </p>
              )}
              <MatchTrace trace={identification.trace} />
            </>
          )
        }
      </QueryStates>
    </section>
  );
}
