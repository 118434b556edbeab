/** Sorts one batch of owed writes into creates, updates and those with nothing to do. Pure. */
import type { Change, RemoteRecord } from '#core/contract/connector.ts';
import type { JsonObject } from '#core/contract/json.ts';
import { planUpdate } from './update-merge.ts';

export type Association = { readonly object: string; readonly recordId: string };

/** One owed write with what its dictionary made of it. */
export interface OwedWrite {
  readonly id: string;
  readonly key: string;
  readonly mode: 'upsert' | 'createOnly';
  readonly desired: JsonObject;
  readonly associations: readonly Association[];
}

/** Where the record of a key already stands on the other side. */
export interface RecordLink {
  readonly recordId: string;
  readonly base: JsonObject;
  readonly associations: readonly Association[];
}

export interface PlannedPush {
  readonly write: OwedWrite;
  readonly change: Change;
  readonly kept: readonly string[];
  readonly nextBase: JsonObject;
}

export interface PushPlan {
  readonly push: readonly PlannedPush[];
  /** Nothing to send: the other side already says so, or may not be touched again. */
  readonly settled: readonly {
    readonly write: OwedWrite;
    readonly recordId: string;
    readonly kept: readonly string[];
    readonly nextBase: JsonObject;
  }[];
  /** The link points at a record that is no longer there. */
  readonly gone: readonly OwedWrite[];
}

export function planPush(
  writes: readonly OwedWrite[],
  links: ReadonlyMap<string, RecordLink>,
  remotes: ReadonlyMap<string, RemoteRecord>,
): PushPlan {
  const plan = { push: [] as PlannedPush[], settled: [] as PushPlan['settled'][number][], gone: [] as OwedWrite[] };
  for (const write of writes) {
    const link = links.get(write.key);
    if (link === undefined) plan.push.push(create(write));
    else if (write.mode === 'createOnly')
      plan.settled.push({ write, recordId: link.recordId, kept: [], nextBase: link.base });
    else planLinked({ write, link, remote: remotes.get(link.recordId), plan });
  }
  return plan;
}

function create(write: OwedWrite): PlannedPush {
  const change: Change = { key: write.key, recordId: null, values: write.desired, associations: write.associations };
  return { write, change, kept: [], nextBase: write.desired };
}

interface Linked {
  write: OwedWrite;
  link: RecordLink;
  remote: RemoteRecord | undefined;
  plan: { push: PlannedPush[]; settled: PushPlan['settled'][number][]; gone: OwedWrite[] };
}

function planLinked({ write, link, remote, plan }: Linked): void {
  if (remote === undefined) {
    plan.gone.push(write);
    return;
  }
  const { patch, kept, nextBase } = planUpdate(link.base, remote.values, write.desired);
  const missing = write.associations.filter((wanted) => !link.associations.some((has) => sameAssociation(has, wanted)));
  if (Object.keys(patch).length === 0 && missing.length === 0) {
    plan.settled.push({ write, recordId: link.recordId, kept, nextBase });
    return;
  }
  const change: Change = { key: write.key, recordId: link.recordId, values: patch, associations: missing };
  plan.push.push({ write, change, kept, nextBase });
}

function sameAssociation(left: Association, right: Association): boolean {
  return left.object === right.object && left.recordId === right.recordId;
}
