/** Every route of the contract. The host refuses to start unless each has exactly one handler. */
import * as access from '#core/contract/api/access.ts';
import * as connections from '#core/contract/api/connections.ts';
import * as desk from '#core/contract/api/desk.ts';
import * as dictionaries from '#core/contract/api/dictionaries.ts';
import * as directory from '#core/contract/api/directory.ts';
import * as interactions from '#core/contract/api/interactions.ts';
import * as policies from '#core/contract/api/policies.ts';
import * as system from '#core/contract/api/system.ts';
import * as writes from '#core/contract/api/writes.ts';
import type { Route } from '#core/contract/route.ts';

export const contractRoutes: readonly Route[] = [
  access,
  connections,
  desk,
  dictionaries,
  directory,
  interactions,
  policies,
  system,
  writes,
]
  .flatMap((area): unknown[] => Object.values(area))
  .filter(isRoute);

/** The files of the contract export schemas too; a route is what has a method, a path and a permission. */
function isRoute(value: unknown): value is Route {
  return typeof value === 'object' && value !== null && 'method' in value && 'path' in value && 'permission' in value;
}
