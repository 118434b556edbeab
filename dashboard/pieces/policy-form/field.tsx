import { Form } from 'antd';
import { useId, type ReactNode } from 'react';
import './policy-form.css';

/** What ties a control to its label, its help and its fault. */
export interface FieldIds {
  readonly id: string;
  readonly 'aria-describedby': string;
  readonly 'aria-invalid': boolean;
}
interface Props {
  readonly label: string;
  readonly help?: string | undefined;
  readonly fault?: string | undefined;
  readonly children: (ids: FieldIds) => ReactNode;
}

/** One labelled control of a draft: help below it, what the hub said of it below that. */
export function Field({ label, help, fault, children }: Props) {
  const id = useId();
  const isWrong = fault !== undefined;
  return (
    <Form.Item
      label={label}
      htmlFor={id}
      {...(help === undefined ? {} : { extra: <span id={`${id}-help`}>{help}</span> })}
      {...(isWrong ? { validateStatus: 'error' as const, help: <Fault id={`${id}-fault`} text={fault} /> } : {})}
    >
      {children({ id, 'aria-describedby': `${id}-help${isWrong ? ` ${id}-fault` : ''}`, 'aria-invalid': isWrong })}
    </Form.Item>
  );
}

interface FaultProps {
  readonly id?: string;
  readonly text: string | undefined;
}

export function Fault({ id, text }: FaultProps) {
  if (text === undefined) return null;
  return (
    <span {...(id === undefined ? {} : { id })} className="field-fault">
      {text}
    </span>
  );
}
