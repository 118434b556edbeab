import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router';

/** Filters and the page live in the address, so a view can be kept, shared and gone back to. */
export function usePageQuery<const N extends string>(names: readonly N[]) {
  const [search, setSearch] = useSearchParams();
  const filters = useMemo(() => {
    const found: Partial<Record<N, string>> = {};
    for (const name of names) {
      const value = search.get(name);
      if (value !== null && value !== '') found[name] = value;
    }
    return found;
  }, [names, search]);

  const setFilters = useCallback(
    (change: Partial<Record<N, string | null | undefined>>) => {
      setSearch(
        (held) => {
          const next = new URLSearchParams(held);
          next.delete('cursor');
          next.delete('before');
          for (const [name, value] of Object.entries<string | null | undefined>(change)) {
            if (value === null || value === undefined || value === '') next.delete(name);
            else next.set(name, value);
          }
          return next;
        },
        { replace: true },
      );
    },
    [setSearch],
  );

  /** Cursors already passed stand in `before`, so "previous" works after a reload too. */
  const cursor = search.get('cursor') ?? undefined;
  const passed = search.getAll('before');
  const goNext = (nextCursor: string) => {
    const next = new URLSearchParams(search);
    next.append('before', cursor ?? '');
    next.set('cursor', nextCursor);
    setSearch(next);
  };
  const goPrevious = () => {
    const next = new URLSearchParams(search);
    next.delete('before');
    for (const one of passed.slice(0, -1)) next.append('before', one);
    const last = passed.at(-1) ?? '';
    if (last === '') next.delete('cursor');
    else next.set('cursor', last);
    setSearch(next);
  };
  return { filters, setFilters, cursor, page: passed.length + 1, goNext, goPrevious };
}
