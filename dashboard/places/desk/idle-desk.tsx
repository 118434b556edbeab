import { PhoneOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../pieces/states.tsx';

export function IdleDesk({ extension }: { readonly extension: string }) {
  const { t } = useTranslation();
  const [permission, setPermission] = useState(() => ('Notification' in window ? Notification.permission : 'denied'));
  const ask = () => void Notification.requestPermission().then(setPermission);
  return (
    <EmptyState icon={<PhoneOutlined />} title={t('desk.idle.title')} text={t('desk.idle.text', { extension })}>
      {permission === 'default' && (
        <Button type="link" onClick={ask}>
          {t('desk.idle.notify')}
        </Button>
      )}
    </EmptyState>
  );
}
