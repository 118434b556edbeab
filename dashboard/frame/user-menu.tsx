import { DownOutlined } from '@ant-design/icons';
import { Button, Dropdown } from 'antd';
import { logOut } from '#core/contract/api/access.ts';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useRouteMutation } from '../api/use-route.ts';
import { useMe } from './me.tsx';
import { openShortcutSheet } from './shortcuts.ts';

export function UserMenu() {
  const { t } = useTranslation();
  const { user } = useMe();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const leave = useRouteMutation(logOut, {
    onDone: () => {
      queries.clear();
      void navigate('/sign-in');
    },
  });
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: [
          { key: 'who', label: `${user.email} · ${t(`roles.${user.role}`)}`, disabled: true },
          { key: 'settings', label: t('places.settings'), onClick: () => void navigate('/settings') },
          { key: 'shortcuts', label: t('shortcuts.title'), onClick: openShortcutSheet },
          { type: 'divider' },
          { key: 'leave', label: t('frame.signOut'), onClick: () => leave.mutate({}) },
        ],
      }}
    >
      <Button type="text">
        <span className="user-name">{user.displayName}</span> <DownOutlined aria-hidden />
      </Button>
    </Dropdown>
  );
}
