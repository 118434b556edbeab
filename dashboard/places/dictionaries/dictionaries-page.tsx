import { ImportOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Tabs } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import { useCan } from '../../frame/me.tsx';
import { useShortcut } from '../../frame/shortcuts.ts';
import { PageHeader } from '../../pieces/page-header.tsx';
import { DocumentList } from './document-list.tsx';
import { LossList } from './loss-list.tsx';
import { NewDocument } from './new-document.tsx';
import './dictionaries.css';

export function DictionariesPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const canWrite = useCan('dictionaries.write');
  const [address, setAddress] = useSearchParams();
  const [isNew, setNew] = useState(false);
  const tab = address.get('view') === 'losses' ? 'losses' : 'all';
  const add = () => setNew(true);
  useShortcut('n', t('dictionaries.add'), canWrite ? add : null);
  return (
    <>
      <PageHeader title={t('places.dictionaries')} text={t('dictionaries.text')}>
        {canWrite && (
          <>
            <Button icon={<ImportOutlined />} onClick={() => void navigate('/dictionaries/import')}>
              {t('dictionaries.import')}
            </Button>
            <Button type="primary" icon={<PlusOutlined />} onClick={add}>
              {t('dictionaries.add')}
            </Button>
          </>
        )}
      </PageHeader>
      <Tabs
        activeKey={tab}
        onChange={(next) => setAddress(next === 'losses' ? { view: 'losses' } : {})}
        destroyOnHidden
        items={[
          { key: 'all', label: t('dictionaries.documents'), children: <DocumentList /> },
          { key: 'losses', label: t('dictionaries.losses'), children: <LossList /> },
        ]}
      />
      {canWrite && <NewDocument isOpen={isNew} onClose={() => setNew(false)} />}
    </>
  );
}
