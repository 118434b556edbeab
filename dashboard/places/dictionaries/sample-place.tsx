import { Input, Select } from 'antd';
import { useId, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useAppearance } from '../../frame/appearance.tsx';
import { regionsIn } from '../../pieces/regions.ts';
import { parseObject } from './json-text.ts';
import { useWorkbench } from './workbench.ts';

/** Where numbers without a country and times without a zone belong. */
export function SamplePlace() {
  const { t } = useTranslation();
  const { language } = useAppearance();
  const { sample, setSample } = useWorkbench();
  const regions = useMemo(() => regionsIn(language).map(({ value, label }) => ({ value, label })), [language]);
  const zones = useMemo(() => Intl.supportedValuesOf('timeZone').map((value) => ({ value, label: value })), []);
  const choice = (name: 'region' | 'timeZone', options: { value: string; label: string }[]) => (
    <Select
      className="sample-place"
      allowClear
      showSearch={{ optionFilterProp: 'label' }}
      aria-label={t(`dictionaries.${name}`)}
      placeholder={t(`dictionaries.${name}`)}
      popupMatchSelectWidth={false}
      value={sample[name]}
      onChange={(value: string | null) => setSample({ ...sample, [name]: value ?? null })}
      options={options}
    />
  );
  return (
    <>
      {choice('region', regions)}
      {choice('timeZone', zones)}
    </>
  );
}

/** What the other system holds already: rules that keep or merge values look at it. */
export function CurrentRecord() {
  const { t } = useTranslation();
  const { sample, setSample } = useWorkbench();
  const id = useId();
  const { current } = sample;
  const isWrong = current.trim() !== '' && parseObject(current) === null;
  return (
    <details open={current !== ''}>
      <summary>{t('dictionaries.current')}</summary>
      <Input.TextArea
        id={id}
        className="mono"
        spellCheck={false}
        aria-label={t('dictionaries.current')}
        autoSize={{ minRows: 3, maxRows: 10 }}
        status={isWrong ? 'error' : ''}
        placeholder={t('dictionaries.currentHelp')}
        value={current}
        onChange={(event) => setSample({ ...sample, current: event.target.value })}
      />
      {isWrong && (
        <p className="write-error" role="alert">
          {t('dictionaries.sampleFault')}
        </p>
      )}
    </details>
  );
}
