import { Tabs } from 'antd';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { useCan } from '../../frame/me.tsx';
import { PageHeader } from '../../pieces/page-header.tsx';
import { ApiKeys } from './api-keys.tsx';
import { Users } from './users.tsx';

export function AccessPage() {
  const { t } = useTranslation();
  const [address, setAddress] = useSearchParams();
  const canKeys = useCan('keys.manage');
  return (
    <>
      <PageHeader title={t('places.access')} text={t('access.text')} />
      <Tabs
        activeKey={address.get('view') === 'keys' ? 'keys' : 'users'}
        onChange={(view) => setAddress(view === 'keys' ? { view } : {})}
        destroyOnHidden
        items={[
          { key: 'users', label: t('access.users'), children: <Users /> },
          ...(canKeys ? [{ key: 'keys', label: t('access.keys'), children: <ApiKeys /> }] : []),
        ]}
      />
    </>
  );
}
