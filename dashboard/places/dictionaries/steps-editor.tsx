import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined, HolderOutlined } from '@ant-design/icons';
import { Button, Form, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { StepArguments } from './step-arguments.tsx';
import type { Step } from './step-shape.ts';
import { useStepSummary } from './use-step-summary.ts';
import { useWorkbench } from './workbench.ts';

interface Props {
  readonly label: string;
  readonly help: string;
  readonly steps: readonly Step[];
  readonly onChange: (steps: readonly Step[]) => void;
}

function moved(steps: readonly Step[], from: number, to: number): readonly Step[] {
  const step = steps[from];
  if (step === undefined || to < 0 || to >= steps.length) return steps;
  return steps.toSpliced(from, 1).toSpliced(to, 0, step);
}

/** Steps in order: moved by button or by dragging, each with a form made from what it takes. */
export function StepsEditor({ label, help, steps, onChange }: Props) {
  const { t } = useTranslation();
  const { steps: known } = useWorkbench();
  const [dragged, setDragged] = useState<number | null>(null);
  const options = known.map(({ name }) => ({ value: name, label: name }));
  const replace = (index: number, step: Step) => onChange(steps.with(index, step));
  return (
    <Form.Item label={label} extra={help}>
      <ol className="steps" aria-label={label}>
        {steps.map((step, index) => (
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the buttons do the same by keyboard
          <li
            // oxlint-disable-next-line react/no-array-index-key -- a step has nothing else to be known by
            key={index}
            className="step"
            onDragOver={(event) => event.preventDefault()}
            onDrop={() => {
              if (dragged !== null) onChange(moved(steps, dragged, index));
              setDragged(null);
            }}
          >
            <div className="step-head">
              <span
                className="step-grip"
                aria-hidden
                draggable
                onDragStart={() => setDragged(index)}
                onDragEnd={() => setDragged(null)}
              >
                <HolderOutlined />
              </span>
              <StepName
                options={options}
                value={step.name}
                onChange={(name) => replace(index, { name, argument: undefined })}
              />
              <Button
                type="text"
                size="small"
                icon={<ArrowUpOutlined />}
                disabled={index === 0}
                aria-label={t('dictionaries.moveUp', { name: step.name })}
                onClick={() => onChange(moved(steps, index, index - 1))}
              />
              <Button
                type="text"
                size="small"
                icon={<ArrowDownOutlined />}
                disabled={index === steps.length - 1}
                aria-label={t('dictionaries.moveDown', { name: step.name })}
                onClick={() => onChange(moved(steps, index, index + 1))}
              />
              <Button
                type="text"
                size="small"
                icon={<DeleteOutlined />}
                aria-label={t('dictionaries.removeStep', { name: step.name })}
                onClick={() => onChange(steps.toSpliced(index, 1))}
              />
            </div>
            <StepArguments
              info={known.find((one) => one.name === step.name) ?? null}
              step={step}
              onChange={(next) => replace(index, next)}
            />
          </li>
        ))}
      </ol>
      <StepName
        options={options}
        value={null}
        placeholder={t('dictionaries.addStep')}
        onChange={(name) => onChange([...steps, { name, argument: undefined }])}
      />
    </Form.Item>
  );
}

interface StepOption {
  readonly value: string;
  readonly label: string;
}
const renderOption = ({ value }: { readonly value?: string | number | undefined }) => (
  <StepChoice name={String(value)} />
);

function StepChoice({ name }: { readonly name: string }) {
  const { t } = useTranslation();
  const info = useWorkbench().steps.find((step) => step.name === name);
  const summaryOf = useStepSummary();
  return (
    <span className="step-option">
      <strong>{name}</strong>
      {info?.isTwoWay === false && <span className="field-tag">{t('dictionaries.oneWay')}</span>}
      <span className="soft">{info !== undefined && summaryOf(info)}</span>
    </span>
  );
}

interface NameProps {
  readonly options: readonly StepOption[];
  readonly value: string | null;
  readonly placeholder?: string;
  readonly onChange: (name: string) => void;
}

function StepName({ options, value, placeholder, onChange }: NameProps) {
  const { t } = useTranslation();
  const { steps } = useWorkbench();
  const summaryOf = useStepSummary();
  return (
    <Select
      className="step-name"
      size="small"
      showSearch={{
        filterOption: (text, option) => {
          const found = steps.find((step) => step.name === option?.value);
          const words = found === undefined ? '' : `${found.summary} ${summaryOf(found)}`;
          return `${option?.value ?? ''} ${words}`.toLowerCase().includes(text.toLowerCase());
        },
      }}
      aria-label={placeholder ?? t('dictionaries.step')}
      placeholder={placeholder}
      value={value}
      popupMatchSelectWidth={360}
      onChange={(name: string) => onChange(name)}
      options={[...options]}
      optionRender={renderOption}
    />
  );
}
