import type { whoAmI } from '#core/contract/api/access.ts';
import type { RouteOutput } from '#core/contract/route.ts';

export type Me = RouteOutput<typeof whoAmI>;
