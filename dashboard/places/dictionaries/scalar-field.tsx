import type { JsonValue } from '#core/contract/json.ts';
import { Form, Input } from 'antd';
import { useState } from 'react';
import { readScalar, scalarText } from './scalar-text.ts';

interface Props {
  readonly label: string;
  readonly help: string;
  readonly value: JsonValue | undefined;
  readonly onChange: (value: JsonValue | undefined) => void;
}

/** Any JSON value in one line; a plain text needs no quotes. */
export function ScalarField({ label, help, value, onChange }: Props) {
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <Form.Item label={label} extra={help}>
      <Input
        aria-label={label}
        className="mono"
        autoComplete="off"
        spellCheck={false}
        value={typed ?? scalarText(value)}
        onChange={(event) => {
          setTyped(event.target.value);
          onChange(readScalar(event.target.value));
        }}
        onBlur={() => setTyped(null)}
      />
    </Form.Item>
  );
}
