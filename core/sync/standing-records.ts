/**
 * What stands on the other side already, read before anything is written. A read that fails for one write is that
 * write's fault alone; only an outage stops the whole batch.
 */
import type { RemoteRecord } from '#core/contract/connector.ts';
import { asHubError, type HubError } from '#core/contract/errors.ts';
import { isOutage } from './outbox-state.ts';
import type { RecordLink } from './push-plan.ts';

export interface Unread<W> {
  readonly write: W;
  readonly error: HubError;
}

type Keyed = { readonly key: string };

/** Looks a write in doubt up by its key. Answers the writes nobody can read now. */
export async function findDoubted<W extends Keyed>(
  doubted: readonly W[],
  find: (key: string) => Promise<RemoteRecord | null>,
  found: (write: W, record: RemoteRecord) => void,
): Promise<Unread<W>[]> {
  const unread: Unread<W>[] = [];
  for (const write of doubted) {
    try {
      const record = await find(write.key);
      if (record !== null) found(write, record);
    } catch (thrown) {
      unread.push({ write, error: recordFault(thrown) });
    }
  }
  return unread;
}

/** Reads the records of all linked writes at once; a batch refused as a whole is halved until the one at fault stands alone. */
export async function readLinked<W extends Keyed>(
  writes: readonly W[],
  links: ReadonlyMap<string, RecordLink>,
  read: (ids: string[]) => Promise<readonly RemoteRecord[]>,
): Promise<{ remotes: Map<string, RemoteRecord>; unread: Unread<W>[] }> {
  const linked = writes.filter(({ key }) => links.has(key));
  const [first] = linked;
  if (first === undefined) return { remotes: new Map(), unread: [] };
  try {
    const records = await read(linked.flatMap(({ key }) => links.get(key)?.recordId ?? []));
    return { remotes: new Map(records.map((record) => [record.id, record])), unread: [] };
  } catch (thrown) {
    const error = recordFault(thrown);
    if (linked.length === 1) return { remotes: new Map(), unread: [{ write: first, error }] };
    const half = Math.ceil(linked.length / 2);
    const left = await readLinked(linked.slice(0, half), links, read);
    const right = await readLinked(linked.slice(half), links, read);
    return { remotes: new Map([...left.remotes, ...right.remotes]), unread: [...left.unread, ...right.unread] };
  }
}

function recordFault(thrown: unknown): HubError {
  const error = asHubError(thrown);
  if (isOutage(error.code)) throw error;
  return error;
}
