import { HubError } from '#core/contract/errors.ts';
import type { Route } from '#core/contract/route.ts';

/** Every route of the contract has exactly one handler, and every handler a route of the contract. */
export function assertEachRouteOnce(contract: readonly Route[], handled: readonly Route[]): void {
  const counts = Map.groupBy(handled, (route) => route.id);
  const faults = [
    ...contract.filter((route) => !counts.has(route.id)).map((route) => `${route.id} has no handler`),
    ...[...counts].filter(([, same]) => same.length > 1).map(([id, same]) => `${id} has ${same.length} handlers`),
    ...[...counts.keys()]
      .filter((id) => !contract.some((route) => route.id === id))
      .map((id) => `${id} is not a route of core/contract/api`),
  ];
  if (faults.length === 0) return;
  throw new HubError('bug', `Routes and handlers do not match: ${faults.join('; ')}. Bind each once with @Handles.`);
}
