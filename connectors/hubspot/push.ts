/**
 * Writes with exactly one effect. A new record is upserted by the hub's own unique property, so a repeat finds the
 * first one; a known one is updated by id. Associations follow: both steps may be repeated without harm.
 */
import type { Change, Outcome } from '#core/contract/connector.ts';
import { asHubError, type HubError } from '#core/contract/errors.ts';
import type { HubSpotObject } from './objects.ts';
import {
  batchOutcomes,
  failedOutcome,
  isAboutData,
  isInDoubt,
  itemOutcome,
  laterOutcome,
  vendorValues,
  type BatchItem,
} from './outcomes.ts';
import { itemRefusal } from './errors.ts';
import type { Vendor, VendorWrite } from './vendor.ts';

export const BATCH_SIZE = 100;

export interface PushContext {
  readonly vendor: Vendor;
  readonly object: HubSpotObject;
  readonly keyProperty: string;
  /** Makes sure the key property exists; called before the first create. */
  readonly prepare: () => Promise<void>;
  readonly now: () => number;
}

interface Item {
  readonly index: number;
  readonly change: Change;
  readonly properties: Record<string, string>;
}

export async function pushChanges(context: PushContext, batch: readonly Change[]): Promise<readonly Outcome[]> {
  const outcomes = new Map<number, Outcome>();
  const items: Item[] = [];
  for (const [index, change] of batch.entries()) {
    const { properties, misfit } = vendorValues(change);
    if (misfit === null) items.push({ index, change, properties });
    else
      outcomes.set(index, {
        status: 'invalid',
        field: misfit,
        reason: `HubSpot cannot hold this kind of value in ${misfit}.`,
      });
  }
  const failures: unknown[] = [];
  for (const round of rounds(items)) {
    const unprepared = await failedPreparation(context, round);
    if (unprepared !== null) {
      failures.push(unprepared);
      for (const { index } of round) outcomes.set(index, laterOutcome(unprepared));
      continue;
    }
    try {
      for (const [index, outcome] of await writeRound(context, round)) outcomes.set(index, outcome);
    } catch (thrown) {
      failures.push(thrown);
      const outcome = failedOutcome(asHubError(thrown));
      for (const { index } of round) outcomes.set(index, outcome);
    }
  }
  // Nothing was written and nothing is in doubt: the whole call failed, and its error says more than single outcomes.
  const isWholeFailure = failures.length > 0 && [...outcomes.values()].every(({ status }) => status === 'retry');
  if (isWholeFailure) throw asHubError(failures[0]);
  await associate(context, items, outcomes);
  return batch.map(
    (_change, index) => outcomes.get(index) ?? { status: 'inDoubt', reason: 'no answer for this record' },
  );
}

/** Updates and upserts go separately, at most 100 at once, and never the same record twice in one request. */
function rounds(items: readonly Item[]): Item[][] {
  const made: { ids: Set<string>; isUpdate: boolean; items: Item[] }[] = [];
  for (const item of items) {
    const isUpdate = item.change.recordId !== null;
    const id = item.change.recordId ?? item.change.key;
    const last = made.findLast((round) => round.isUpdate === isUpdate);
    if (last !== undefined && last.items.length < BATCH_SIZE && !last.ids.has(id)) {
      last.ids.add(id);
      last.items.push(item);
    } else made.push({ ids: new Set([id]), isUpdate, items: [item] });
  }
  return made.map((round) => round.items);
}

/** Nothing of the round is sent before its key property is there, so a failure here leaves no doubt. */
async function failedPreparation(context: PushContext, round: readonly Item[]): Promise<HubError | null> {
  if (round[0]?.change.recordId !== null) return null;
  try {
    await context.prepare();
    return null;
  } catch (thrown) {
    return asHubError(thrown);
  }
}

type Settled = [index: number, outcome: Outcome][];

async function writeRound(context: PushContext, round: readonly Item[]): Promise<Settled> {
  const isUpdate = round[0]?.change.recordId !== null;
  if (isUpdate) return updateRound(context, round);
  return splitting(
    round,
    (part) =>
      context.vendor.upsert(
        context.object.name,
        part.map((item) => ({ ...asWrite(item), idProperty: context.keyProperty })),
      ),
    context,
  );
}

