import { Tabs } from 'antd';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { PageHeader } from '../../pieces/page-header.tsx';
import { DeadLetters } from './dead-letters.tsx';
import { WriteList } from './write-list.tsx';
import { WriteSummary } from './write-summary.tsx';
import './writes.css';

export function WritesPage() {
  const { t } = useTranslation();
  const [address, setAddress] = useSearchParams();
  const tab = address.get('view') === 'dead' ? 'dead' : 'all';
  return (
    <>
      <PageHeader title={t('places.writes')} text={t('writes.text')} />
      <WriteSummary />
      <Tabs
        activeKey={tab}
        onChange={(next) => setAddress(next === 'dead' ? { view: 'dead' } : {})}
        destroyOnHidden
        items={[
          { key: 'all', label: t('writes.all'), children: <WriteList /> },
          { key: 'dead', label: t('writes.dead'), children: <DeadLetters /> },
        ]}
      />
    </>
  );
}
