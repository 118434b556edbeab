import { listDictionaries, listLosses, type LossView } from '#core/contract/api/dictionaries.ts';
import { lossKinds } from '#core/contract/mapping.ts';
import { CheckCircleOutlined } from '@ant-design/icons';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useRoute } from '../../api/use-route.ts';
import { DataTable, type Column } from '../../pieces/data-table.tsx';
import { ConnectionFilter, FilterChoice } from '../../pieces/filter-choice.tsx';
import { LossReason } from '../../pieces/loss-reason.tsx';
import { PagedList } from '../../pieces/paged-list.tsx';
import { SearchField } from '../../pieces/search-field.tsx';
import { NoValue, When } from '../../pieces/times.tsx';
import { usePageQuery } from '../../pieces/use-page-query.ts';
import { LossKind } from '../../pieces/loss-kind.tsx';

const filterNames = ['dictionary', 'kind', 'connectionId', 'rule'] as const;

/** Values that could not be carried whole, each with the rule, the write and the call it belongs to. */
export function LossList() {
  const { t } = useTranslation();
  const paging = usePageQuery(filterNames);
  const { filters, setFilters, cursor } = paging;
  const dictionaries = useRoute(listDictionaries, {});
  const kind = lossKinds.find((one) => one === filters.kind);
  const query = { ...filters, kind, ...(cursor === undefined ? {} : { cursor }) };
  const list = useRoute(listLosses, { query }, { keepPrevious: true });
  return (
    <>
      <search className="filters" aria-label={t('pieces.filters')}>
        <SearchField
          label={t('dictionaries.rule')}
          value={filters.rule ?? ''}
          onSearch={(rule) => setFilters({ rule })}
        />
        <FilterChoice
          isWide
          label={t('dictionaries.document')}
          value={filters.dictionary}
          options={(dictionaries.data?.items ?? []).map(({ name }) => ({ value: name, label: name }))}
          onChange={(dictionary) => setFilters({ dictionary })}
        />
        <FilterChoice
          label={t('dictionaries.lossKind')}
          value={kind}
          options={lossKinds.map((value) => ({ value, label: t(`dictionaries.lost.${value}`) }))}
          onChange={(chosen) => setFilters({ kind: chosen })}
        />
        <ConnectionFilter value={filters.connectionId} onChange={(connectionId) => setFilters({ connectionId })} />
      </search>
      <PagedList
        list={list}
        paging={paging}
        empty={{
          icon: <CheckCircleOutlined />,
          title: t('dictionaries.noLosses'),
          text: t('dictionaries.noLossesText'),
        }}
      >
        {(items) => <LossTable items={items} isLoading={list.isPlaceholderData} />}
      </PagedList>
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
      {
        key: 'reason',
        title: t('dictionaries.reason'),
        ellipsis: true,
        width: 320,
        render: (loss) => <LossReason code={loss.code} reason={loss.reason} />,
      },
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
