import { createApiKey, listApiKeys } from '#core/contract/api/access.ts';
import { roles, type Role } from '#core/contract/permissions.ts';
import { Alert, Button, Form, Input, Modal, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useRouteMutation } from '../../api/use-route.ts';
import { CopyId } from '../../pieces/copy-id.tsx';

/** The secret is on screen until this closes, and never again. */
export function NewApiKey({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const create = useRouteMutation(createApiKey, { refresh: [listApiKeys] });
  const isMade = create.data !== undefined;
  return (
    <Modal open onCancel={onClose} footer={null} mask={{ closable: !isMade }} title={t('access.addKey')}>
      {create.error !== null && (
        <Alert type="error" showIcon className="form-alert" title={create.error.problem.detail} />
      )}
      {create.data === undefined ? (
        <Form
          name="api-key"
          layout="vertical"
          requiredMark={false}
          initialValues={{ role: 'operator' }}
          onFinish={(body: { name: string; role: Role }) => create.mutate({ body })}
        >
          <Form.Item
            name="name"
            label={t('access.keyName')}
            extra={t('access.keyNameHelp')}
            rules={[{ required: true, message: t('pieces.required') }]}
          >
            <Input maxLength={80} autoComplete="off" />
          </Form.Item>
          <Form.Item name="role" label={t('access.role')} extra={t('access.roleHelp')}>
            <Select options={roles.map((value) => ({ value, label: t(`roles.${value}`) }))} />
          </Form.Item>
          <div className="form-actions">
            <Button type="primary" htmlType="submit" loading={create.isPending}>
              {t('access.makeKey')}
            </Button>
            <Button onClick={onClose}>{t('pieces.cancel')}</Button>
          </div>
        </Form>
      ) : (
        <>
          <Alert type="warning" showIcon className="form-alert" title={t('access.secretOnce')} />
          <p>
            <CopyId id={create.data.secret} />
          </p>
          <div className="form-actions">
            <Button type="primary" onClick={onClose}>
              {t('access.secretKept')}
            </Button>
          </div>
        </>
      )}
    </Modal>
  );
}
