import { listInteractions } from '#core/contract/api/interactions.ts';
import type { Interaction } from '#core/contract/interaction.ts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRoute } from '../../api/use-route.ts';
import { PageHeader } from '../../pieces/page-header.tsx';
import { PagedList } from '../../pieces/paged-list.tsx';
import { usePageQuery } from '../../pieces/use-page-query.ts';
import { filterNames, queryOf } from './interaction-filters.ts';
import { InteractionDrawer } from './interaction-drawer.tsx';
import { InteractionFilters } from './interaction-filters.tsx';
import { InteractionTable } from './interaction-table.tsx';
import './interactions.css';

export function InteractionsPage() {
  const { t } = useTranslation();
  const paging = usePageQuery(filterNames);
  const { filters, setFilters, cursor, page } = paging;
  const [chosen, setChosen] = useState<Interaction | null>(null);
  const query = { ...queryOf(filters), ...(cursor === undefined ? {} : { cursor }) };
  const list = useRoute(listInteractions, { query }, { keepPrevious: true, refetchMs: page === 1 ? 15_000 : false });

  return (
    <>
      <PageHeader title={t('places.interactions')} text={t('interactions.text')} />
      <InteractionFilters filters={filters} onChange={setFilters} />
      <PagedList
        list={list}
        paging={paging}
        empty={{ title: t('interactions.none'), text: t('interactions.noneText') }}
      >
        {(items) => <InteractionTable items={items} isLoading={list.isPlaceholderData} onChoose={setChosen} />}
      </PagedList>
      <InteractionDrawer interaction={chosen} onClose={() => setChosen(null)} />
    </>
  );
}
