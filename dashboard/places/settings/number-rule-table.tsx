import { PlusOutlined } from '@ant-design/icons';
import { listConnections } from '#core/contract/api/connections.ts';
import type { NumberRule } from '#core/contract/number-rule.ts';
import { Button } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRoute } from '../../api/use-route.ts';
import { useAppearance } from '../../frame/appearance.tsx';
import { useCan } from '../../frame/me.tsx';
import { Fault } from '../../pieces/policy-form/field.tsx';
import { Ordered } from '../../pieces/policy-form/ordered.tsx';
import { ScrollTable } from '../../pieces/scroll-table.tsx';
import { EmptyState } from '../../pieces/states.tsx';
import { NumberRuleDrawer } from './number-rule-drawer.tsx';

interface Props {
  readonly rules: readonly NumberRule[];
  readonly faultAt: (path: string) => string | undefined;
  /** Null: only to be read. `mended` names the part that was changed. */
  readonly onChange: ((rules: NumberRule[], mended: string) => void) | null;
}
const path = 'numberRules';
const most = 500;
const columns = ['where', 'country', 'areaCode', 'outsidePrefixes', 'extensionPatterns'] as const;

export function NumberRuleTable({ rules, faultAt, onChange }: Props) {
  const { t } = useTranslation();
  const { language } = useAppearance();
  const [edited, setEdited] = useState<number | 'new' | null>(null);
  const connections = useConnectionNames();
  const regions = useMemo(() => new Intl.DisplayNames(language, { type: 'region', fallback: 'code' }), [language]);
  const whereOf = (rule: NumberRule) => {
    const named =
      rule.connectionId === undefined ? undefined : (connections.get(rule.connectionId) ?? rule.connectionId);
    const facts = [
      ...(rule.did === undefined ? [] : [t('settings.numbers.atDid', { did: rule.did })]),
      ...(rule.trunk === undefined ? [] : [t('settings.numbers.atTrunk', { trunk: rule.trunk })]),
      ...(named === undefined ? [] : [named]),
    ];
    return facts.length === 0 ? t('settings.numbers.everywhere') : facts.join(' · ');
  };
  const store = (rule: NumberRule) => {
    if (edited === 'new') onChange?.([...rules, rule], path);
    else if (edited !== null) onChange?.(rules.with(edited, rule), `${path}.${edited}`);
    setEdited(null);
  };
  return (
    <section className="panel policy-panel" aria-labelledby="number-rules">
      <div className="panel-head">
        <h2 id="number-rules">{t('settings.numbers.title')}</h2>
        {onChange !== null && (
          <Button icon={<PlusOutlined />} disabled={rules.length >= most} onClick={() => setEdited('new')}>
            {t('settings.numbers.add')}
          </Button>
        )}
        <p className="soft">{t('settings.numbers.text')}</p>
      </div>
      <Ordered
        items={rules}
        nameOf={whereOf}
        onChange={onChange === null ? null : (next) => onChange(next, path)}
        onEdit={setEdited}
      >
        {(actionsOf) =>
          rules.length === 0 ? (
            <EmptyState title={t('settings.numbers.none')} text={t('settings.numbers.noneText')} />
          ) : (
            <ScrollTable label={t('settings.numbers.list')}>
              <thead>
                <tr>
                  {columns.map((column) => (
                    <th key={column} scope="col">
                      {t(`settings.numbers.column.${column}`)}
                    </th>
                  ))}
                  {onChange !== null && (
                    <th scope="col">
                      <span className="unseen">{t('policy.actions')}</span>
                    </th>
                  )}
                </tr>
              </thead>
              <tbody>
                {rules.map((rule, index) => (
                  // oxlint-disable-next-line react/no-array-index-key -- a rule has nothing else to be known by
                  <tr key={index}>
                    <th scope="row">
                      <span className="block">{whereOf(rule)}</span>
                      <Fault text={faultAt(`${path}.${index}`)} />
                    </th>
                    <td>{countryName(regions, rule.defaultRegion)}</td>
                    <td className="figures">{rule.areaCode}</td>
                    <td className="figures">{rule.outsidePrefixes?.join(', ')}</td>
                    <td className="figures">{rule.extensionPatterns?.join(', ')}</td>
                    {onChange !== null && <td>{actionsOf(index)}</td>}
                  </tr>
                ))}
              </tbody>
            </ScrollTable>
          )
        }
      </Ordered>
      {edited !== null && (
        <NumberRuleDrawer
          rule={edited === 'new' ? null : (rules[edited] ?? null)}
          connections={connections}
          faultAt={(name) => (edited === 'new' ? undefined : faultAt(`${path}.${edited}.${name}`))}
          onStore={store}
          onClose={() => setEdited(null)}
        />
      )}
    </section>
  );
}

function countryName(names: Intl.DisplayNames, code: string): string {
  return `${names.of(code) ?? code} (${code})`;
}

/** By id; empty for those who may not see connections. */
function useConnectionNames(): ReadonlyMap<string, string> {
  const isAllowed = useCan('connections.read');
  const { data } = useRoute(listConnections, {}, { enabled: isAllowed });
  return useMemo(() => new Map((data?.items ?? []).map(({ id, name }) => [id, name])), [data]);
}
