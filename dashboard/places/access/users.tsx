import { CheckCircleFilled, PlusOutlined, StopOutlined } from '@ant-design/icons';
import { listUsers, type User } from '#core/contract/api/access.ts';
import { Button } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRoute } from '../../api/use-route.ts';
import { DataTable, type Column } from '../../pieces/data-table.tsx';
import { QueryStates } from '../../pieces/states.tsx';
import { StatusMark } from '../../pieces/status.tsx';
import { NoValue, When } from '../../pieces/times.tsx';
import { UserDrawer } from './user-drawer.tsx';

export function Users() {
  const { t } = useTranslation();
  const users = useRoute(listUsers, {});
  const [chosen, setChosen] = useState<User | 'new' | null>(null);
  const columns = useMemo<readonly Column<User>[]>(
    () => [
      {
        key: 'name',
        title: t('contact.name'),
        isFixed: true,
        render: (user) => (
          <button type="button" className="link-button" onClick={() => setChosen(user)}>
            {user.displayName}
          </button>
        ),
      },
      { key: 'email', title: t('setUp.email'), render: (user) => user.email },
      { key: 'role', title: t('access.role'), render: (user) => t(`roles.${user.role}`) },
      { key: 'extension', title: t('desk.phone.extension'), render: (user) => user.extension ?? <NoValue /> },
      {
        key: 'state',
        title: t('live.column.state'),
        render: (user) =>
          user.disabled ? (
            <StatusMark tone="quiet" icon={<StopOutlined />} word={t('access.disabled')} />
          ) : (
            <StatusMark tone="good" icon={<CheckCircleFilled />} word={t('access.enabled')} />
          ),
      },
      { key: 'since', title: t('access.since'), render: (user) => <When atMs={Date.parse(user.createdAt)} /> },
    ],
    [t],
  );
  return (
    <>
      <div className="filters">
        <Button type="primary" icon={<PlusOutlined />} onClick={() => setChosen('new')}>
          {t('access.addUser')}
        </Button>
      </div>
      <QueryStates query={users}>
        {({ items }) => <DataTable name="users" label={t('access.users')} columns={columns} rows={items} />}
      </QueryStates>
      {chosen !== null && <UserDrawer user={chosen === 'new' ? null : chosen} onClose={() => setChosen(null)} />}
    </>
  );
}
