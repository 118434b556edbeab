import type { Route, RouteResult } from '#core/contract/route.ts';
import {
  keepPreviousData,
  useMutation,
  useQuery,
  useQueryClient,
  type UseMutationResult,
  type UseQueryResult,
} from '@tanstack/react-query';
import { call } from './client.ts';
import type { ProblemError } from './problem-error.ts';
import type { CallInput } from './request.ts';

interface ReadOptions {
  readonly enabled?: boolean;
  /** Asks again after so many milliseconds; `false` once the answer says nothing more will change. */
  readonly refetchMs?: number | false;
  /** Keeps the last page on screen while the next one loads. */
  readonly keepPrevious?: boolean;
}

export function routeKey(route: Route, input?: object): readonly unknown[] {
  return input === undefined ? [route.id] : [route.id, input];
}

/** Reads a route; the cache key is the route's id and its input. */
export function useRoute<R extends Route>(
  route: R,
  input: CallInput<R> & object,
  options: ReadOptions = {},
): UseQueryResult<RouteResult<R>, ProblemError> {
  return useQuery<RouteResult<R>, ProblemError>({
    queryKey: routeKey(route, input),
    queryFn: ({ signal }) => call(route, input, signal),
    ...(options.enabled === undefined ? {} : { enabled: options.enabled }),
    ...(options.refetchMs === undefined ? {} : { refetchInterval: options.refetchMs }),
    ...(options.keepPrevious === true ? { placeholderData: keepPreviousData } : {}),
  });
}

interface WriteOptions<R extends Route> {
  /** Routes whose cached answers are stale afterwards. */
  readonly refresh?: readonly Route[];
  readonly onDone?: (result: RouteResult<R>, input: CallInput<R>) => void;
}

/** Calls a route that changes something. */
export function useRouteMutation<R extends Route>(
  route: R,
  options: WriteOptions<R> = {},
): UseMutationResult<RouteResult<R>, ProblemError, CallInput<R>> {
  const queries = useQueryClient();
  return useMutation<RouteResult<R>, ProblemError, CallInput<R>>({
    mutationFn: (input) => call(route, input),
    onSuccess: async (result, input) => {
      options.onDone?.(result, input);
      await Promise.all((options.refresh ?? []).map((stale) => queries.invalidateQueries({ queryKey: [stale.id] })));
    },
  });
}
