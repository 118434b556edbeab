import { listInteractions } from '#core/contract/api/interactions.ts';
import type { Interaction } from '#core/contract/interaction.ts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRoute } from '../../api/use-route.ts';
import { PageHeader } from '../../pieces/page-header.tsx';
import { Pager } from '../../pieces/pager.tsx';
import { EmptyState, QueryStates } from '../../pieces/states.tsx';
import { usePageQuery } from '../../pieces/use-page-query.ts';
import { filterNames, queryOf } from './interaction-filters.ts';
import { InteractionDrawer } from './interaction-drawer.tsx';
import { InteractionFilters } from './interaction-filters.tsx';
import { InteractionTable } from './interaction-table.tsx';
import './interactions.css';

export function InteractionsPage() {
  const { t } = useTranslation();
  const { filters, setFilters, cursor, page, goNext, goPrevious } = usePageQuery(filterNames);
  const [chosen, setChosen] = useState<Interaction | null>(null);
  const query = { ...queryOf(filters), ...(cursor === undefined ? {} : { cursor }) };
  const list = useRoute(listInteractions, { query }, { keepPrevious: true, refetchMs: page === 1 ? 15_000 : false });
  const isFiltered = Object.keys(filters).length > 0;

  return (
    <>
      <PageHeader title={t('places.interactions')} text={t('interactions.text')} />
      <InteractionFilters filters={filters} onChange={setFilters} />
      <QueryStates
        query={list}
        isEmpty={({ items }) => items.length === 0}
        empty={
          <EmptyState
            title={t(isFiltered ? 'interactions.noneFiltered' : 'interactions.none')}
            text={t(isFiltered ? 'interactions.noneFilteredText' : 'interactions.noneText')}
          />
        }
      >
        {({ items, nextCursor, total }) => (
          <>
            <InteractionTable items={items} isLoading={list.isPlaceholderData} onChoose={setChosen} />
            <Pager page={page} total={total} nextCursor={nextCursor} onNext={goNext} onPrevious={goPrevious} />
          </>
        )}
      </QueryStates>
      <InteractionDrawer interaction={chosen} onClose={() => setChosen(null)} />
    </>
  );
}
