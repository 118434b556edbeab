import { PlusOutlined } from '@ant-design/icons';
import { listApiKeys, revokeApiKey } from '#core/contract/api/access.ts';
import type { RouteResult } from '#core/contract/route.ts';
import { App, Button } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRoute, useRouteMutation } from '../../api/use-route.ts';
import { useRefusal } from '../../desk-session/use-desk-actions.ts';
import { DataTable, type Column } from '../../pieces/data-table.tsx';
import { EmptyState, QueryStates } from '../../pieces/states.tsx';
import { Ago, NoValue, When } from '../../pieces/times.tsx';
import { NewApiKey } from './new-api-key.tsx';

type ApiKey = RouteResult<typeof listApiKeys>['items'][number];

export function ApiKeys() {
  const { t } = useTranslation();
  const keys = useRoute(listApiKeys, {});
  const [isNew, setNew] = useState(false);
  return (
    <>
      <div className="filters">
        <Button type="primary" icon={<PlusOutlined />} onClick={() => setNew(true)}>
          {t('access.addKey')}
        </Button>
      </div>
      <QueryStates
        query={keys}
        isEmpty={({ items }) => items.length === 0}
        empty={<EmptyState title={t('access.noKeys')} text={t('access.noKeysText')} />}
      >
        {({ items }) => <KeyTable items={items} />}
      </QueryStates>
      {isNew && <NewApiKey onClose={() => setNew(false)} />}
    </>
  );
}

function KeyTable({ items }: { readonly items: readonly ApiKey[] }) {
  const { t } = useTranslation();
  const { modal } = App.useApp();
  const refuse = useRefusal();
  const { mutateAsync: revoke } = useRouteMutation(revokeApiKey, { refresh: [listApiKeys] });
  const columns = useMemo<readonly Column<ApiKey>[]>(
    () => [
      { key: 'name', title: t('access.keyName'), isFixed: true, render: (key) => key.name },
      { key: 'prefix', title: t('access.prefix'), render: (key) => <code>{key.prefix}…</code> },
      { key: 'role', title: t('access.role'), render: (key) => t(`roles.${key.role}`) },
      { key: 'since', title: t('access.since'), render: (key) => <When atMs={Date.parse(key.createdAt)} /> },
      {
        key: 'used',
        title: t('access.lastUsed'),
        render: (key) => (key.lastUsedAt === null ? <NoValue /> : <Ago atMs={Date.parse(key.lastUsedAt)} />),
      },
      {
        key: 'actions',
        title: t('access.revoke'),
        isFixed: true,
        align: 'right',
        render: (key) => (
          <Button
            danger
            size="small"
            aria-label={t('access.revokeOf', { name: key.name })}
            onClick={() => {
              modal.confirm({
                title: t('access.revokeTitle', { name: key.name }),
                content: t('access.revokeText'),
                okText: t('access.revoke'),
                okButtonProps: { danger: true },
                onOk: () => revoke({ params: { keyId: key.id } }).then(() => undefined, refuse),
              });
            }}
          >
            {t('access.revoke')}
          </Button>
        ),
      },
    ],
    [t, modal, revoke, refuse],
  );
  return <DataTable name="api-keys" label={t('access.keys')} columns={columns} rows={items} />;
}
