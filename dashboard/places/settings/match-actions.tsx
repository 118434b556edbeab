import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { Field } from '../../pieces/policy-form/field.tsx';
import type { MatchPartProps } from './match-policy-form.tsx';

const cases = ['one', 'uncertain', 'sameAccount', 'several'] as const;
type Case = (typeof cases)[number];
const actions = ['auto', 'company', 'ask', 'park'] as const;

/** Only people of one company can be answered with the company. */
function actionsOf(one: Case) {
  return actions.filter((action) => action !== 'company' || one === 'sameAccount');
}

/** What is done with what was found. */
export function MatchActions({ policy, faultAt, onChange }: MatchPartProps) {
  const { t } = useTranslation();
  const change = (one: Case, action: (typeof actions)[number]) =>
    onChange?.({ actions: { ...policy.actions, [one]: action } }, `actions.${one}`);
  return (
    <section className="panel policy-panel" aria-labelledby="match-actions">
      <h2 id="match-actions">{t('settings.match.actions')}</h2>
      <p className="soft">{t('settings.match.actionsText')}</p>
      {cases.map((one) => (
        <Field
          key={one}
          label={t(`settings.match.case.${one}`)}
          help={t(`settings.match.actionText.${policy.actions[one]}`)}
          fault={faultAt(`actions.${one}`)}
        >
          {(ids) => (
            <Select
              {...ids}
              value={policy.actions[one]}
              onChange={(action) => change(one, action)}
              options={actionsOf(one).map((value) => ({ value, label: t(`settings.match.action.${value}`) }))}
            />
          )}
        </Field>
      ))}
    </section>
  );
}
