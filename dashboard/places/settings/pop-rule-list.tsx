import { PlusOutlined } from '@ant-design/icons';
import type { PopRule } from '#core/contract/pop-rule.ts';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Fault } from '../../pieces/policy-form/field.tsx';
import { Ordered } from '../../pieces/policy-form/ordered.tsx';
import { EmptyState } from '../../pieces/states.tsx';
import { PopRuleDrawer } from './pop-rule-drawer.tsx';
import { ruleInTheWay, withRule } from './pop-rules.ts';
import { useRuleWords } from './use-rule-words.ts';

interface Props {
  readonly rules: readonly PopRule[];
  readonly faultAt: (path: string) => string | undefined;
  /** Null: only to be read. `mended` names the part that was changed. */
  readonly onChange: ((rules: PopRule[], mended: string) => void) | null;
}
const path = 'popRules';
const most = 100;

export function PopRuleList({ rules, faultAt, onChange }: Props) {
  const { t } = useTranslation();
  const say = useRuleWords();
  const [edited, setEdited] = useState<number | 'new' | null>(null);
  const store = (rule: PopRule) => {
    if (edited === 'new') onChange?.(withRule(rules, rule), path);
    else if (edited !== null) onChange?.(rules.with(edited, rule), `${path}.${edited}`);
    setEdited(null);
  };
  return (
    <section className="panel policy-panel" aria-labelledby="pop-rules">
      <div className="panel-head">
        <h2 id="pop-rules">{t('settings.desk.rules')}</h2>
        {onChange !== null && (
          <Button icon={<PlusOutlined />} disabled={rules.length >= most} onClick={() => setEdited('new')}>
            {t('settings.desk.add')}
          </Button>
        )}
        <p className="soft">{t('settings.desk.rulesText')}</p>
      </div>
      <Ordered
        items={rules}
        nameOf={say}
        onChange={onChange === null ? null : (next) => onChange(next, path)}
        onEdit={setEdited}
      >
        {(actionsOf) =>
          rules.length === 0 ? (
            <EmptyState title={t('settings.desk.none')} text={t('settings.desk.noneText')} />
          ) : (
            <ol className="ordered" aria-label={t('settings.desk.rules')}>
              {rules.map((rule, index) => (
                // oxlint-disable-next-line react/no-array-index-key -- a rule has nothing else to be known by
                <li key={index}>
                  <span className="ordered-main">
                    <span>{say(rule)}</span>
                    <Shadow above={ruleInTheWay(rules, index)} />
                    <Fault text={faultAt(`${path}.${index}`)} />
                  </span>
                  {actionsOf(index)}
                </li>
              ))}
            </ol>
          )
        }
      </Ordered>
      {rules.length > 0 && <p className="soft">{t('settings.desk.otherwise')}</p>}
      {edited !== null && (
        <PopRuleDrawer
          rule={edited === 'new' ? null : (rules[edited] ?? null)}
          faultAt={(name) => (edited === 'new' ? undefined : faultAt(`${path}.${edited}.${name}`))}
          onStore={store}
          onClose={() => setEdited(null)}
        />
      )}
    </section>
  );
}

function Shadow({ above }: { readonly above: number }) {
  const { t } = useTranslation();
  return above === -1 ? null : <span className="soft">{t('settings.desk.inTheWay', { place: above + 1 })}</span>;
}
