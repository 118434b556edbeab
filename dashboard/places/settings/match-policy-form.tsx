import { matchKeys, tieBreakers, type MatchPolicy } from '#core/contract/match-policy.ts';
import { Checkbox, InputNumber } from 'antd';
import { useTranslation } from 'react-i18next';
import { Fault, Field } from '../../pieces/policy-form/field.tsx';
import { OrderedChoice } from '../../pieces/policy-form/ordered-choice.tsx';
import { PolicyForm } from '../../pieces/policy-form/policy-form.tsx';
import { MatchActions } from './match-actions.tsx';
import { OwnCompany } from './own-company.tsx';

export interface MatchPartProps {
  readonly policy: MatchPolicy;
  readonly faultAt: (path: string) => string | undefined;
  /** Null: only to be read. `mended` names the part that was changed. */
  readonly onChange: ((change: Partial<MatchPolicy>, mended: string) => void) | null;
}
const objects = ['contact', 'account'] as const;
const states = ['active', 'inactive', 'converted'] as const;

/** How the hub decides who a caller is, in the order in which it asks. */
export function MatchPolicyForm(props: MatchPartProps) {
  const { t } = useTranslation();
  const { policy, faultAt, onChange } = props;
  return (
    <PolicyForm canEdit={onChange !== null}>
      <section className="panel policy-panel" aria-labelledby="match-find">
        <h2 id="match-find">{t('settings.match.find')}</h2>
        <p className="soft">{t('settings.match.findText')}</p>
        <OrderedChoice
          label={t('settings.match.keys')}
          help={t('settings.match.keysHelp')}
          fault={faultAt('keys')}
          minimum={1}
          chosen={policy.keys}
          onChange={onChange === null ? null : (keys) => onChange({ keys }, 'keys')}
          choices={matchKeys.map((value) => ({
            value,
            title: t(`settings.match.key.${value}`),
            text: t(`settings.match.keyText.${value}`),
          }))}
        />
        <div className="policy-group">
          <Field
            label={t('settings.match.suffixDigits')}
            help={t('settings.match.suffixDigitsHelp')}
            fault={faultAt('suffixDigits')}
          >
            {(ids) => (
              <InputNumber
                {...ids}
                min={7}
                max={15}
                precision={0}
                suffix={t('settings.match.digits')}
                value={policy.suffixDigits}
                onChange={(suffixDigits) => {
                  if (suffixDigits !== null) onChange?.({ suffixDigits }, 'suffixDigits');
                }}
              />
            )}
          </Field>
        </div>
      </section>
      <section className="panel policy-panel" aria-labelledby="match-choose">
        <h2 id="match-choose">{t('settings.match.choose')}</h2>
        <p className="soft">{t('settings.match.chooseText')}</p>
        <States {...props} />
        <OrderedChoice
          label={t('settings.match.objects')}
          help={t('settings.match.objectsHelp')}
          fault={faultAt('objects')}
          minimum={1}
          chosen={policy.objects}
          onChange={onChange === null ? null : (chosen) => onChange({ objects: chosen }, 'objects')}
          choices={objects.map((value) => ({
            value,
            title: t(`settings.match.object.${value}`),
            text: t(`settings.match.objectText.${value}`),
          }))}
        />
        <OrderedChoice
          label={t('settings.match.tieBreakers')}
          help={t('settings.match.tieBreakersHelp')}
          fault={faultAt('tieBreakers')}
          chosen={policy.tieBreakers}
          onChange={onChange === null ? null : (chosen) => onChange({ tieBreakers: chosen }, 'tieBreakers')}
          choices={tieBreakers.map((value) => ({
            value,
            title: t(`settings.match.tieBreaker.${value}`),
            text: t(`settings.match.tieBreakerText.${value}`),
          }))}
        />
      </section>
      <MatchActions {...props} />
      <OwnCompany {...props} />
    </PolicyForm>
  );
}

function States({ policy, faultAt, onChange }: MatchPartProps) {
  const { t } = useTranslation();
  return (
    <fieldset className="choice-field">
      <legend>{t('settings.match.states')}</legend>
      <p className="soft">{t('settings.match.statesHelp')}</p>
      <Checkbox.Group
        value={policy.excludeStates}
        onChange={(excludeStates) => onChange?.({ excludeStates }, 'excludeStates')}
        options={states.map((value) => ({ value, label: t(`settings.match.state.${value}`) }))}
      />
      <Fault text={faultAt('excludeStates')} />
    </fieldset>
  );
}
