import type { Connection, ConnectorInfo } from '#core/contract/api/connections.ts';
import { probeConnection } from '#core/contract/api/connections.ts';
import type { JsonObject } from '#core/contract/json.ts';
import { Alert, Button, Form, Input } from 'antd';
import { useCallback, useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { fieldErrors, type ProblemError } from '../../api/problem-error.ts';
import { useRouteMutation } from '../../api/use-route.ts';
import { useAppearance } from '../../frame/appearance.tsx';
import { SchemaField } from '../../pieces/schema-form/schema-field.tsx';
import {
  configOf,
  fieldNamed,
  formFields,
  formName,
  valuesOf,
  type FormValues,
} from '../../pieces/schema-form/schema-fields.ts';
import { useLeaveGuard } from '../../pieces/use-leave-guard.ts';
import { ProbeChecks } from './probe-checks.tsx';

export interface ConnectionDraft {
  readonly name: string;
  readonly config: JsonObject;
  readonly skipProbe: boolean;
}
interface Props {
  readonly connector: ConnectorInfo;
  readonly connection: Connection | null;
  readonly error: ProblemError | null;
  readonly isSaving: boolean;
  /** `onSaved` frees the page of unsaved changes before it goes on. */
  readonly onSave: (draft: ConnectionDraft, onSaved: (then: () => void) => void) => void;
  readonly onCancel: () => void;
}
interface Values {
  readonly name: string;
  readonly config: FormValues;
}

/** The form a connector's schema describes. Testing and saving both mark the field at fault. */
export function ConnectionForm({ connector, connection, error, isSaving, onSave, onCancel }: Props) {
  const { t } = useTranslation();
  const { language } = useAppearance();
  const [form] = Form.useForm<Values>();
  const guard = useLeaveGuard();
  const fields = useMemo(() => formFields(connector.configSchema), [connector]);
  const initial = useMemo(() => valuesOf(fields, connection?.config ?? null), [fields, connection]);
  const mark = useCallback(
    (faults: readonly (readonly [string, string])[]) => {
      form.setFields(
        faults.flatMap(([name, message]) => {
          const field = fieldNamed(fields, name);
          return field === undefined ? [] : [{ name: ['config', formName(field)] as never, errors: [message] }];
        }),
      );
    },
    [fields, form],
  );
  const probe = useRouteMutation(probeConnection, {
    onDone: ({ checks }) =>
      mark(
        checks.flatMap((check) =>
          check.ok || check.field === undefined ? [] : [[check.field, check.detail] as const],
        ),
      ),
  });
  useEffect(
    () => mark([...Object.entries(fieldErrors(error)), ...Object.entries(fieldErrors(probe.error))]),
    [error, probe.error, mark],
  );

  const draft = (skipProbe: boolean): ConnectionDraft => {
    const values = form.getFieldsValue(true) as Values;
    return { name: values.name, config: configOf(fields, values.config), skipProbe };
  };
  const save = (skipProbe: boolean) => onSave(draft(skipProbe), guard.clear);
  const test = async () => {
    await form.validateFields();
    const { name, config } = draft(false);
    const known = connection === null ? {} : { connectionId: connection.id };
    probe.mutate({ body: { connectorId: connector.id, name, config, ...known } });
  };
  const advanced = fields.filter((field) => field.isAdvanced);
  const stored = (path: string) => connection?.secretsSet.includes(path) === true;
  const shownError = error ?? probe.error;

  return (
    <Form
      form={form}
      name="connection"
      layout="vertical"
      className="one-column"
      initialValues={{ name: connection?.name ?? connector.title[language], config: initial }}
      onValuesChange={guard.touch}
      onFinish={() => save(false)}
    >
      <Form.Item
        name="name"
        label={t('connections.name')}
        extra={t('connections.nameHelp')}
        rules={[{ required: true, message: t('pieces.required') }]}
      >
        <Input maxLength={80} autoComplete="off" />
      </Form.Item>
      <ConfigFields fields={fields.filter((field) => !field.isAdvanced)} isStored={stored} />
      {advanced.length > 0 && (
        <details className="advanced">
          <summary>{t('connections.advanced', { count: advanced.length })}</summary>
          <ConfigFields fields={advanced} isStored={stored} />
        </details>
      )}
      {shownError !== null && <Alert type="error" showIcon className="form-alert" title={shownError.problem.detail} />}
      {probe.data !== undefined && shownError === null && <ProbeChecks report={probe.data} />}
      <div className="form-actions">
        <Button type="primary" htmlType="submit" loading={isSaving}>
          {t('connections.save')}
        </Button>
        <Button onClick={() => void test().catch(() => undefined)} loading={probe.isPending}>
          {t('connections.test')}
        </Button>
        {error !== null && (
          <Button onClick={() => save(true)} disabled={isSaving}>
            {t('connections.saveAnyway')}
          </Button>
        )}
        <Button type="text" onClick={() => guard.leave(onCancel)}>
          {t('pieces.cancel')}
        </Button>
      </div>
    </Form>
  );
}

interface FieldsProps {
  readonly fields: ReturnType<typeof formFields>;
  readonly isStored: (path: string) => boolean;
}

function ConfigFields({ fields, isStored }: FieldsProps) {
  return fields.map((field) => (
    <SchemaField key={formName(field)} field={field} isStored={isStored(formName(field))} />
  ));
}
