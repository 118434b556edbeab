import { setUp, setUpState, whoAmI } from '#core/contract/api/access.ts';
import { useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Form, Input, Select } from 'antd';
import { useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, useNavigate } from 'react-router';
import { fieldErrors } from '../../api/problem-error.ts';
import { routeKey, useRoute, useRouteMutation } from '../../api/use-route.ts';
import { QueryStates } from '../../pieces/states.tsx';
import { FrontPage } from './front-page.tsx';
import { likelyRegion, regionsIn } from '../../pieces/regions.ts';

export function SetUpPage() {
  const { t } = useTranslation();
  const state = useRoute(setUpState, {});
  return (
    <QueryStates query={state}>
      {({ needed }) =>
        needed ? (
          <FrontPage title={t('setUp.title')} text={t('setUp.text')}>
            <AdministratorForm />
          </FrontPage>
        ) : (
          <Navigate to="/" replace />
        )
      }
    </QueryStates>
  );
}

interface Values {
  readonly email: string;
  readonly displayName: string;
  readonly password: string;
  readonly defaultRegion: string;
}

function AdministratorForm() {
  const { t, i18n } = useTranslation();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [form] = Form.useForm<Values>();
  const regions = useMemo(() => regionsIn(i18n.language), [i18n.language]);
  const region = useMemo(() => likelyRegion(navigator.languages), []);
  const complete = useRouteMutation(setUp, {
    onDone: (me) => {
      queries.removeQueries({ queryKey: [setUpState.id] });
      queries.setQueryData(routeKey(whoAmI, {}), me);
      void navigate('/start', { replace: true });
    },
  });
  useEffect(() => {
    form.setFields(
      Object.entries(fieldErrors(complete.error)).map(([name, message]) => ({
        name: name as never,
        errors: [message],
      })),
    );
  }, [complete.error, form]);
  const required = { required: true, message: t('pieces.required') };

  return (
    <Form
      form={form}
      name="administrator"
      layout="vertical"
      className="one-column"
      requiredMark={false}
      initialValues={{ defaultRegion: region }}
      validateTrigger="onBlur"
      onFinish={(body) => complete.mutate({ body })}
    >
      {complete.error !== null && (
        <Alert type="error" showIcon className="form-alert" title={complete.error.problem.detail} />
      )}
      <Form.Item name="displayName" label={t('setUp.name')} rules={[required]}>
        <Input autoComplete="name" />
      </Form.Item>
      <Form.Item
        name="email"
        label={t('setUp.email')}
        rules={[required, { type: 'email', message: t('setUp.emailFault') }]}
      >
        <Input type="email" autoComplete="username" />
      </Form.Item>
      <Form.Item
        name="password"
        label={t('setUp.password')}
        extra={t('setUp.passwordHelp')}
        rules={[required, { min: 10, message: t('setUp.passwordFault') }]}
      >
        <Input.Password autoComplete="new-password" />
      </Form.Item>
      <Form.Item name="defaultRegion" label={t('setUp.region')} extra={t('setUp.regionHelp')} rules={[required]}>
        <Select showSearch={{ optionFilterProp: 'label' }} options={[...regions]} />
      </Form.Item>
      <Button type="primary" size="large" htmlType="submit" block loading={complete.isPending}>
        {t('setUp.create')}
      </Button>
    </Form>
  );
}
