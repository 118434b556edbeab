import { logIn, setUpState, whoAmI } from '#core/contract/api/access.ts';
import { useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { Navigate, useNavigate, useSearchParams } from 'react-router';
import type { ProblemError } from '../../api/problem-error.ts';
import { routeKey, useRoute, useRouteMutation } from '../../api/use-route.ts';
import { FrontPage } from './front-page.tsx';
import { localTarget } from './local-target.ts';

export function SignInPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [search] = useSearchParams();
  const setUp = useRoute(setUpState, {});
  const enter = useRouteMutation(logIn, {
    onDone: (me) => {
      queries.clear();
      queries.setQueryData(routeKey(whoAmI, {}), me);
      void navigate(localTarget(search.get('to')), { replace: true });
    },
  });
  if (setUp.data?.needed === true) return <Navigate to="/set-up" replace />;
  const required = { required: true, message: t('pieces.required') };
  return (
    <FrontPage title={t('signIn.title')} text={t('signIn.text')}>
      <Form
        name="sign-in"
        layout="vertical"
        className="one-column"
        requiredMark={false}
        onFinish={(body: { email: string; password: string }) => enter.mutate({ body })}
      >
        {enter.error !== null && <SignInFault error={enter.error} />}
        <Form.Item name="email" label={t('setUp.email')} rules={[required]}>
          <Input type="email" autoComplete="username" />
        </Form.Item>
        <Form.Item name="password" label={t('setUp.password')} rules={[required]}>
          <Input.Password autoComplete="current-password" />
        </Form.Item>
        <Button type="primary" size="large" htmlType="submit" block loading={enter.isPending}>
          {t('signIn.enter')}
        </Button>
      </Form>
    </FrontPage>
  );
}

function SignInFault({ error }: { readonly error: ProblemError }) {
  const { t } = useTranslation();
  const title = error.status === 401 ? t('signIn.wrong') : error.problem.detail;
  return <Alert type="error" showIcon className="form-alert" title={title} />;
}
