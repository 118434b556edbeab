import { whoAmI } from '#core/contract/api/access.ts';
import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { asProblem } from './problem-error.ts';

const mayHelpToRepeat = new Set(['link.lost', 'remote.timeout', 'remote.unavailable', 'storage.unavailable']);

export function createQueryClient(): QueryClient {
  /** A session that ended is noticed by whichever call comes first; the gate then asks to sign in again. */
  const noteEnd = (thrown: unknown) => {
    if (asProblem(thrown).status === 401) void client.invalidateQueries({ queryKey: [whoAmI.id] });
  };
  const client = new QueryClient({
    queryCache: new QueryCache({
      onError: (thrown, query) => {
        if (query.queryKey[0] !== whoAmI.id) noteEnd(thrown);
      },
    }),
    mutationCache: new MutationCache({ onError: noteEnd }),
    defaultOptions: {
      queries: {
        staleTime: 5_000,
        refetchOnWindowFocus: true,
        retry: (failures, thrown) => failures < 2 && mayHelpToRepeat.has(asProblem(thrown).code),
      },
      mutations: { retry: false },
    },
  });
  return client;
}
