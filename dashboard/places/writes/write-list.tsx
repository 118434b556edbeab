import { listConnections } from '#core/contract/api/connections.ts';
import { listWrites, writeStates, type WriteView } from '#core/contract/api/writes.ts';
import { Drawer, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRoute } from '../../api/use-route.ts';
import { Pager } from '../../pieces/pager.tsx';
import { EmptyState, QueryStates } from '../../pieces/states.tsx';
import { usePageQuery } from '../../pieces/use-page-query.ts';
import { WriteDetail } from '../../pieces/write-detail.tsx';
import { RedriveButton } from './redrive-button.tsx';
import { WriteTable } from './write-table.tsx';

const filterNames = ['state', 'connectionId', 'fingerprint'] as const;

export function WriteList() {
  const { t } = useTranslation();
  const { filters, setFilters, cursor, page, goNext, goPrevious } = usePageQuery(filterNames);
  const [chosen, setChosen] = useState<WriteView | null>(null);
  const connections = useRoute(listConnections, {});
  const state = writeStates.find((one) => one === filters.state);
  const query = {
    ...(state === undefined ? {} : { state }),
    ...(filters.connectionId === undefined ? {} : { connectionId: filters.connectionId }),
    ...(filters.fingerprint === undefined ? {} : { fingerprint: filters.fingerprint }),
    ...(cursor === undefined ? {} : { cursor }),
  };
  const list = useRoute(listWrites, { query }, { keepPrevious: true, refetchMs: page === 1 ? 5_000 : false });
  const isFiltered = Object.keys(filters).length > 0;
  return (
    <>
      <search className="filters" aria-label={t('pieces.filters')}>
        <Select
          className="filter"
          allowClear
          aria-label={t('live.column.state')}
          placeholder={t('live.column.state')}
          value={state ?? null}
          options={writeStates.map((value) => ({ value, label: t(`status.write.${value}`) }))}
          onChange={(value) => setFilters({ state: value ?? null })}
        />
        <Select
          className="filter"
          allowClear
          aria-label={t('places.connections')}
          placeholder={t('places.connections')}
          value={filters.connectionId ?? null}
          options={(connections.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(value) => setFilters({ connectionId: value ?? null })}
        />
      </search>
      <QueryStates
        query={list}
        isEmpty={({ items }) => items.length === 0}
        empty={
          <EmptyState
            title={t(isFiltered ? 'interactions.noneFiltered' : 'writes.none')}
            text={t(isFiltered ? 'interactions.noneFilteredText' : 'writes.noneText')}
          />
        }
      >
        {({ items, nextCursor, total }) => (
          <>
            <WriteTable items={items} isLoading={list.isPlaceholderData} onChoose={setChosen} />
            <Pager page={page} total={total} nextCursor={nextCursor} onNext={goNext} onPrevious={goPrevious} />
          </>
        )}
      </QueryStates>
      <Drawer
        open={chosen !== null}
        onClose={() => setChosen(null)}
        size={560}
        title={t('writes.one')}
        extra={
          chosen?.state === 'dead' && (
            <RedriveButton body={{ ids: [chosen.id] }} label={t('writes.redriveOne')} onDone={() => setChosen(null)} />
          )
        }
      >
        {chosen !== null && <WriteDetail write={chosen} />}
      </Drawer>
    </>
  );
}
