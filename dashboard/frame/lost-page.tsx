import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useRouteError } from 'react-router';
import { asProblem } from '../api/problem-error.ts';
import { PageHeader } from '../pieces/page-header.tsx';
import { EmptyState, ErrorState } from '../pieces/states.tsx';

export function LostPage() {
  const { t } = useTranslation();
  return (
    <>
      <PageHeader title={t('frame.lost.title')} />
      <EmptyState title={t('frame.lost.what')} text={t('frame.lost.text')}>
        <Link to="/">{t('frame.lost.home')}</Link>
      </EmptyState>
    </>
  );
}

/** A page whose code could not be loaded (a new version was installed) or that broke while drawing. */
export function RouteFailure() {
  const { t } = useTranslation();
  const thrown = useRouteError();
  return (
    <main className="page">
      <ErrorState error={asProblem(thrown)}>
        <Button onClick={() => window.location.reload()}>{t('frame.reload')}</Button>
      </ErrorState>
    </main>
  );
}
