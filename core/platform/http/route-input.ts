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
    return result?.data;
  };
  const input = { params: read('params'), query: read('query'), body: read('body') };
  if (faults.length > 0) throw new InputError(faults);
  return input;
}

/** A browser that reconnects repeats the first address and adds Last-Event-ID, so the header is the newer cursor. */
function resumed(raw: RawInput): unknown {
  if (raw.lastEventId === undefined || raw.lastEventId === '') return raw.query;
  return { ...(raw.query as object), cursor: raw.lastEventId };
}
