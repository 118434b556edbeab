import { deadLetterGroups } from '#core/contract/api/writes.ts';
import { CheckCircleOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useRoute } from '../../api/use-route.ts';
import { EmptyState, QueryStates } from '../../pieces/states.tsx';
import { Ago } from '../../pieces/times.tsx';
import { RedriveButton } from './redrive-button.tsx';

/** One line per cause: mend the cause, then send the whole group again. */
export function DeadLetters() {
  const { t } = useTranslation();
  const groups = useRoute(deadLetterGroups, {}, { refetchMs: 10_000 });
  return (
    <QueryStates
      query={groups}
      isEmpty={({ items }) => items.length === 0}
      empty={<EmptyState icon={<CheckCircleOutlined />} title={t('writes.noDead')} text={t('writes.noDeadText')} />}
    >
      {({ items }) => (
        <>
          {items.length > 1 && (
            <p className="dead-all">
              <RedriveButton
                body={{ all: true }}
                label={t('writes.redriveAll', { count: items.reduce((sum, group) => sum + group.count, 0) })}
              />
            </p>
          )}
          <ul>
            {items.map((group) => (
              <li key={group.fingerprint} className="panel dead-group">
                <div className="line-middle">
                  <p>
                    <strong>{group.message}</strong>
                  </p>
                  <p className="soft">
                    {group.connectionName} · {group.object} · <code>{group.code}</code>
                  </p>
                  <p className="soft">
                    {t('writes.since')} <Ago atMs={Date.parse(group.firstAt)} /> · {t('writes.latest')}{' '}
                    <Ago atMs={Date.parse(group.lastAt)} />
                  </p>
                </div>
                <div className="panel-actions">
                  <Link to={`/writes?state=dead&fingerprint=${encodeURIComponent(group.fingerprint)}`}>
                    {t('writes.show', { count: group.count })}
                  </Link>
                  <RedriveButton
                    type="primary"
                    body={{ fingerprint: group.fingerprint }}
                    label={t('writes.redriveGroup', { count: group.count })}
                  />
                </div>
              </li>
            ))}
          </ul>
        </>
      )}
    </QueryStates>
  );
}
