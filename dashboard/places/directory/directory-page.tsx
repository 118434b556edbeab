import { ImportOutlined, PlusOutlined } from '@ant-design/icons';
import { listContacts, type Contact } from '#core/contract/api/directory.ts';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import { useRoute } from '../../api/use-route.ts';
import { useCan } from '../../frame/me.tsx';
import { useShortcut } from '../../frame/shortcuts.ts';
import { PageHeader } from '../../pieces/page-header.tsx';
import { Pager } from '../../pieces/pager.tsx';
import { SearchField } from '../../pieces/search-field.tsx';
import { EmptyState, QueryStates } from '../../pieces/states.tsx';
import { usePageQuery } from '../../pieces/use-page-query.ts';
import { ContactDrawer } from './contact-drawer.tsx';
import { ContactTable } from './contact-table.tsx';
import { NewContactDrawer } from './new-contact-drawer.tsx';
import { useRemoveContact } from './use-remove-contact.ts';

const filterNames = ['search'] as const;

export function DirectoryPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const canWrite = useCan('directory.write');
  const { filters, setFilters, cursor, page, goNext, goPrevious } = usePageQuery(filterNames);
  const [address, setAddress] = useSearchParams();
  const [isNew, setNew] = useState(false);
  const { removed, remove } = useRemoveContact();
  const query = { ...filters, ...(cursor === undefined ? {} : { cursor }) };
  const list = useRoute(listContacts, { query }, { keepPrevious: true });
  const open = (contact: Contact | null) =>
    setAddress((held) => {
      const next = new URLSearchParams(held);
      if (contact === null) next.delete('contact');
      else next.set('contact', contact.id);
      return next;
    });
  useShortcut('n', t('directory.add'), () => setNew(true));
  const shownId = address.get('contact');
  const isSearch = (filters.search ?? '') !== '';

  return (
    <>
      <PageHeader title={t('places.directory')} text={t('directory.text')}>
        {canWrite && (
          <Button icon={<ImportOutlined />} onClick={() => void navigate('/directory/import')}>
            {t('directory.import')}
          </Button>
        )}
        <Button type="primary" icon={<PlusOutlined />} onClick={() => setNew(true)}>
          {t('directory.add')}
        </Button>
      </PageHeader>
      <search className="filters">
        <SearchField
          label={t('directory.search')}
          value={filters.search ?? ''}
          onSearch={(search) => setFilters({ search })}
        />
      </search>
      <QueryStates
        query={list}
        isEmpty={({ items }) => items.length === 0}
        empty={
          <EmptyState
            title={t(isSearch ? 'directory.noneFound' : 'directory.none')}
            text={t(isSearch ? 'directory.noneFoundText' : 'directory.noneText')}
          />
        }
      >
        {({ items, nextCursor, total }) => (
          <>
            <ContactTable
              items={items.filter((contact) => !removed.has(contact.id))}
              isLoading={list.isPlaceholderData}
              onChoose={open}
            />
            <Pager page={page} total={total} nextCursor={nextCursor} onNext={goNext} onPrevious={goPrevious} />
          </>
        )}
      </QueryStates>
      {shownId !== null && (
        <ContactDrawer
          key={shownId}
          contactId={shownId}
          onClose={() => open(null)}
          onRemove={(contact) => {
            open(null);
            remove(contact);
          }}
        />
      )}
      {isNew && <NewContactDrawer onClose={() => setNew(false)} />}
    </>
  );
}
