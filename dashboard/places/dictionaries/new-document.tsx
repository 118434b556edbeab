import { listConnectors } from '#core/contract/api/connections.ts';
import { getDictionary, listDictionaries, saveDraft } from '#core/contract/api/dictionaries.ts';
import { entityKinds, type EntityKind } from '#core/contract/entities.ts';
import { Alert, Button, Drawer, Form, Input, Radio, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useRoute, useRouteMutation } from '../../api/use-route.ts';
import { useAppearance } from '../../frame/appearance.tsx';
import { newDictionary, newValueTable } from './new-text.ts';

interface Values {
  readonly kind: 'dictionary' | 'values';
  readonly connector: string;
  readonly object: string;
  readonly document: string;
  readonly entity: EntityKind;
}
interface Props {
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

const fileName = /^[a-z0-9][a-z0-9-]{0,60}$/u;

export function NewDocument({ isOpen, onClose }: Props) {
  const { t } = useTranslation();
  return (
    <Drawer open={isOpen} onClose={onClose} size={440} title={t('dictionaries.add')} destroyOnHidden>
      <NewDocumentForm onClose={onClose} />
    </Drawer>
  );
}

function NewDocumentForm({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const { language } = useAppearance();
  const navigate = useNavigate();
  const [form] = Form.useForm<Values>();
  const kind = Form.useWatch('kind', form) ?? 'dictionary';
  const connectors = useRoute(listConnectors, {});
  const taken = useRoute(listDictionaries, {});
  const make = useRouteMutation(saveDraft, { refresh: [listDictionaries, getDictionary] });
  const required = { required: true, message: t('pieces.required') };
  const begin = (values: Values) => {
    const connector = values.kind === 'values' ? 'shared' : values.connector;
    const name = `${connector}/${values.document}`;
    if (taken.data?.items.some((one) => one.name === name) === true) {
      form.setFields([{ name: 'document', errors: [t('dictionaries.nameTaken')] }]);
      return;
    }
    const text = values.kind === 'values' ? newValueTable(values.document) : newDictionary(values);
    make.mutate(
      { params: { connector, document: values.document }, body: { text, tests: null, revision: null } },
      {
        onSuccess: () => {
          onClose();
          void navigate(`/dictionaries/${connector}/${values.document}?panel=suggest`);
        },
      },
    );
  };
  return (
    <Form
      form={form}
      name="new-document"
      layout="vertical"
      initialValues={{ kind: 'dictionary', entity: 'contact' }}
      onFinish={begin}
    >
      <Form.Item name="kind" label={t('dictionaries.kind')}>
        <Radio.Group
          options={(['dictionary', 'values'] as const).map((value) => ({
            value,
            label: t(`dictionaries.kinds.${value}`),
          }))}
        />
      </Form.Item>
      {kind === 'dictionary' && (
        <>
          <Form.Item name="connector" label={t('dictionaries.connector')} rules={[required]}>
            <Select
              showSearch={{ optionFilterProp: 'label' }}
              options={(connectors.data?.items ?? []).map((one) => ({ value: one.id, label: one.title[language] }))}
            />
          </Form.Item>
          <Form.Item
            name="object"
            label={t('dictionaries.object')}
            extra={t('dictionaries.objectHelp')}
            rules={[required]}
          >
            <Input autoComplete="off" />
          </Form.Item>
          <Form.Item name="entity" label={t('dictionaries.entity')} extra={t('dictionaries.entityHelp')}>
            <Select options={entityKinds.map((value) => ({ value, label: t(`entity.${value}.kind`) }))} />
          </Form.Item>
        </>
      )}
      <Form.Item
        name="document"
        label={t('dictionaries.fileName')}
        extra={t('dictionaries.fileNameHelp')}
        validateTrigger="onBlur"
        rules={[required, { pattern: fileName, message: t('dictionaries.fileNameFault') }]}
      >
        <Input autoComplete="off" />
      </Form.Item>
      {make.error !== null && <Alert type="error" showIcon className="form-alert" title={make.error.problem.detail} />}
      <div className="form-actions">
        <Button type="primary" htmlType="submit" loading={make.isPending}>
          {t('dictionaries.begin')}
        </Button>
        <Button type="text" onClick={onClose}>
          {t('pieces.cancel')}
        </Button>
      </div>
    </Form>
  );
}
