/** How a mock answer is written down: a route and a function the compiler holds to the route's contract. */
import type { Route, RouteInput, RouteOutput } from '#core/contract/route.ts';
import type { MockHub } from './mock-hub.ts';

export interface MockProblem {
  readonly problemStatus: number;
  readonly code: string;
  readonly detail: string;
  readonly errors?: readonly { field: string; message: string }[];
}
export interface MockAnswer {
  readonly route: Route;
  readonly answer: (hub: MockHub, input: RouteInput<Route>) => unknown;
}

export function on<R extends Route>(
  route: R,
  answer: (hub: MockHub, input: RouteInput<R>) => RouteOutput<R> | MockProblem,
): MockAnswer {
  return { route, answer: (hub, input) => answer(hub, input) };
}

export const missing = (what: string): MockProblem => ({
  problemStatus: 404,
  code: 'resource.missing',
  detail: `There is no ${what} with this id. Go back to the list and open it again.`,
});
export const page = <T>(items: readonly T[]) => ({ items: [...items], nextCursor: null, total: items.length });
export const quarters = (now: number) => {
  const last = Math.floor(now / 900_000) * 900_000;
  return Array.from({ length: 96 }, (_, index) => ({ atMs: last - (95 - index) * 900_000, index }));
};
