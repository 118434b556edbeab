import type { whoAmI } from '#core/contract/api/access.ts';
import type { Permission } from '#core/contract/permissions.ts';
import type { RouteResult } from '#core/contract/route.ts';
import { createContext, useContext } from 'react';

export type Me = RouteResult<typeof whoAmI>;
export const MeContext = createContext<Me | null>(null);

export function useMe(): Me {
  const me = useContext(MeContext);
  if (me === null) throw new Error('useMe outside a signed-in page');
  return me;
}

export function useCan(permission: Permission): boolean {
  return useMe().permissions.includes(permission);
}
