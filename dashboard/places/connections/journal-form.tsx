import type { JournalPolicy } from '#core/contract/journal-policy.ts';
import { Checkbox, InputNumber, Segmented, Switch } from 'antd';
import { useTranslation } from 'react-i18next';
import { languageNames } from '../../frame/language-names.ts';
import { languages } from '../../frame/language.ts';
import { ChoiceField } from '../../pieces/policy-form/choice-field.tsx';
import { Fault, Field } from '../../pieces/policy-form/field.tsx';
import { PolicyForm } from '../../pieces/policy-form/policy-form.tsx';
import { WordList } from '../../pieces/policy-form/word-list.tsx';

interface Props {
  readonly policy: JournalPolicy;
  readonly faultAt: (path: string) => string | undefined;
  /** Null: only to be read. */
  readonly onChange: ((change: Partial<JournalPolicy>, mended: keyof JournalPolicy) => void) | null;
}
const modes = ['incremental', 'allAtOnce', 'createOnly'] as const;
const moments = ['ring', 'answer', 'end'] as const;
const granularities = ['interaction', 'agent'] as const;
const directions = ['inbound', 'outbound', 'internal'] as const;

export function JournalForm(props: Props) {
  const { t } = useTranslation();
  const { policy, faultAt, onChange } = props;
  return (
    <PolicyForm canEdit={onChange !== null}>
      <section className="panel policy-panel" aria-labelledby="journal-when">
        <h2 id="journal-when">{t('journal.when')}</h2>
        <p className="soft">{t('journal.whenText')}</p>
        <Field label={t('journal.enabled')} help={t('journal.enabledHelp')} fault={faultAt('enabled')}>
          {(ids) => (
            <Switch {...ids} checked={policy.enabled} onChange={(enabled) => onChange?.({ enabled }, 'enabled')} />
          )}
        </Field>
        <ChoiceField
          label={t('journal.mode')}
          fault={faultAt('mode')}
          value={policy.mode}
          onChange={(mode) => onChange?.({ mode }, 'mode')}
          choices={modes.map((value) => ({
            value,
            title: t(`journal.modes.${value}`),
            text: t(`journal.modeText.${value}`),
          }))}
        />
        <Moment {...props} />
        <ChoiceField
          label={t('journal.granularity')}
          fault={faultAt('granularity')}
          value={policy.granularity}
          onChange={(granularity) => onChange?.({ granularity }, 'granularity')}
          choices={granularities.map((value) => ({
            value,
            title: t(`journal.granularities.${value}`),
            text: t(`journal.granularityText.${value}`),
          }))}
        />
      </section>
      <CallsToWrite {...props} />
    </PolicyForm>
  );
}

/** Each mode has at most one moment to choose; the others' are kept but do not count. */
function Moment({ policy, faultAt, onChange }: Props) {
  const { t } = useTranslation();
  if (policy.mode === 'incremental') {
    return (
      <ChoiceField
        label={t('journal.writeFrom')}
        fault={faultAt('writeFrom')}
        value={policy.writeFrom}
        onChange={(writeFrom) => onChange?.({ writeFrom }, 'writeFrom')}
        choices={moments.map((value) => ({
          value,
          title: t(`journal.moments.${value}`),
          text: t(`journal.momentText.${value}`),
        }))}
      />
    );
  }
  if (policy.mode === 'createOnly') return null;
  return (
    <Field label={t('journal.maxWait')} help={t('journal.maxWaitHelp')} fault={faultAt('maxWaitSecs')}>
      {(ids) => (
        <InputNumber
          {...ids}
          min={0}
          max={86_400}
          precision={0}
          suffix={t('journal.seconds')}
          value={policy.maxWaitSecs}
          onChange={(maxWaitSecs) => {
            if (maxWaitSecs !== null) onChange?.({ maxWaitSecs }, 'maxWaitSecs');
          }}
        />
      )}
    </Field>
  );
}

function CallsToWrite({ policy, faultAt, onChange }: Props) {
  const { t } = useTranslation();
  return (
    <section className="panel policy-panel" aria-labelledby="journal-calls">
      <h2 id="journal-calls">{t('journal.calls')}</h2>
      <fieldset className="choice-field">
        <legend>{t('journal.directions')}</legend>
        <Checkbox.Group
          value={policy.directions}
          onChange={(chosen) => onChange?.({ directions: chosen }, 'directions')}
          options={directions.map((value) => ({ value, label: t(`call.direction.${value}`) }))}
        />
        {policy.directions.length === 0 && <p className="soft">{t('journal.noDirection')}</p>}
        <Fault text={faultAt('directions')} />
      </fieldset>
      <Field label={t('journal.minTalk')} help={t('journal.minTalkHelp')} fault={faultAt('minTalkMs')}>
        {(ids) => (
          <InputNumber
            {...ids}
            min={0}
            suffix={t('journal.seconds')}
            value={policy.minTalkMs / 1000}
            onChange={(seconds) => {
              if (seconds !== null) onChange?.({ minTalkMs: Math.round(seconds * 1000) }, 'minTalkMs');
            }}
          />
        )}
      </Field>
      <Field label={t('journal.ignored')} help={t('journal.ignoredHelp')} fault={faultAt('ignoredNumbers')}>
        {(ids) => (
          <WordList
            ids={ids}
            words={policy.ignoredNumbers}
            most={1000}
            longest={40}
            onChange={(ignoredNumbers) => onChange?.({ ignoredNumbers }, 'ignoredNumbers')}
          />
        )}
      </Field>
      <fieldset className="choice-field">
        <legend>{t('journal.language')}</legend>
        <p className="soft">{t('journal.languageHelp')}</p>
        <Segmented
          aria-label={t('journal.language')}
          value={policy.language}
          onChange={(language) => onChange?.({ language }, 'language')}
          options={languages.map((value) => ({ value, label: languageNames[value] }))}
        />
        <Fault text={faultAt('language')} />
      </fieldset>
    </section>
  );
}
