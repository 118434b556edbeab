import { CheckCircleFilled, PlusOutlined, StopOutlined } from '@ant-design/icons';
import { listUsers, type User } from '#core/contract/api/access.ts';
import { Button, Table, type TableColumnsType } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRoute } from '../../api/use-route.ts';
import { QueryStates } from '../../pieces/states.tsx';
import { StatusMark } from '../../pieces/status.tsx';
import { NoValue, When } from '../../pieces/times.tsx';
import { UserDrawer } from './user-drawer.tsx';

export function Users() {
  const { t } = useTranslation();
  const users = useRoute(listUsers, {});
  const [chosen, setChosen] = useState<User | 'new' | null>(null);
  const columns = useMemo<TableColumnsType<User>>(
    () => [
      {
        key: 'name',
        title: t('contact.name'),
        render: (_, user) => (
          <button type="button" className="link-button" onClick={() => setChosen(user)}>
            {user.displayName}
          </button>
        ),
      },
      { key: 'email', title: t('setUp.email'), render: (_, user) => user.email },
      { key: 'role', title: t('access.role'), render: (_, user) => t(`roles.${user.role}`) },
      { key: 'extension', title: t('desk.phone.extension'), render: (_, user) => user.extension ?? <NoValue /> },
      {
        key: 'state',
        title: t('live.column.state'),
        render: (_, user) =>
          user.disabled ? (
            <StatusMark tone="quiet" icon={<StopOutlined />} word={t('access.disabled')} />
          ) : (
            <StatusMark tone="good" icon={<CheckCircleFilled />} word={t('access.enabled')} />
          ),
      },
      { key: 'since', title: t('access.since'), render: (_, user) => <When atMs={Date.parse(user.createdAt)} /> },
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
        {({ items }) => (
          <div className="table-box">
            <Table
              size="small"
              rowKey="id"
              columns={columns}
              dataSource={items}
              pagination={false}
              scroll={{ x: 'max-content' }}
            />
          </div>
        )}
      </QueryStates>
      {chosen !== null && <UserDrawer user={chosen === 'new' ? null : chosen} onClose={() => setChosen(null)} />}
    </>
  );
}
