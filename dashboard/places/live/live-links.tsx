import { listConnections } from '#core/contract/api/connections.ts';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useRoute } from '../../api/use-route.ts';
import { QueryStates } from '../../pieces/states.tsx';
import { Status } from '../../pieces/status.tsx';
import type { LiveState } from './live-state.ts';

/** Every configured link, with what the stream said last. */
export function LiveLinks({ links }: { readonly links: LiveState['links'] }) {
  const { t } = useTranslation();
  const connections = useRoute(listConnections, {}, { refetchMs: 30_000 });
  return (
    <section className="panel" aria-label={t('live.links')}>
      <div className="panel-head">
        <h2>{t('live.links')}</h2>
      </div>
      <QueryStates
        query={connections}
        skeletonRows={2}
        isEmpty={({ items }) => items.length === 0}
        empty={
          <p className="soft">
            {t('live.noLinks')} <Link to="/connections/new">{t('connections.add')}</Link>
          </p>
        }
      >
        {({ items }) => (
          <ul className="lines">
            {items.map((connection) => {
              const heard = links[connection.id];
              const detail = heard === undefined ? connection.health.detail : heard.detail;
              return (
                <li key={connection.id}>
                  <span className="line-middle">
                    <Link to={`/connections/${connection.id}`}>{connection.name}</Link>
                    {detail !== null && <span className="soft block">{detail}</span>}
                  </span>
                  <Status kind="link" value={heard?.state ?? connection.health.state} />
                </li>
              );
            })}
          </ul>
        )}
      </QueryStates>
    </section>
  );
}
