/** Where to go after sign-in: only paths of this site, so a crafted link cannot send anyone elsewhere. */
export function localTarget(to: string | null): string {
  if (to === null || !/^\/(?![/\\])/u.test(to)) return '/';
  return to;
}
