import { Form, Input, InputNumber, Select, Switch } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useAppearance } from '../../frame/appearance.tsx';
import { MapField } from './map-field.tsx';
import { formName, type FormField } from './schema-fields.ts';

interface Props {
  readonly field: FormField;
  /** A secret the hub already holds: blank keeps it. */
  readonly isStored: boolean;
}

export function SchemaField({ field, isStored }: Props) {
  const { t } = useTranslation();
  const { language } = useAppearance();
  const help = field.help?.[language];
  const rules = [
    ...(field.isRequired && !(field.kind === 'secret' && isStored)
      ? [{ required: true, message: t('pieces.required') }]
      : []),
    ...patternRule(field, t('connections.badFormat')),
  ];
  if (field.kind === 'map') {
    return <MapField name={['config', formName(field)]} title={field.title[language]} help={help ?? null} />;
  }
  return (
    <Form.Item
      name={['config', formName(field)]}
      label={field.title[language]}
      extra={help}
      rules={rules}
      validateTrigger="onBlur"
      {...(field.kind === 'switch' ? { valuePropName: 'checked' } : {})}
    >
      {input(field, { language, secretHint: isStored ? t('connections.secretKept') : undefined })}
    </Form.Item>
  );
}

function patternRule(field: FormField, message: string): readonly { pattern: RegExp; message: string }[] {
  if (field.pattern === undefined) return [];
  try {
    return [{ pattern: new RegExp(field.pattern, 'u'), message }];
  } catch {
    return [];
  }
}

interface InputWords {
  readonly language: 'en' | 'zh-CN';
  readonly secretHint: string | undefined;
}

function input(field: FormField, { language, secretHint }: InputWords): ReactNode {
  const placeholder = field.placeholder === undefined ? {} : { placeholder: field.placeholder };
  switch (field.kind) {
    case 'secret':
      return (
        <Input.Password
          autoComplete="new-password"
          {...(secretHint === undefined ? placeholder : { placeholder: secretHint })}
        />
      );
    case 'number':
      return (
        <InputNumber
          {...(field.min === undefined ? {} : { min: field.min })}
          {...(field.max === undefined ? {} : { max: field.max })}
          {...(field.isWhole ? { precision: 0 } : {})}
          {...(field.unit === null ? {} : { suffix: field.unit })}
          {...placeholder}
        />
      );
    case 'switch':
      return <Switch />;
    case 'choice':
      return (
        <Select
          allowClear={!field.isRequired && field.default === undefined}
          options={field.choices.map(({ value, title }) => ({ value, label: title[language] }))}
        />
      );
    case 'list':
      return <Select mode="tags" open={false} suffixIcon={null} tokenSeparators={[',']} {...placeholder} />;
    default:
      return (
        <Input
          autoComplete="off"
          {...(field.max === undefined ? {} : { maxLength: field.max })}
          {...(field.unit === null ? {} : { suffix: field.unit })}
          {...placeholder}
        />
      );
  }
}
