import { listSamples } from '#core/contract/api/dictionaries.ts';
import { Input, Segmented, Select } from 'antd';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useRoute } from '../../api/use-route.ts';
import { useCan } from '../../frame/me.tsx';
import { JsonView } from '../../pieces/json-view.tsx';
import { parseObject } from './json-text.ts';
import { PageSkeleton } from '../../pieces/states.tsx';
import { LossKind } from '../../pieces/loss-kind.tsx';
import { LossReason } from '../../pieces/loss-reason.tsx';
import { ruleKey } from './rule-shape.ts';
import { CurrentRecord, SamplePlace } from './sample-place.tsx';
import { useWorkbench } from './workbench.ts';

/** A record on one side, what the dictionary makes of it on the other, while one types. */
export function SamplePanel() {
  const { t } = useTranslation();
  const { path, sample, setSample, preview } = useWorkbench();
  const canSample = useCan('dictionaries.samples');
  const samples = useRoute(listSamples, { params: { ...path } }, { enabled: canSample });
  const id = useId();
  const items = samples.data?.items ?? [];
  const take = (sampleId: string) => {
    const found = items.find((one) => one.id === sampleId);
    if (found === undefined) return;
    const text = JSON.stringify(found.input, null, 2);
    setSample({ ...sample, id: found.id, direction: found.direction, text, input: parseObject(text) });
  };
  const type = (text: string) => setSample({ ...sample, id: null, text, input: parseObject(text) });
  return (
    <>
      <div className="sample-head">
        <Select
          className="sample-choice"
          aria-label={t('dictionaries.sample')}
          placeholder={t('dictionaries.chooseSample')}
          notFoundContent={t('dictionaries.noSamples')}
          value={sample.id}
          onChange={take}
          options={(['recorded', 'test'] as const).flatMap((source) => {
            const own = items.filter((one) => one.source === source);
            const options = own.map((one) => ({ value: one.id, label: one.label }));
            return own.length === 0 ? [] : [{ label: t(`dictionaries.source.${source}`), options }];
          })}
        />
        <Segmented
          aria-label={t('dictionaries.directionHead')}
          value={sample.direction}
          onChange={(direction) => setSample({ ...sample, direction })}
          options={(['read', 'write'] as const).map((value) => ({ value, label: t(`dictionaries.run.${value}`) }))}
        />
        <SamplePlace />
      </div>
      <label htmlFor={id} className="soft">
        {t(sample.direction === 'read' ? 'dictionaries.sampleRecord' : 'dictionaries.sampleEntity')}
      </label>
      <Input.TextArea
        id={id}
        className="mono"
        spellCheck={false}
        autoSize={{ minRows: 5, maxRows: 14 }}
        status={sample.input === null && sample.text.trim() !== '' ? 'error' : ''}
        placeholder={t('dictionaries.samplePaste')}
        value={sample.text}
        onChange={(event) => type(event.target.value)}
      />
      {sample.input === null && sample.text.trim() !== '' && (
        <p className="write-error" role="alert">
          {t('dictionaries.sampleFault')}
        </p>
      )}
      {sample.direction === 'write' && <CurrentRecord />}
      <SampleResult />
      {preview.error !== null && (
        <p className="write-error" role="alert">
          {preview.error.problem.detail}
        </p>
      )}
    </>
  );
}

function SampleResult() {
  const { t } = useTranslation();
  const { preview, sample, outline, choose } = useWorkbench();
  const trace = preview.result?.trace ?? null;
  if (trace === null) {
    const hasErrors = preview.result?.problems.some((one) => one.severity === 'error') === true;
    if (sample.input !== null && preview.isBehind) return <PageSkeleton rows={4} />;
    if (sample.input === null || !hasErrors) return null;
    return <p className="soft rule-quiet">{t('dictionaries.errorsFirst')}</p>;
  }
  return (
    <section aria-label={t('dictionaries.result')} aria-busy={preview.isBehind} className="sample-result">
      <JsonView label={t('dictionaries.result')} value={trace.result} />
      {trace.events.length > 0 && (
        <>
          <h2>{t('dictionaries.lossesHere', { count: trace.events.length })}</h2>
          <ul className="lines">
            {trace.events.map((loss) => {
              const rule = outline?.rules.find((one) => one.id === loss.rule);
              return (
                <li key={`${loss.rule} ${loss.kind} ${loss.code}`}>
                  <LossKind kind={loss.kind} />
                  <span className="line-middle">
                    <button
                      type="button"
                      className="link-button"
                      onClick={() => rule !== undefined && choose(ruleKey(rule))}
                    >
                      <code>{loss.rule}</code>
                    </button>{' '}
                    <LossReason code={loss.code} reason={loss.reason} />
                  </span>
                </li>
              );
            })}
          </ul>
        </>
      )}
    </section>
  );
}
