import { ExperimentOutlined } from '@ant-design/icons';
import { listConnections, updateConnection, type Connection } from '#core/contract/api/connections.ts';
import { Switch, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useRouteMutation } from '../../api/use-route.ts';
import { useRefusal } from '../../desk-session/use-desk-actions.ts';
import { Status } from '../../pieces/status.tsx';
import { Ago } from '../../pieces/times.tsx';

interface Props {
  readonly connection: Connection;
  readonly connectorTitle: string;
  readonly canWrite: boolean;
}

export function ConnectionCard({ connection, connectorTitle, canWrite }: Props) {
  const { t } = useTranslation();
  return (
    <li className="panel connection">
      <div className="connection-name">
        <h2>
          <Link to={`/connections/${connection.id}`}>{connection.name}</Link>
        </h2>
        <p className="soft">
          {connectorTitle}{' '}
          {connection.demo && <Tag icon={<ExperimentOutlined aria-hidden />}>{t('connections.demo')}</Tag>}
        </p>
      </div>
      <ConnectionHealth connection={connection} />
      {canWrite && <ConnectionSwitch connection={connection} />}
    </li>
  );
}

export function ConnectionHealth({ connection: { health } }: { readonly connection: Connection }) {
  const { t } = useTranslation();
  return (
    <div className="connection-health">
      <p>
        <Status kind="link" value={health.state} />{' '}
        <span className="soft">
          <Ago atMs={Date.parse(health.since)} />
        </span>
      </p>
      {health.detail !== null && (
        <p className={health.state === 'failed' ? 'write-error' : 'soft'}>
          {health.detail} {health.code !== null && <code>{health.code}</code>}
        </p>
      )}
      <p className="soft">
        {health.lastEventAt !== null && (
          <>
            {t('connections.lastEvent')} <Ago atMs={Date.parse(health.lastEventAt)} /> ·{' '}
          </>
        )}
        {t('connections.reconnects', { count: health.reconnects })}
      </p>
    </div>
  );
}

export function ConnectionSwitch({ connection }: { readonly connection: Connection }) {
  const { t } = useTranslation();
  const refuse = useRefusal();
  const change = useRouteMutation(updateConnection, { refresh: [listConnections] });
  return (
    <Switch
      checked={connection.enabled}
      loading={change.isPending}
      aria-label={t('connections.enable', { name: connection.name })}
      onChange={(enabled) =>
        change.mutate(
          { params: { connectionId: connection.id }, body: { enabled, skipProbe: true } },
          { onError: refuse },
        )
      }
    />
  );
}
