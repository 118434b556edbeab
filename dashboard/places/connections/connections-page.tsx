import { PlusOutlined } from '@ant-design/icons';
import { listConnections, listConnectors } from '#core/contract/api/connections.ts';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { useRoute } from '../../api/use-route.ts';
import { useAppearance } from '../../frame/appearance.tsx';
import { useCan } from '../../frame/me.tsx';
import { useShortcut } from '../../frame/shortcuts.ts';
import { PageHeader } from '../../pieces/page-header.tsx';
import { EmptyState, QueryStates } from '../../pieces/states.tsx';
import { ConnectionCard } from './connection-card.tsx';
import './connections.css';

const healthEveryMs = 5_000;

export function ConnectionsPage() {
  const { t } = useTranslation();
  const { language } = useAppearance();
  const navigate = useNavigate();
  const canWrite = useCan('connections.write');
  const connections = useRoute(listConnections, {}, { refetchMs: healthEveryMs });
  const connectors = useRoute(listConnectors, {});
  const add = () => void navigate('/connections/new');
  useShortcut('n', t('connections.add'), canWrite ? add : null);
  return (
    <>
      <PageHeader title={t('places.connections')} text={t('connections.text')}>
        {canWrite && (
          <Button type="primary" icon={<PlusOutlined />} onClick={add}>
            {t('connections.add')}
          </Button>
        )}
      </PageHeader>
      <QueryStates
        query={connections}
        isEmpty={({ items }) => items.length === 0}
        empty={
          <EmptyState title={t('connections.none')} text={t('connections.noneText')}>
            {canWrite && <Link to="/start">{t('connections.begin')}</Link>}
          </EmptyState>
        }
      >
        {({ items }) => (
          <ul className="connection-list">
            {items.map((connection) => (
              <ConnectionCard
                key={connection.id}
                connection={connection}
                connectorTitle={
                  connectors.data?.items.find((one) => one.id === connection.connectorId)?.title[language] ??
                  connection.connectorId
                }
                canWrite={canWrite}
              />
            ))}
          </ul>
        )}
      </QueryStates>
    </>
  );
}
