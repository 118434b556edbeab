import type { NumberRule } from '#core/contract/number-rule.ts';
import { Button, Drawer, Form, Input, Select } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAppearance } from '../../frame/appearance.tsx';
import { Field } from '../../pieces/policy-form/field.tsx';
import { WordList } from '../../pieces/policy-form/word-list.tsx';
import { regionsIn } from '../../pieces/regions.ts';
import { faultsOfRule, ruleOfText, textOfRule, type NumberRuleFault, type NumberRuleText } from './number-rule-text.ts';

interface Props {
  /** Null: a new one. */
  readonly rule: NumberRule | null;
  readonly connections: ReadonlyMap<string, string>;
  readonly faultAt: (name: keyof NumberRule) => string | undefined;
  readonly onStore: (rule: NumberRule) => void;
  readonly onClose: () => void;
}

export function NumberRuleDrawer({ rule, connections, faultAt, onStore, onClose }: Props) {
  const { t } = useTranslation();
  const { language } = useAppearance();
  const [text, setText] = useState(() => textOfRule(rule));
  const [hasTried, setTried] = useState(false);
  const regions = useMemo(() => [...regionsIn(language)], [language]);
  const faults = hasTried ? faultsOfRule(text) : [];
  const change = (part: Partial<NumberRuleText>) => setText((held) => ({ ...held, ...part }));
  const faultOf = (name: NumberRuleFault, field: keyof NumberRule) =>
    faults.includes(name) ? t(`settings.numbers.fault.${name}`) : faultAt(field);
  const store = () => {
    setTried(true);
    if (faultsOfRule(text).length === 0) onStore(ruleOfText(text));
  };
  const words = (name: 'outsidePrefixes' | 'extensionPatterns', most: number, longest: number) => (
    <Field label={t(`settings.numbers.${name}`)} help={t(`settings.numbers.${name}Help`)} fault={faultOf(name, name)}>
      {(ids) => (
        <WordList
          ids={ids}
          words={text[name]}
          most={most}
          longest={longest}
          onChange={(next) => change({ [name]: next })}
        />
      )}
    </Field>
  );
  return (
    <Drawer
      open
      onClose={onClose}
      size={440}
      title={t(rule === null ? 'settings.numbers.new' : 'settings.numbers.change')}
    >
      <Form layout="vertical" name="number-rule" onFinish={store}>
        <h3 className="drawer-heading">{t('settings.numbers.how')}</h3>
        <Field
          label={t('settings.numbers.region')}
          help={t('settings.numbers.regionHelp')}
          fault={faultOf('region', 'defaultRegion')}
        >
          {(ids) => (
            <Select
              {...ids}
              showSearch={{ optionFilterProp: 'label' }}
              value={text.defaultRegion === '' ? null : text.defaultRegion}
              onChange={(defaultRegion: string) => change({ defaultRegion })}
              options={regions}
            />
          )}
        </Field>
        <Field
          label={t('settings.numbers.areaCode')}
          help={t('settings.numbers.areaCodeHelp')}
          fault={faultOf('areaCode', 'areaCode')}
        >
          {(ids) => (
            <Input
              {...ids}
              autoComplete="off"
              inputMode="numeric"
              maxLength={5}
              value={text.areaCode}
              onChange={(event) => change({ areaCode: event.target.value })}
            />
          )}
        </Field>
        {words('outsidePrefixes', 10, 4)}
        {words('extensionPatterns', 100, 13)}
        <h3 className="drawer-heading">{t('settings.numbers.where')}</h3>
        <p className="soft">{t('settings.numbers.whereText')}</p>
        <PlaceFields text={text} connections={connections} faultAt={faultAt} change={change} />
        <div className="form-actions">
          <Button type="primary" htmlType="submit">
            {t('policy.apply')}
          </Button>
          <Button onClick={onClose}>{t('pieces.cancel')}</Button>
        </div>
      </Form>
    </Drawer>
  );
}

interface PlaceProps extends Pick<Props, 'connections' | 'faultAt'> {
  readonly text: NumberRuleText;
  readonly change: (part: Partial<NumberRuleText>) => void;
}

function PlaceFields({ text, connections, faultAt, change }: PlaceProps) {
  const { t } = useTranslation();
  const isUnknown = text.connectionId !== '' && !connections.has(text.connectionId);
  const options = [
    ...[...connections].map(([value, label]) => ({ value, label })),
    ...(isUnknown ? [{ value: text.connectionId, label: text.connectionId }] : []),
  ];
  return (
    <>
      <Field label={t('settings.numbers.connection')} fault={faultAt('connectionId')}>
        {(ids) => (
          <Select
            {...ids}
            allowClear
            placeholder={t('settings.numbers.anyConnection')}
            value={text.connectionId === '' ? null : text.connectionId}
            onChange={(connectionId: string | null | undefined) => change({ connectionId: connectionId ?? '' })}
            options={options}
          />
        )}
      </Field>
      {(['trunk', 'did'] as const).map((name) => (
        <Field
          key={name}
          label={t(`settings.numbers.${name}`)}
          help={t(`settings.numbers.${name}Help`)}
          fault={faultAt(name)}
        >
          {(ids) => (
            <Input
              {...ids}
              autoComplete="off"
              maxLength={name === 'trunk' ? 120 : 40}
              value={text[name]}
              onChange={(event) => change({ [name]: event.target.value })}
            />
          )}
        </Field>
      ))}
    </>
  );
}
