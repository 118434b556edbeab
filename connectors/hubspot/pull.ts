/**
 * Changed contacts, oldest first, by search. Paging is by key (time, then id inside one millisecond) and never by offset:
 * offsets shift while records move, and end at 10,000. Pure but for the searches handed in.
 */
import type { Page, RemoteRecord } from '#core/contract/connector.ts';
import type { JsonValue } from '#core/contract/json.ts';
import { z } from 'zod';
import type { HubSpotObject } from './objects.ts';
import type { VendorRecord, VendorSearch } from './vendor.ts';

const PAGE = 100;
/** The search index lags behind the store; what was caught up is asked for again this far back. */
const OVERLAP_MS = 60_000;

const cursorShape = z.object({
  sinceMs: z.number(),
  /** Set while the records of exactly `sinceMs` are being listed: the highest id seen. */
  tieAfterId: z.string().nullable(),
});
type Cursor = z.output<typeof cursorShape>;

export interface PullContext {
  readonly object: HubSpotObject;
  readonly properties: readonly string[];
  readonly search: (search: VendorSearch) => Promise<readonly VendorRecord[]>;
  readonly asRemote: (record: VendorRecord) => RemoteRecord;
}

export async function pullPage(context: PullContext, stored: JsonValue | null): Promise<Page> {
  const cursor = cursorShape.safeParse(stored).data ?? { sinceMs: 0, tieAfterId: null };
  return cursor.tieAfterId === null ? nextByTime(context, cursor) : nextOfTie(context, cursor, cursor.tieAfterId);
}

async function nextByTime(context: PullContext, cursor: Cursor): Promise<Page> {
  const found = await search(context, { operator: 'GT', timeMs: cursor.sinceMs });
  const last = found.at(-1);
  const lastMs = last === undefined ? cursor.sinceMs : modifiedMs(context, last);
  if (found.length < PAGE) {
    const caughtUp = Math.max(cursor.sinceMs, lastMs - OVERLAP_MS);
    return page(context, found, { sinceMs: caughtUp, tieAfterId: null }, false);
  }
  // More records may share the last millisecond than fit on the page: that millisecond is listed by id next.
  const whole = found.filter((record) => modifiedMs(context, record) !== lastMs);
  return page(context, whole, { sinceMs: lastMs, tieAfterId: '0' }, true);
}

/** The very value the search compares; the envelope's `updatedAt` may differ from it. */
function modifiedMs({ object }: PullContext, record: VendorRecord): number {
  const said = Date.parse(record.properties[object.modifiedProperty] ?? '');
  return Number.isNaN(said) ? (record.updatedAtMs ?? 0) : said;
}

async function nextOfTie(context: PullContext, cursor: Cursor, afterId: string): Promise<Page> {
  const found = await search(context, { operator: 'EQ', timeMs: cursor.sinceMs, afterId });
  const next = found.length < PAGE ? null : (found.at(-1)?.id ?? null);
  return page(context, found, { sinceMs: cursor.sinceMs, tieAfterId: next }, true);
}

function search(
  { object, properties, search: send }: PullContext,
  range: { operator: 'EQ' | 'GT'; timeMs: number; afterId?: string },
): Promise<readonly VendorRecord[]> {
  const byTime = { propertyName: object.modifiedProperty, operator: range.operator, value: String(range.timeMs) };
  const byId = { propertyName: 'hs_object_id', operator: 'GT' as const, value: range.afterId ?? '0' };
  return send({
    filterGroups: [range.afterId === undefined ? [byTime] : [byTime, byId]],
    sort: range.afterId === undefined ? object.modifiedProperty : 'hs_object_id',
    properties: [...new Set([...properties, object.modifiedProperty])],
    limit: PAGE,
  });
}

function page(context: PullContext, found: readonly VendorRecord[], cursor: Cursor, more: boolean): Page {
  return { records: found.map((record) => context.asRemote(record)), deletedIds: [], cursor, more };
}
