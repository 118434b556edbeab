import { Tabs } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { useCan } from '../../frame/me.tsx';
import { PageHeader } from '../../pieces/page-header.tsx';
import { DeskSettings } from './desk-settings.tsx';
import { DirectorySettings } from './directory-settings.tsx';
import { GeneralSettings } from './general-settings.tsx';

/** Each tab has an address of its own, so that leaving one with changes asks first. */
export function SettingsPage() {
  const { t } = useTranslation();
  const { view } = useParams();
  const navigate = useNavigate();
  const canDesk = useCan('connections.read');
  const canDirectory = useCan('directory.read');
  const items = [
    { key: 'general', label: t('settings.general'), children: <GeneralSettings /> },
    ...(canDesk ? [{ key: 'desk', label: t('places.desk'), children: <DeskSettings /> }] : []),
    ...(canDirectory ? [{ key: 'directory', label: t('places.directory'), children: <DirectorySettings /> }] : []),
  ];
  return (
    <>
      <PageHeader title={t('places.settings')} text={t('settings.text')} />
      <Tabs
        activeKey={items.find(({ key }) => key === view)?.key ?? 'general'}
        onChange={(key) => void navigate(key === 'general' ? '/settings' : `/settings/${key}`)}
        destroyOnHidden
        items={items}
      />
    </>
  );
}
