import { listWrites, writeStates, type WriteView } from '#core/contract/api/writes.ts';
import { Drawer } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRoute } from '../../api/use-route.ts';
import { ConnectionFilter, FilterChoice } from '../../pieces/filter-choice.tsx';
import { PagedList } from '../../pieces/paged-list.tsx';
import { usePageQuery } from '../../pieces/use-page-query.ts';
import { WriteDetail } from '../../pieces/write-detail.tsx';
import { RedriveButton } from './redrive-button.tsx';
import { WriteTable } from './write-table.tsx';

const filterNames = ['state', 'connectionId', 'fingerprint'] as const;

export function WriteList() {
  const { t } = useTranslation();
  const paging = usePageQuery(filterNames);
  const { filters, setFilters, cursor, page } = paging;
  const [chosen, setChosen] = useState<WriteView | null>(null);
  const state = writeStates.find((one) => one === filters.state);
  const query = {
    ...(state === undefined ? {} : { state }),
    ...(filters.connectionId === undefined ? {} : { connectionId: filters.connectionId }),
    ...(filters.fingerprint === undefined ? {} : { fingerprint: filters.fingerprint }),
    ...(cursor === undefined ? {} : { cursor }),
  };
  const list = useRoute(listWrites, { query }, { keepPrevious: true, refetchMs: page === 1 ? 5_000 : false });
  return (
    <>
      <search className="filters" aria-label={t('pieces.filters')}>
        <FilterChoice
          label={t('live.column.state')}
          value={state}
          options={writeStates.map((value) => ({ value, label: t(`status.write.${value}`) }))}
          onChange={(chosen) => setFilters({ state: chosen })}
        />
        <ConnectionFilter value={filters.connectionId} onChange={(connectionId) => setFilters({ connectionId })} />
      </search>
      <PagedList list={list} paging={paging} empty={{ title: t('writes.none'), text: t('writes.noneText') }}>
        {(items) => <WriteTable items={items} isLoading={list.isPlaceholderData} onChoose={setChosen} />}
      </PagedList>
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
