import { QueryClient } from '@tanstack/react-query';
import { asProblem } from './problem-error.ts';

const mayHelpToRepeat = new Set(['link.lost', 'remote.timeout', 'remote.unavailable', 'storage.unavailable']);

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 5_000,
        refetchOnWindowFocus: true,
        retry: (failures, thrown) => failures < 2 && mayHelpToRepeat.has(asProblem(thrown).code),
      },
      mutations: { retry: false },
    },
  });
}
