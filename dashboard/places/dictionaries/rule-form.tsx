import type { JsonObject, JsonValue } from '#core/contract/json.ts';
import type { RuleOutline } from '#core/contract/mapping.ts';
import { Form, Input, Segmented, Select, Switch } from 'antd';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useEntityLabel } from '../../pieces/use-entity-label.ts';
import { entityRows } from './field-rows.ts';
import { pathsOf, withPart, writtenPaths } from './rule-shape.ts';
import { ScalarField } from './scalar-field.tsx';
import { readSteps, writeSteps } from './step-shape.ts';
import { StepsEditor } from './steps-editor.tsx';
import { useWorkbench } from './workbench.ts';

interface Props {
  readonly rule: RuleOutline;
  readonly index: number;
}
const directions = ['both', 'read', 'write'] as const;
const onNulls = ['keep', 'omit', 'default', 'fail'] as const;
const onErrors = ['omit', 'null', 'default', 'fail'] as const;
const typingMs = 150;

/** Every change goes into the text a moment later, so the sample beside the form follows while one types. */
export function RuleForm({ rule, index }: Props) {
  const { t } = useTranslation();
  const { fields, outline } = useWorkbench();
  const { written, set, send } = useWrittenRule(rule, index);
  const recordOptions = useMemo(
    () => (fields?.fields ?? []).map(({ name, label }) => ({ value: name, label: `${label} · ${name}` })),
    [fields],
  );
  const entityLabel = useEntityLabel();
  const entityOptions = useMemo(
    () =>
      outline === null
        ? []
        : entityRows(outline.entity, [], (path) => entityLabel(outline.entity, path)).map(({ path, label }) => ({
            value: path,
            label: `${label} · ${path}`,
          })),
    [outline, entityLabel],
  );
  const hasConstant = written['value'] !== undefined;
  const choice = (name: 'onNull' | 'onError', values: readonly string[]) => (
    <Form.Item label={t(`dictionaries.${name}`)}>
      <Select
        aria-label={t(`dictionaries.${name}`)}
        allowClear
        placeholder={t('dictionaries.asUsual')}
        value={typeof written[name] === 'string' ? written[name] : null}
        onChange={(value: string | null) => set(name, value ?? undefined)}
        options={values.map((value) => ({
          value,
          label: t(`dictionaries.${name}s.${value}` as 'dictionaries.onNulls.keep'),
        }))}
      />
    </Form.Item>
  );
  const paths = (name: 'from' | 'to', options: readonly { value: string; label: string }[]) => (
    <Form.Item label={t(name === 'from' ? 'dictionaries.recordSide' : 'dictionaries.entitySide')}>
      <Select
        aria-label={t(name === 'from' ? 'dictionaries.recordSide' : 'dictionaries.entitySide')}
        mode="tags"
        showSearch={{ optionFilterProp: 'label' }}
        value={pathsOf(written[name])}
        onChange={(value: string[]) => set(name, writtenPaths(value))}
        options={[...options]}
      />
    </Form.Item>
  );
  return (
    <Form layout="vertical" component="div" className="rule-form" onBlur={send}>
      {paths('from', recordOptions)}
      {paths('to', entityOptions)}
      <Form.Item label={t('dictionaries.directionHead')}>
        <Segmented
          block
          aria-label={t('dictionaries.directionHead')}
          value={directions.find((one) => one === written['direction']) ?? rule.direction}
          onChange={(value) => set('direction', value)}
          options={directions.map((value) => ({ value, label: t(`dictionaries.way.${value}`) }))}
        />
      </Form.Item>
      <StepsEditor
        label={t('dictionaries.stepsHead')}
        help={t('dictionaries.stepsHelp')}
        steps={readSteps(written['steps'])}
        onChange={(steps) => set('steps', writeSteps(steps))}
      />
      <details open={written['back'] !== undefined}>
        <summary>{t('dictionaries.backHead')}</summary>
        <StepsEditor
          label={t('dictionaries.backHead')}
          help={t('dictionaries.backHelp')}
          steps={readSteps(written['back'])}
          onChange={(steps) => set('back', writeSteps(steps))}
        />
      </details>
      <details open={['default', 'required', 'onNull', 'onError', 'value'].some((name) => written[name] !== undefined)}>
        <summary>{t('dictionaries.emptyHead')}</summary>
        <ScalarField
          label={t('dictionaries.default')}
          help={t('dictionaries.defaultHelp')}
          value={written['default']}
          onChange={(value) => set('default', value)}
        />
        <Form.Item label={t('dictionaries.insist')} extra={t('dictionaries.insistHelp')}>
          <Switch
            aria-label={t('dictionaries.insist')}
            checked={written['required'] === true}
            onChange={(isOn) => set('required', isOn ? true : undefined)}
          />
        </Form.Item>
        {choice('onNull', onNulls)}
        {choice('onError', onErrors)}
        <ScalarField
          label={t('dictionaries.constant')}
          help={t(hasConstant ? 'dictionaries.constantSet' : 'dictionaries.constantHelp')}
          value={written['value']}
          onChange={(value) => set('value', value)}
        />
      </details>
      <details open={['conflict', 'group', 'note'].some((name) => written[name] !== undefined)}>
        <summary>{t('dictionaries.syncHead')}</summary>
        <WordField name="conflict" written={written} set={set} />
        <WordField name="group" written={written} set={set} />
        <WordField name="note" written={written} set={set} />
      </details>
    </Form>
  );
}

