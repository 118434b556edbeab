import type { Route } from '#core/contract/route.ts';
import { faultsOf, InputError, type FieldFault } from './problem.ts';

export interface RawInput {
  readonly params: unknown;
  readonly query: unknown;
  readonly body: unknown;
  readonly lastEventId?: string | undefined;
}

/** Checks the parts a route declares and leaves the others out; collects the faults of all parts. */
export function readInput(route: Route, raw: RawInput): { params: unknown; query: unknown; body: unknown } {
  const faults: FieldFault[] = [];
  const query = route.streams === 'events' ? resumed(raw) : raw.query;
  const given = { params: raw.params, query, body: raw.body };
  const read = (part: 'params' | 'query' | 'body'): unknown => {
    const result = route[part]?.safeParse(given[part]);
    if (result?.success === false) faults.push(...faultsOf(result.error, part));
    // Routes with a limit of their own take whole files and clean them themselves.
    else if (route.bodyLimitBytes === undefined) faults.push(...nulFaults(result?.data, part));
    return result?.data;
  };
  const input = { params: read('params'), query: read('query'), body: read('body') };
  if (faults.length > 0) throw new InputError(faults);
  return input;
}

/** No column of the database takes the character NUL: refused here, it is the sender's fault and not a bug. */
function nulFaults(value: unknown, path: string): FieldFault[] {
  if (typeof value === 'string')
    return value.includes('\0') ? [{ field: path, message: 'must not contain the character NUL.' }] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, part]) => nulFaults(part, `${path}.${name}`));
}

/** A browser that reconnects repeats the first address and adds Last-Event-ID, so the header is the newer cursor. */
function resumed(raw: RawInput): unknown {
  if (raw.lastEventId === undefined || raw.lastEventId === '') return raw.query;
  return { ...(raw.query as object), cursor: raw.lastEventId };
}
