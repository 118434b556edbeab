import { listConnectors } from '#core/contract/api/connections.ts';
import { listDictionaries, type DictionarySummary } from '#core/contract/api/dictionaries.ts';
import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useRoute } from '../../api/use-route.ts';
import { useAppearance } from '../../frame/appearance.tsx';
import { ScrollTable } from '../../pieces/scroll-table.tsx';
import { SearchField } from '../../pieces/search-field.tsx';
import { EmptyState, QueryStates } from '../../pieces/states.tsx';
import { usePageQuery } from '../../pieces/use-page-query.ts';
import { DocumentRow } from './document-row.tsx';
import { titleOf } from './words.ts';

const filterNames = ['q', 'kind'] as const;
const kinds = ['dictionary', 'values'] as const;

export function DocumentList() {
  const { t } = useTranslation();
  const { language } = useAppearance();
  const { filters, setFilters } = usePageQuery(filterNames);
  const list = useRoute(listDictionaries, {});
  const kind = kinds.find((one) => one === filters.kind);
  const wanted = (filters.q ?? '').toLowerCase();
  const isShown = (one: DictionarySummary) =>
    (kind === undefined || one.kind === kind) &&
    `${one.name} ${titleOf(one, language)} ${one.object ?? ''} ${one.entity ?? ''}`.toLowerCase().includes(wanted);
  return (
    <>
      <search className="filters" aria-label={t('pieces.filters')}>
        <SearchField label={t('dictionaries.search')} value={filters.q ?? ''} onSearch={(q) => setFilters({ q })} />
        <Select
          className="filter"
          allowClear
          aria-label={t('dictionaries.kind')}
          placeholder={t('dictionaries.kind')}
          value={kind ?? null}
          options={kinds.map((value) => ({ value, label: t(`dictionaries.kinds.${value}`) }))}
          onChange={(value) => setFilters({ kind: value ?? null })}
        />
      </search>
      <QueryStates
        query={list}
        isEmpty={({ items }) => items.length === 0}
        empty={<EmptyState title={t('dictionaries.none')} text={t('dictionaries.noneText')} />}
      >
        {({ items }) => {
          const shown = items.filter(isShown);
          if (shown.length === 0)
            return <EmptyState title={t('interactions.noneFiltered')} text={t('interactions.noneFilteredText')} />;
          return <Groups items={shown} />;
        }}
      </QueryStates>
    </>
  );
}

function Groups({ items }: { readonly items: readonly DictionarySummary[] }) {
  const { t } = useTranslation();
  const { language } = useAppearance();
  const connectors = useRoute(listConnectors, {});
  const groups = Map.groupBy(items, (one) => one.connector);
  const titles = new Map((connectors.data?.items ?? []).map((one) => [one.id, one.title[language]]));
  titles.set('shared', t('dictionaries.shared')).set('default', t('dictionaries.anyConnector'));
  const headOf = (connector: string) => titles.get(connector) ?? connector;
  return [...groups].map(([connector, group]) => (
    <div key={connector} className="panel document-group">
      <div className="panel-head">
        <h2>{headOf(connector)}</h2>
      </div>
      <ScrollTable label={headOf(connector)}>
        <thead>
          <tr>
            <th scope="col">{t('dictionaries.document')}</th>
            <th scope="col">{t('dictionaries.entity')}</th>
            <th scope="col">{t('dictionaries.live')}</th>
            <th scope="col">{t('dictionaries.state')}</th>
            <th scope="col" className="number">
              {t('dictionaries.rules')}
            </th>
            <th scope="col" className="number">
              {t('dictionaries.testsHead')}
            </th>
            <th scope="col" className="number">
              {t('dictionaries.losses7')}
            </th>
          </tr>
        </thead>
        <tbody>
          {group.map((one) => (
            <DocumentRow key={one.name} document={one} />
          ))}
        </tbody>
      </ScrollTable>
    </div>
  ));
}
