import { DatePicker, Input } from 'antd';
import dayjs from 'dayjs';
import { outcomes } from '#core/contract/interaction.ts';
import { useTranslation } from 'react-i18next';
import { FilterChoice } from '../../pieces/filter-choice.tsx';
import { SearchField } from '../../pieces/search-field.tsx';
import type { FilterName, Filters } from './interaction-filters.ts';

interface Props {
  readonly filters: Filters;
  readonly onChange: (change: Partial<Record<FilterName, string | null>>) => void;
}

export function InteractionFilters({ filters, onChange }: Props) {
  const { t } = useTranslation();
  const directions = (['inbound', 'outbound', 'internal'] as const).map((value) => ({
    value,
    label: t(`call.direction.${value}`),
  }));
  const results = outcomes.map((value) => ({ value, label: t(`status.outcome.${value}`) }));
  const state = [
    { value: 'true', label: t('interactions.open') },
    { value: 'false', label: t('interactions.ended') },
  ];
  return (
    <search className="filters" aria-label={t('pieces.filters')}>
      <SearchField
        label={t('interactions.number')}
        value={filters.number ?? ''}
        onSearch={(number) => onChange({ number })}
      />
      <Choice label={t('live.column.direction')} options={directions} name="direction" {...{ filters, onChange }} />
      <Choice label={t('interactions.outcome')} options={results} name="outcome" {...{ filters, onChange }} />
      <Choice label={t('live.column.state')} options={state} name="open" {...{ filters, onChange }} />
      <Word label={t('live.column.agent')} name="agent" {...{ filters, onChange }} />
      <Word label={t('live.column.queue')} name="queue" {...{ filters, onChange }} />
      <DatePicker.RangePicker
        showTime={{ format: 'HH:mm' }}
        format="YYYY-MM-DD HH:mm"
        allowEmpty={[true, true]}
        aria-label={t('interactions.period')}
        value={[
          filters.from === undefined ? null : dayjs(filters.from),
          filters.to === undefined ? null : dayjs(filters.to),
        ]}
        onChange={(range) =>
          onChange({ from: range?.[0]?.toISOString() ?? null, to: range?.[1]?.toISOString() ?? null })
        }
      />
    </search>
  );
}

interface FieldProps extends Props {
  readonly label: string;
  readonly name: FilterName;
}

interface ChoiceProps extends FieldProps {
  readonly options: readonly { readonly value: string; readonly label: string }[];
}

function Choice({ label, name, options, filters, onChange }: ChoiceProps) {
  return (
    <FilterChoice
      label={label}
      options={options}
      value={filters[name]}
      onChange={(value) => onChange({ [name]: value })}
    />
  );
}

function Word({ label, name, filters, onChange }: FieldProps) {
  return (
    <Input
      key={filters[name] ?? ''}
      className="filter"
      allowClear
      aria-label={label}
      placeholder={label}
      defaultValue={filters[name] ?? ''}
      onPressEnter={(event) => onChange({ [name]: event.currentTarget.value.trim() })}
      onBlur={(event) => onChange({ [name]: event.currentTarget.value.trim() })}
    />
  );
}
