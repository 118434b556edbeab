import { setUpState, whoAmI } from '#core/contract/api/access.ts';
import { Navigate, useLocation } from 'react-router';
import { useRoute } from '../api/use-route.ts';
import { ErrorState, PageSkeleton } from '../pieces/states.tsx';
import { MeContext } from './me.tsx';
import { homeOf } from './places.ts';
import { Shell } from './shell.tsx';

/** Lets the signed-in through to the pages; a fresh hub goes to set-up, everyone else to sign in. */
export function Gate() {
  const location = useLocation();
  const me = useRoute(whoAmI, {});
  const isSignedOut = me.error?.status === 401;
  const setUp = useRoute(setUpState, {}, { enabled: isSignedOut });

  if (me.data !== undefined && !isSignedOut) {
    return (
      <MeContext.Provider value={me.data}>
        <Shell />
      </MeContext.Provider>
    );
  }
  if (isSignedOut && setUp.data !== undefined) {
    if (setUp.data.needed) return <Navigate to="/set-up" replace />;
    const to = location.pathname + location.search;
    return <Navigate to={to === '/' ? '/sign-in' : `/sign-in?to=${encodeURIComponent(to)}`} replace />;
  }
  const error = isSignedOut ? setUp.error : me.error;
  if (error !== null) {
    return (
      <main className="page">
        <ErrorState error={error} onRetry={() => void (isSignedOut ? setUp.refetch() : me.refetch())} />
      </main>
    );
  }
  return <PageSkeleton />;
}

export function Home() {
  const me = useRoute(whoAmI, {});
  return me.data === undefined ? <PageSkeleton /> : <Navigate to={homeOf[me.data.user.role]} replace />;
}
