import { createUser, listUsers, updateUser, type User } from '#core/contract/api/access.ts';
import { roles, type Role } from '#core/contract/permissions.ts';
import { Alert, Button, Drawer, Form, Input, Select, Switch } from 'antd';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { fieldErrors } from '../../api/problem-error.ts';
import { useRouteMutation } from '../../api/use-route.ts';
import { useMe } from '../../frame/me.tsx';
import { useLeaveGuard } from '../../pieces/use-leave-guard.ts';

interface Props {
  readonly user: User | null;
  readonly onClose: () => void;
}
interface Values {
  readonly email: string;
  readonly displayName: string;
  readonly role: Role;
  readonly extension?: string | null;
  readonly password?: string;
  readonly enabled: boolean;
}

export function UserDrawer({ user, onClose }: Props) {
  const { t } = useTranslation();
  const me = useMe();
  const [form] = Form.useForm<Values>();
  const guard = useLeaveGuard();
  const options = { refresh: [listUsers], onDone: () => guard.clear(onClose) };
  const create = useRouteMutation(createUser, options);
  const update = useRouteMutation(updateUser, options);
  const error = create.error ?? update.error;
  useEffect(() => {
    form.setFields(
      Object.entries(fieldErrors(error)).map(([name, message]) => ({ name: name as never, errors: [message] })),
    );
  }, [error, form]);
  const save = ({ enabled, password, extension, ...plain }: Values) => {
    const phone = (extension ?? '').trim() === '' ? null : (extension ?? null);
    if (user === null) create.mutate({ body: { ...plain, extension: phone, password: password ?? '' } });
    else {
      const secret = password === undefined || password === '' ? {} : { password };
      update.mutate({
        params: { userId: user.id },
        body: { ...plain, extension: phone, disabled: !enabled, ...secret },
      });
    }
  };
  const required = { required: true, message: t('pieces.required') };

  return (
    <Drawer open onClose={() => guard.leave(onClose)} size={440} title={user?.displayName ?? t('access.addUser')}>
      <Form
        form={form}
        name="user"
        layout="vertical"
        requiredMark={false}
        initialValues={user === null ? { role: 'agent', enabled: true } : { ...user, enabled: !user.disabled }}
        onValuesChange={guard.touch}
        onFinish={save}
      >
        {error !== null && <Alert type="error" showIcon className="form-alert" title={error.problem.detail} />}
        <Form.Item name="displayName" label={t('setUp.name')} rules={[required]}>
          <Input autoComplete="off" maxLength={120} />
        </Form.Item>
        <Form.Item
          name="email"
          label={t('setUp.email')}
          rules={[required, { type: 'email', message: t('setUp.emailFault') }]}
        >
          <Input type="email" autoComplete="off" />
        </Form.Item>
        <Form.Item name="role" label={t('access.role')} extra={t('access.roleHelp')}>
          <Select options={roles.map((value) => ({ value, label: t(`roles.${value}`) }))} />
        </Form.Item>
        <Form.Item name="extension" label={t('desk.phone.extension')} extra={t('access.extensionHelp')}>
          <Input autoComplete="off" maxLength={40} />
        </Form.Item>
        <Form.Item
          name="password"
          label={t('setUp.password')}
          extra={user === null ? t('setUp.passwordHelp') : t('access.passwordHelp')}
          rules={[...(user === null ? [required] : []), { min: 10, message: t('setUp.passwordFault') }]}
        >
          <Input.Password autoComplete="new-password" />
        </Form.Item>
        {user !== null && user.id !== me.user.id && (
          <Form.Item name="enabled" label={t('access.mayEnter')} valuePropName="checked">
            <Switch />
          </Form.Item>
        )}
        <div className="form-actions">
          <Button type="primary" htmlType="submit" loading={create.isPending || update.isPending}>
            {t('pieces.save')}
          </Button>
          <Button onClick={() => guard.leave(onClose)}>{t('pieces.cancel')}</Button>
        </div>
      </Form>
    </Drawer>
  );
}
