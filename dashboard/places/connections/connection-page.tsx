import {
  deleteConnection,
  getConnection,
  listConnections,
  listConnectors,
  updateConnection,
  type Connection,
  type ConnectorInfo,
} from '#core/contract/api/connections.ts';
import { App, Button, Tabs } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { useRoute, useRouteMutation } from '../../api/use-route.ts';
import { useRefusal } from '../../desk-session/use-desk-actions.ts';
import { useAppearance } from '../../frame/appearance.tsx';
import { useCan } from '../../frame/me.tsx';
import { PageHeader } from '../../pieces/page-header.tsx';
import { ErrorState, QueryStates } from '../../pieces/states.tsx';
import { ConnectionHealth, ConnectionSwitch } from './connection-card.tsx';
import { ConnectionForm } from './connection-form.tsx';
import { JournalSettings } from './journal-settings.tsx';
import { takesActivities } from './takes-activities.ts';
import './connections.css';

export function ConnectionPage() {
  const { connectionId = '' } = useParams();
  const connection = useRoute(getConnection, { params: { connectionId } });
  const connectors = useRoute(listConnectors, {});
  const health = useRoute(listConnections, {}, { refetchMs: 5_000 });
  return (
    <QueryStates query={connection}>
      {(stored) => {
        const connector = connectors.data?.items.find((one) => one.id === stored.connectorId);
        const live = health.data?.items.find((one) => one.id === stored.id) ?? stored;
        if (connector !== undefined) return <ConnectionView connection={stored} live={live} connector={connector} />;
        return connectors.error === null ? null : <ErrorState error={connectors.error} />;
      }}
    </QueryStates>
  );
}

interface Props {
  readonly connection: Connection;
  readonly live: Connection;
  readonly connector: ConnectorInfo;
}

function ConnectionView({ connection, live, connector }: Props) {
  const { t } = useTranslation();
  const { language } = useAppearance();
  const { modal } = App.useApp();
  const navigate = useNavigate();
  const canWrite = useCan('connections.write');
  const refuse = useRefusal();
  const params = { connectionId: connection.id };
  const remove = useRouteMutation(deleteConnection, { refresh: [listConnections] });
  const confirmRemove = () => {
    modal.confirm({
      title: t('connections.removeTitle', { name: connection.name }),
      content: t('connections.removeText'),
      okText: t('connections.remove'),
      okButtonProps: { danger: true },
      onOk: () => remove.mutateAsync({ params }).then(() => navigate('/connections'), refuse),
    });
  };
  return (
    <>
      <PageHeader title={connection.name} text={connector.title[language]}>
        {canWrite && (
          <Button danger onClick={confirmRemove}>
            {t('connections.remove')}
          </Button>
        )}
      </PageHeader>
      <section className="panel connection-now" aria-label={t('connections.now')}>
        <ConnectionHealth connection={live} />
        {canWrite && <ConnectionSwitch connection={live} />}
      </section>
      <ConnectionViews connection={connection} connector={connector} />
    </>
  );
}

/** Each view has an address of its own, so that leaving one with changes asks first. */
function ConnectionViews({ connection, connector }: Omit<Props, 'live'>) {
  const { t } = useTranslation();
  const { view } = useParams();
  const navigate = useNavigate();
  const canWrite = useCan('connections.write');
  const form = canWrite ? <ConnectionEditor connection={connection} connector={connector} /> : null;
  if (!takesActivities(connector)) return form;
  const items = [
    ...(form === null ? [] : [{ key: 'connection', label: t('connections.view'), children: form }]),
    { key: 'journal', label: t('journal.title'), children: <JournalSettings connectionId={connection.id} /> },
  ];
  const home = `/connections/${connection.id}`;
  return (
    <Tabs
      activeKey={items.find(({ key }) => key === view)?.key ?? items[0]?.key ?? 'journal'}
      onChange={(key) => void navigate(key === 'journal' ? `${home}/journal` : home)}
      destroyOnHidden
      items={items}
    />
  );
}

function ConnectionEditor({ connection, connector }: Omit<Props, 'live'>) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const navigate = useNavigate();
  const update = useRouteMutation(updateConnection, { refresh: [listConnections, getConnection] });
  return (
    <ConnectionForm
      connector={connector}
      connection={connection}
      error={update.error}
      isSaving={update.isPending}
      onSave={({ name, config, skipProbe }, onSaved) =>
        update.mutate(
          { params: { connectionId: connection.id }, body: { name, config, skipProbe } },
          {
            onSuccess: () =>
              onSaved(() => {
                void message.success(t('connections.saved'));
              }),
          },
        )
      }
      onCancel={() => void navigate('/connections')}
    />
  );
}
