import { listConnections } from '#core/contract/api/connections.ts';
import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useRoute } from '../../api/use-route.ts';
import { useWorkbench } from './workbench.ts';

/** Whose word is taken for the record's fields: the hub's shipped description or a connected system's own. */
export function DescribedBy() {
  const { t } = useTranslation();
  const { path, fields, describedBy, describeBy } = useWorkbench();
  const connections = useRoute(listConnections, {});
  const own = (connections.data?.items ?? []).filter((one) => one.connectorId === path.connector);
  if (own.length === 0 && fields?.source !== 'none') return null;
  return (
    <div className="described-by">
      {fields?.source === 'none' && describedBy === null && <span className="soft">{t('dictionaries.noFields')}</span>}
      {own.length > 0 && (
        <Select
          size="small"
          aria-label={t('dictionaries.describedBy')}
          value={describedBy ?? ''}
          popupMatchSelectWidth={false}
          onChange={(value) => describeBy(value === '' ? null : value)}
          options={[
            { value: '', label: t('dictionaries.describedByHub') },
            ...own.map(({ id, name }) => ({ value: id, label: t('dictionaries.describedByOne', { name }) })),
          ]}
        />
      )}
    </div>
  );
}
