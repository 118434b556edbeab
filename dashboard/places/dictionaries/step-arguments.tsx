import type { JsonValue } from '#core/contract/json.ts';
import { Form, Input, InputNumber, Select, Switch } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { shortValue } from '../../pieces/short-value.ts';
import { ScalarField } from './scalar-field.tsx';
import { argumentShape, argumentsOf, writtenArgument, type ArgumentField, type Step } from './step-shape.ts';
import { TableChoice } from './table-choice.tsx';
import { useStepSummary } from './use-step-summary.ts';
import type { StepInfo } from './workbench.ts';

interface Props {
  readonly info: StepInfo | null;
  readonly step: Step;
  readonly onChange: (step: Step) => void;
}

/** A form made from the step's schema. An unknown step keeps its argument as JSON. */
export function StepArguments({ info, step, onChange }: Props) {
  const { t } = useTranslation();
  const shape = useMemo(() => argumentShape(info?.schema ?? {}), [info]);
  const values = argumentsOf(step.argument, shape);
  if (shape.fields.length === 0) {
    if (info !== null && step.argument === undefined) return <StepSummary info={info} />;
    const change = (argument: JsonValue | undefined) => onChange({ ...step, argument });
    return <ScalarField label={t('dictionaries.argument')} help="" value={step.argument} onChange={change} />;
  }
  const set = (name: string, value: JsonValue | undefined) => {
    const { [name]: _old, ...rest } = values;
    const next = value === undefined ? rest : { ...rest, [name]: value };
    onChange({ ...step, argument: writtenArgument(next, shape) });
  };
  return (
    <>
      {info !== null && <StepSummary info={info} />}
      <div className="step-arguments">
        {shape.fields.map((field) => {
          const Part = step.name === 'values' && field.name === 'table' ? TableInput : ArgumentInput;
          const change = (value: JsonValue | undefined) => set(field.name, value);
          return <Part key={field.name} field={field} value={values[field.name]} onChange={change} />;
        })}
      </div>
    </>
  );
}

function StepSummary({ info }: { readonly info: StepInfo }) {
  const summaryOf = useStepSummary();
  return (
    <p className="soft step-summary">
      {summaryOf(info)} <code>{`${info.input} → ${info.output}`}</code>
    </p>
  );
}

interface InputProps {
  readonly field: ArgumentField;
  readonly value: JsonValue | undefined;
  readonly onChange: (value: JsonValue | undefined) => void;
}

function TableInput({ field, value, onChange }: InputProps) {
  return <TableChoice label={field.name} value={value} onChange={onChange} />;
}

function ArgumentInput({ field, value, onChange }: InputProps) {
  const label = field.isRequired ? `${field.name} *` : field.name;
  const usual = field.default === undefined ? undefined : shortValue(field.default);
  if (field.kind === 'json') return <ScalarField label={label} help={field.help} value={value} onChange={onChange} />;
  return (
    <Form.Item label={label} extra={field.help === '' ? undefined : field.help}>
      {field.kind === 'choice' && (
        <Select
          size="small"
          aria-label={field.name}
          allowClear
          placeholder={usual}
          value={typeof value === 'string' ? value : null}
          onChange={(chosen: string | null) => onChange(chosen ?? undefined)}
          options={field.choices.map((one) => ({ value: one, label: one }))}
        />
      )}
      {field.kind === 'number' && (
        <InputNumber
          size="small"
          aria-label={field.name}
          placeholder={usual ?? ''}
          value={typeof value === 'number' ? value : null}
          onChange={(number) => onChange(number ?? undefined)}
        />
      )}
      {field.kind === 'switch' && (
        <Switch
          size="small"
          aria-label={field.name}
          checked={value === undefined ? field.default === true : value === true}
          onChange={onChange}
        />
      )}
      {field.kind === 'text' && (
        <Input
          size="small"
          className="mono"
          aria-label={field.name}
          placeholder={usual}
          spellCheck={false}
          value={typeof value === 'string' ? value : ''}
          onChange={(event) => onChange(event.target.value === '' ? undefined : event.target.value)}
        />
      )}
    </Form.Item>
  );
}
