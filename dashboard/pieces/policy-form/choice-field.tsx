import { Radio } from 'antd';
import { useId } from 'react';
import { Fault } from './field.tsx';

export interface Choice<T extends string> {
  readonly value: T;
  readonly title: string;
  /** What follows from choosing it. */
  readonly text: string;
}
interface Props<T extends string> {
  readonly label: string;
  readonly help?: string;
  readonly fault?: string | undefined;
  readonly value: T;
  readonly choices: readonly Choice<T>[];
  readonly onChange: (value: T) => void;
}

/** One of a few, each said in words: nobody has to know what a choice is called to make it. */
export function ChoiceField<T extends string>({ label, help, fault, value, choices, onChange }: Props<T>) {
  const id = useId();
  return (
    <fieldset className="choice-field">
      <legend>{label}</legend>
      {help !== undefined && <p className="soft">{help}</p>}
      <Radio.Group aria-label={label} name={id} value={value} onChange={(event) => onChange(event.target.value as T)}>
        {choices.map((choice) => (
          <Radio key={choice.value} value={choice.value}>
            <span className="choice-words">
              <span>{choice.title}</span>
              <span className="soft">{choice.text}</span>
            </span>
          </Radio>
        ))}
      </Radio.Group>
      <Fault text={fault} />
    </fieldset>
  );
}
