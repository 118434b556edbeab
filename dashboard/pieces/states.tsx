/** The four states every list and page has: loading, empty, error, content. The last one is the page itself. */
import { InboxOutlined, WarningOutlined } from '@ant-design/icons';
import type { UseQueryResult } from '@tanstack/react-query';
import { Button, Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProblemError } from '../api/problem-error.ts';
import { useWord } from './use-word.ts';

export function PageSkeleton({ rows = 6 }: { readonly rows?: number }) {
  return (
    <div className="state-skeleton" aria-busy="true">
      <Skeleton active title paragraph={{ rows }} />
    </div>
  );
}

interface EmptyProps {
  readonly title: string;
  /** What this place is for, and the one next step. */
  readonly text: string;
  readonly children?: ReactNode;
  readonly icon?: ReactNode;
}

export function EmptyState({ title, text, children, icon }: EmptyProps) {
  return (
    <div className="state">
      <div className="state-icon" aria-hidden>
        {icon ?? <InboxOutlined />}
      </div>
      <h2>{title}</h2>
      <p>{text}</p>
      {children}
    </div>
  );
}

interface ErrorProps {
  readonly error: ProblemError;
  readonly onRetry?: () => void;
  readonly children?: ReactNode;
}

export function ErrorState({ error, onRetry, children }: ErrorProps) {
  const { t } = useTranslation();
  const word = useWord();
  const mend = word(`errors.mend.${error.code.replace('.', '-')}`, t('errors.mendAny'));
  return (
    <div className="state state-error" role="alert">
      <div className="state-icon" aria-hidden>
        <WarningOutlined />
      </div>
      <h2>{t('errors.title')}</h2>
      <p>{error.problem.detail}</p>
      <p className="soft">{mend}</p>
      <p className="soft">
        <code>{error.code}</code>
      </p>
      {onRetry !== undefined && <Button onClick={onRetry}>{t('errors.retry')}</Button>}
      {children}
    </div>
  );
}

interface QueryStatesProps<T> {
  readonly query: UseQueryResult<T, ProblemError>;
  readonly isEmpty?: (data: T) => boolean;
  readonly empty?: ReactNode;
  readonly skeletonRows?: number;
  readonly children: (data: T) => ReactNode;
}

/** Chooses the state of a query. Content that is already on screen stays while a refresh fails. */
export function QueryStates<T>({ query, isEmpty, empty, skeletonRows, children }: QueryStatesProps<T>) {
  if (query.data !== undefined) {
    return isEmpty?.(query.data) === true && empty !== undefined ? empty : children(query.data);
  }
  if (query.error !== null) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  return <PageSkeleton {...(skeletonRows === undefined ? {} : { rows: skeletonRows })} />;
}
