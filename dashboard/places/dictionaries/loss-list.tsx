import { listConnections } from '#core/contract/api/connections.ts';
import { listDictionaries, listLosses, type LossView } from '#core/contract/api/dictionaries.ts';
import { lossKinds } from '#core/contract/mapping.ts';
import { CheckCircleOutlined } from '@ant-design/icons';
import { Select } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useRoute } from '../../api/use-route.ts';
import { DataTable, type Column } from '../../pieces/data-table.tsx';
import { Pager } from '../../pieces/pager.tsx';
import { SearchField } from '../../pieces/search-field.tsx';
import { EmptyState, QueryStates } from '../../pieces/states.tsx';
import { NoValue, When } from '../../pieces/times.tsx';
import { usePageQuery } from '../../pieces/use-page-query.ts';
import { LossKind } from '../../pieces/loss-kind.tsx';

const filterNames = ['dictionary', 'kind', 'connectionId', 'rule'] as const;

/** Values that could not be carried whole, each with the rule, the write and the call it belongs to. */
export function LossList() {
  const { t } = useTranslation();
  const { filters, setFilters, cursor, page, goNext, goPrevious } = usePageQuery(filterNames);
  const dictionaries = useRoute(listDictionaries, {});
  const connections = useRoute(listConnections, {});
  const kind = lossKinds.find((one) => one === filters.kind);
  const query = {
    ...filters,
    kind,
    ...(cursor === undefined ? {} : { cursor }),
  };
  const list = useRoute(listLosses, { query }, { keepPrevious: true });
  const isFiltered = Object.keys(filters).length > 0;
  return (
    <>
      <search className="filters" aria-label={t('pieces.filters')}>
        <SearchField
          label={t('dictionaries.rule')}
          value={filters.rule ?? ''}
          onSearch={(rule) => setFilters({ rule })}
        />
        <Select
          className="filter loss-filter"
          allowClear
          showSearch
          aria-label={t('dictionaries.document')}
          placeholder={t('dictionaries.document')}
          value={filters.dictionary ?? null}
          options={(dictionaries.data?.items ?? []).map(({ name }) => ({ value: name, label: name }))}
          onChange={(value) => setFilters({ dictionary: value ?? null })}
        />
        <Select
          className="filter"
          allowClear
          aria-label={t('dictionaries.lossKind')}
          placeholder={t('dictionaries.lossKind')}
          value={kind ?? null}
          options={lossKinds.map((value) => ({ value, label: t(`dictionaries.lost.${value}`) }))}
          onChange={(value) => setFilters({ kind: value ?? null })}
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
            icon={<CheckCircleOutlined />}
            title={t(isFiltered ? 'interactions.noneFiltered' : 'dictionaries.noLosses')}
            text={t(isFiltered ? 'interactions.noneFilteredText' : 'dictionaries.noLossesText')}
          />
        }
      >
        {({ items, nextCursor, total }) => (
          <>
            <LossTable items={items} isLoading={list.isPlaceholderData} />
            <Pager page={page} total={total} nextCursor={nextCursor} onNext={goNext} onPrevious={goPrevious} />
          </>
        )}
      </QueryStates>
    </>
  );
}

function LossTable({ items, isLoading }: { readonly items: readonly LossView[]; readonly isLoading: boolean }) {
  const { t } = useTranslation();
  const columns = useMemo<readonly Column<LossView>[]>(
    () => [
      { key: 'at', title: t('dictionaries.lastSeen'), render: (loss) => <When atMs={Date.parse(loss.at)} /> },
      { key: 'kind', title: t('dictionaries.lossKind'), render: (loss) => <LossKind kind={loss.kind} /> },
      {
        key: 'rule',
        title: t('dictionaries.rule'),
        isFixed: true,
        render: (loss) => (
          <Link to={`/dictionaries/${loss.dictionary}?rule=${encodeURIComponent(loss.rule)}`}>
            <code>{loss.rule}</code>
          </Link>
        ),
      },
      {
        key: 'dictionary',
        title: t('dictionaries.document'),
        render: (loss) => (
          <>
            {loss.dictionary} <span className="soft">{t('dictionaries.version', { version: loss.version })}</span>
          </>
        ),
      },
      { key: 'reason', title: t('dictionaries.reason'), ellipsis: true, width: 320, render: (loss) => loss.reason },
      { key: 'times', title: t('dictionaries.times'), align: 'right', render: (loss) => loss.times },
      {
        key: 'where',
        title: t('dictionaries.lossWhere'),
        render: (loss) => `${loss.connectionName} · ${loss.object} · ${t(`dictionaries.direction.${loss.direction}`)}`,
      },
      { key: 'record', title: t('dictionaries.record'), render: (loss) => <code>{loss.recordKey}</code> },
      { key: 'origin', title: t('writes.origin'), render: (loss) => <Origin origin={loss.origin} /> },
    ],
    [t],
  );
  return (
    <DataTable name="losses" label={t('dictionaries.losses')} columns={columns} rows={items} isLoading={isLoading} />
  );
}

function Origin({ origin }: { readonly origin: string }) {
  const { t } = useTranslation();
  const id = /^interaction:(.+)$/u.exec(origin)?.[1];
  if (id === undefined) return <NoValue />;
  return <Link to={`/interactions/${id}`}>{t('writes.call')}</Link>;
}
