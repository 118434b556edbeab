import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProblemError } from '../api/problem-error.ts';
import { Pager } from './pager.tsx';
import { EmptyState, QueryStates } from './states.tsx';
import type { usePageQuery } from './use-page-query.ts';

interface PageOf<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
  readonly total: number | null;
}
interface Props<T> {
  readonly list: UseQueryResult<PageOf<T>, ProblemError>;
  readonly paging: Pick<ReturnType<typeof usePageQuery>, 'filters' | 'page' | 'goNext' | 'goPrevious'>;
  /** Said when there is nothing at all; under filters another sentence stands in. */
  readonly empty: { readonly title: string; readonly text: string; readonly icon?: ReactNode };
  readonly children: (items: readonly T[]) => ReactNode;
}

/** One page of a long list, in each of its states, and the way to the next. */
export function PagedList<T>({ list, paging, empty, children }: Props<T>) {
  const { t } = useTranslation();
  const { filters, page, goNext, goPrevious } = paging;
  const isFiltered = Object.keys(filters).length > 0;
  const said = isFiltered
    ? { ...empty, title: t('interactions.noneFiltered'), text: t('interactions.noneFilteredText') }
    : empty;
  return (
    <QueryStates query={list} isEmpty={({ items }) => items.length === 0} empty={<EmptyState {...said} />}>
      {({ items, nextCursor, total }) => (
        <>
          {children(items)}
          <Pager page={page} total={total} nextCursor={nextCursor} onNext={goNext} onPrevious={goPrevious} />
        </>
      )}
    </QueryStates>
  );
}
