import { listDictionaries } from '#core/contract/api/dictionaries.ts';
import type { JsonValue } from '#core/contract/json.ts';
import { Form, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useRoute } from '../../api/use-route.ts';
import { useAppearance } from '../../frame/appearance.tsx';
import { titleOf } from './words.ts';

interface Props {
  readonly label: string;
  readonly value: JsonValue | undefined;
  readonly onChange: (value: JsonValue | undefined) => void;
}

/** One of the shared value tables, and the way to it. */
export function TableChoice({ label, value, onChange }: Props) {
  const { t } = useTranslation();
  const { language } = useAppearance();
  const list = useRoute(listDictionaries, {});
  const tables = (list.data?.items ?? []).filter((one) => one.kind === 'values');
  const chosen = typeof value === 'string' ? tables.find((one) => one.name === `shared/${value}`) : undefined;
  return (
    <Form.Item
      label={label}
      extra={chosen !== undefined && <Link to={`/dictionaries/${chosen.name}`}>{t('dictionaries.openTable')}</Link>}
    >
      <Select
        size="small"
        allowClear
        showSearch={{ optionFilterProp: 'label' }}
        popupMatchSelectWidth={false}
        aria-label={label}
        value={typeof value === 'string' ? value : null}
        onChange={(name: string | null) => onChange(name ?? undefined)}
        options={tables.map((one) => {
          const name = one.name.replace(/^shared\//u, '');
          return { value: name, label: `${name} · ${titleOf(one, language)}` };
        })}
      />
    </Form.Item>
  );
}