type SetPart = (name: string, value: JsonValue | undefined) => void;
interface WordProps {
  readonly name: 'conflict' | 'group' | 'note';
  readonly written: JsonObject;
  readonly set: SetPart;
}

function WordField({ name, written, set }: WordProps) {
  const { t } = useTranslation();
  const key = name === 'conflict' ? 'conflictRule' : name;
  const label = t(`dictionaries.${key}`);
  const value = typeof written[name] === 'string' ? written[name] : '';
  const write = (text: string) => set(name, text === '' ? undefined : text);
  return (
    <Form.Item label={label} extra={t(`dictionaries.${key}Help`)}>
      {name === 'note' ? (
        <Input.TextArea aria-label={label} autoSize value={value} onChange={(event) => write(event.target.value)} />
      ) : (
        <Input aria-label={label} autoComplete="off" value={value} onChange={(event) => write(event.target.value)} />
      )}
    </Form.Item>
  );
}

/** What has been typed stands until the text says the same. */
function useWrittenRule(rule: RuleOutline, index: number) {
  const { document, preview } = useWorkbench();
  const [typed, setTyped] = useState<JsonObject | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const latest = useRef<JsonObject>(rule.written);
  const onTheWay = useRef(0);
  const { applyEdits } = document;
  const apply = useRef(applyEdits);
  useEffect(() => {
    apply.current = applyEdits;
  });
  const send = useCallback(() => {
    if (timer.current === null) return;
    clearTimeout(timer.current);
    timer.current = null;
    onTheWay.current += 1;
    const settle = () => {
      onTheWay.current -= 1;
    };
    void apply.current([{ kind: 'setRule', index, rule: latest.current }]).then(settle, settle);
  }, [index]);
  // Another rule may be chosen before the pause is over; what was typed still counts. Leaving a field sends at once,
  // so that a button that moves or removes rules never comes first.
  useEffect(() => send, [send]);
  const isCaughtUp = !preview.isBehind;
  // oxlint-disable-next-line react-hooks/exhaustive-deps, react/exhaustive-effect-dependencies -- a new text is what it waits for
  useEffect(() => {
    if (isCaughtUp && timer.current === null && onTheWay.current === 0) setTyped(null);
  }, [isCaughtUp, rule.written]);
  const written = typed ?? rule.written;
  const set: SetPart = (name, value) => {
    latest.current = withPart(typed === null ? rule.written : latest.current, name, value);
    setTyped(latest.current);
    if (timer.current !== null) clearTimeout(timer.current);
    timer.current = setTimeout(send, typingMs);
  };
  return { written, set, send };
}
