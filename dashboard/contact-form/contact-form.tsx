import { MinusCircleOutlined, PlusOutlined } from '@ant-design/icons';
import { Alert, Button, Form, Input, Select } from 'antd';
import { contactPhone } from '#core/contract/api/directory.ts';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { fieldErrors, type ProblemError } from '../api/problem-error.ts';
import { tidyDraft, type ContactDraft } from './contact-draft.ts';

interface Props {
  readonly name: string;
  readonly initial: ContactDraft;
  readonly error: ProblemError | null;
  readonly isSaving: boolean;
  readonly onSave: (draft: ContactDraft) => void;
  readonly onCancel: () => void;
  readonly onDirty?: () => void;
  /** The user asked for this form by key or button, so the cursor goes into it. */
  readonly takesFocus?: boolean;
}

export function ContactForm({ name, initial, error, isSaving, onSave, onCancel, onDirty, takesFocus }: Props) {
  const { t, i18n } = useTranslation();
  const [form] = Form.useForm<ContactDraft>();
  useEffect(() => {
    const faults = Object.entries(fieldErrors(error));
    form.setFields(
      faults.map(([field, message]) => ({
        name: field.split('.').map((part) => (/^\d+$/u.test(part) ? Number(part) : part)) as never,
        errors: [message],
      })),
    );
  }, [error, form]);
  const firstField = i18n.language.startsWith('zh') ? 'lastName' : 'firstName';
  useEffect(() => {
    if (takesFocus === true) form.focusField(firstField);
  }, [takesFocus, firstField, form]);
  const given = <TextField key="first" field="firstName" label={t('contact.firstName')} />;
  const family = <TextField key="last" field="lastName" label={t('contact.lastName')} />;

  return (
    <Form
      form={form}
      name={name}
      layout="vertical"
      className="one-column"
      initialValues={initial}
      disabled={isSaving}
      onValuesChange={() => onDirty?.()}
      onFinish={(values) => onSave(tidyDraft({ ...initial, ...values }))}
    >
      {error !== null && <Alert type="error" showIcon title={error.problem.detail} className="form-alert" />}
      {i18n.language.startsWith('zh') ? [family, given] : [given, family]}
      <TextField field="accountName" label={t('contact.accountName')} />
      <TextField field="jobTitle" label={t('contact.jobTitle')} />
      <PhoneRows />
      <Form.Item name="emails" label={t('contact.emails')} extra={t('contact.emailsHelp')}>
        <Select mode="tags" open={false} suffixIcon={null} tokenSeparators={[',', ' ', ';']} />
      </Form.Item>
      <TextField field="recordUrl" label={t('contact.recordUrl')} help={t('contact.recordUrlHelp')} />
      <div className="form-actions">
        <Button type="primary" htmlType="submit" loading={isSaving}>
          {t('pieces.save')}
        </Button>
        <Button onClick={onCancel}>{t('pieces.cancel')}</Button>
      </div>
    </Form>
  );
}

interface TextFieldProps {
  readonly field: keyof ContactDraft;
  readonly label: string;
  readonly help?: string;
}

function TextField({ field, label, help }: TextFieldProps) {
  return (
    <Form.Item name={field} label={label} {...(help === undefined ? {} : { extra: help })}>
      <Input autoComplete="off" />
    </Form.Item>
  );
}

function PhoneRows() {
  const { t } = useTranslation();
  const labels = contactPhone.shape.label.unwrap().options.map((label) => ({
    value: label,
    label: t(`contact.phoneLabel.${label}`),
  }));
  return (
    <Form.List name="phones">
      {(rows, { add, remove }) => (
        <fieldset className="rows">
          <legend>{t('contact.phones')}</legend>
          {rows.map((row) => (
            <div key={row.key} className="row">
              <Form.Item name={[row.name, 'label']} noStyle initialValue="work">
                <Select options={labels} aria-label={t('contact.phoneKind')} className="row-kind" />
              </Form.Item>
              <Form.Item name={[row.name, 'number']} className="row-grow">
                <Input type="tel" aria-label={t('contact.number')} autoComplete="off" />
              </Form.Item>
              <Button
                type="text"
                icon={<MinusCircleOutlined />}
                aria-label={t('contact.removeNumber')}
                onClick={() => remove(row.name)}
              />
            </div>
          ))}
          <Button type="dashed" icon={<PlusOutlined />} onClick={() => add({ number: '', label: 'work' })}>
            {t('contact.addNumber')}
          </Button>
        </fieldset>
      )}
    </Form.List>
  );
}
