import { listConnections } from '#core/contract/api/connections.ts';
import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useRoute } from '../api/use-route.ts';

interface Props<V extends string> {
  readonly label: string;
  readonly value: V | undefined;
  readonly options: readonly { readonly value: V; readonly label: string }[];
  readonly onChange: (value: V | null) => void;
  /** For names that need more room, and are many: they can be searched. */
  readonly isWide?: boolean;
}

/** One filter of a list; clearing it takes it out of the address. */
export function FilterChoice<V extends string>({ label, value, options, onChange, isWide = false }: Props<V>) {
  return (
    <Select<V>
      className={isWide ? 'filter filter-wide' : 'filter'}
      allowClear
      showSearch={isWide && { optionFilterProp: 'label' }}
      aria-label={label}
      placeholder={label}
      value={value ?? null}
      options={[...options]}
      onChange={(chosen: V | undefined) => onChange(chosen ?? null)}
    />
  );
}

export function ConnectionFilter({ value, onChange }: Pick<Props<string>, 'value' | 'onChange'>) {
  const { t } = useTranslation();
  const connections = useRoute(listConnections, {});
  const options = (connections.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }));
  return <FilterChoice label={t('places.connections')} value={value} options={options} onChange={onChange} />;
}
