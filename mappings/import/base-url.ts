import type { RestConnectionInput } from './rest-connection.ts';

type Steps = RestConnectionInput['steps'];

/**
 * The beginning all addresses share, a host or a setting, taken out of the steps; a step with another address keeps it
 * whole.
 */
export function withBaseUrl(steps: Steps): { baseUrl: string | null; steps: Steps } {
  const counts = new Map<string, number>();
  for (const { url } of Object.values(steps)) {
    const head = headOf(url);
    if (head !== null) counts.set(head, (counts.get(head) ?? 0) + 1);
  }
  const [first] = [...counts].toSorted((a, b) => b[1] - a[1]);
  if (first === undefined) return { baseUrl: null, steps };
  const [baseUrl] = first;
  const entries = Object.entries(steps).map(([name, step]): [string, Steps[string]] => [
    name,
    headOf(step.url) === baseUrl ? { ...step, url: restOf(step.url.slice(baseUrl.length)) } : step,
  ]);
  return { baseUrl, steps: Object.fromEntries(entries) };
}

/** A setting in front may end in a slash or not: the hub takes it off and puts one between. */
function restOf(rest: string): string {
  return rest.startsWith('/') ? rest : `/${rest}`;
}

function headOf(url: string): string | null {
  const setting = /^\{\{ config\.[\p{L}\p{N}_-]+ \}\}(?!$|[?#.{])/u.exec(url)?.[0];
  return setting ?? /^https?:\/\/[^/?#{}]+(?=\/)/u.exec(url)?.[0] ?? null;
}