/** A change that only adds associations has nothing to update. */
async function updateRound(context: PushContext, round: readonly Item[]): Promise<Settled> {
  const written = round.filter((item) => Object.keys(item.properties).length > 0);
  const untouched: Settled = round
    .filter((item) => !written.includes(item))
    .map(({ index, change }) => [index, { status: 'done', recordId: change.recordId ?? '' }]);
  if (written.length === 0) return untouched;
  const settled = await splitting(
    written,
    (part) => context.vendor.update(context.object.name, part.map(asWrite)),
    context,
  );
  return [...untouched, ...settled];
}

const asWrite = ({ index, change, properties }: Item): VendorWrite => ({
  id: change.recordId ?? change.key,
  properties,
  trace: String(index),
});

type Send = (part: readonly Item[]) => ReturnType<Vendor['upsert']>;

/** A batch refused as a whole for its data is halved until the record at fault stands alone. */
async function splitting(part: readonly Item[], send: Send, context: PushContext): Promise<Settled> {
  const items: BatchItem[] = part.map((item) => ({
    trace: String(item.index),
    id: item.change.recordId ?? item.change.key,
  }));
  try {
    const outcomes = batchOutcomes(items, await send(part), context.now());
    return part.map(({ index }, at) => [
      index,
      outcomes[at] ?? { status: 'inDoubt', reason: 'no answer for this record' },
    ]);
  } catch (thrown) {
    if (!isAboutData(thrown)) throw thrown;
    const [only] = part;
    if (part.length === 1 && only !== undefined) return [[only.index, itemOutcome(thrown)]];
    const half = Math.ceil(part.length / 2);
    const first = await settledHalf(part.slice(0, half), send, context);
    return [...first, ...(await settledHalf(part.slice(half), send, context))];
  }
}

/** One half failing must not hide what became of the other. */
async function settledHalf(half: readonly Item[], send: Send, context: PushContext): Promise<Settled> {
  try {
    return await splitting(half, send, context);
  } catch (thrown) {
    return half.map(({ index }) => [index, failedOutcome(asHubError(thrown))]);
  }
}

async function associate(context: PushContext, items: readonly Item[], outcomes: Map<number, Outcome>): Promise<void> {
  const wanted = new Map<string, { index: number; from: string; to: string }[]>();
  for (const { index, change } of items) {
    const outcome = outcomes.get(index);
    if (outcome?.status !== 'done' && outcome?.status !== 'duplicate') continue;
    for (const { object, recordId } of change.associations ?? [])
      wanted.set(object, [...(wanted.get(object) ?? []), { index, from: outcome.recordId, to: recordId }]);
  }
  for (const [object, pairs] of wanted)
    for (let at = 0; at < pairs.length; at += BATCH_SIZE)
      await associateSome(context, { object, pairs: pairs.slice(at, at + BATCH_SIZE), outcomes });
}

interface Associating {
  readonly object: string;
  readonly pairs: readonly { index: number; from: string; to: string }[];
  readonly outcomes: Map<number, Outcome>;
}

async function associateSome(context: PushContext, { object, pairs, outcomes }: Associating): Promise<void> {
  try {
    const errors = await context.vendor.associate(context.object.name, object, pairs);
    // A record that was deleted meanwhile cannot be linked to, and never can be: the write itself stands.
    const refusals = errors.map((error) => itemRefusal(`Linking to ${object}`, error, context.now()));
    const [serious] = refusals.filter((refusal) => refusal.code !== 'record.gone');
    if (serious !== undefined) throw serious;
  } catch (thrown) {
    const error = asHubError(thrown);
    // Linking is idempotent, so a lost answer needs no look-up: the same change is simply sent again.
    const outcome: Outcome = isInDoubt(error) ? laterOutcome(error) : failedOutcome(error);
    const isAboutLink = outcome.status === 'invalid' ? { ...outcome, field: 'associations' } : outcome;
    if (outcome.status === 'gone') return;
    for (const { index } of pairs) outcomes.set(index, isAboutLink);
  }
}
