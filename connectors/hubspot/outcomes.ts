/** Answers of one batch -> one outcome per change, same order. Pure. */
import type { Change, Outcome } from '#core/contract/connector.ts';
import type { HubError } from '#core/contract/errors.ts';
import type { JsonValue } from '#core/contract/json.ts';
import { z } from 'zod';
import { HubSpotRefusal, itemRefusal } from './errors.ts';
import type { VendorBatch } from './vendor.ts';

/** HubSpot stores text: lists are joined with `;`, null empties. Null = this value has no HubSpot spelling. */
export function vendorValue(value: JsonValue): string | null {
  if (value === null) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (!Array.isArray(value)) return null;
  const parts = value.map((item) => (typeof item === 'object' ? null : vendorValue(item)));
  return parts.some((part) => part === null || part.includes(';')) ? null : parts.join(';');
}

export interface VendorValues {
  readonly properties: Record<string, string>;
  /** First field that cannot be written. */
  readonly misfit: string | null;
}

export function vendorValues(change: Change): VendorValues {
  const properties: Record<string, string> = {};
  for (const [name, value] of Object.entries(change.values)) {
    const text = vendorValue(value);
    if (text === null) return { properties, misfit: name };
    properties[name] = text;
  }
  return { properties, misfit: null };
}

const withTrace = z.object({ context: z.object({ objectWriteTraceId: z.union([z.string(), z.array(z.string())]) }) });
const withIds = z.object({ context: z.object({ ids: z.array(z.string()) }) });

export interface BatchItem {
  readonly trace: string;
  /** Record id, or key, the input carried. */
  readonly id: string;
}

/** Matches results and errors to inputs by trace id; an input that neither names is in doubt. */
export function batchOutcomes(items: readonly BatchItem[], answer: VendorBatch, nowMs: number): Outcome[] {
  const outcomes = new Map<string, Outcome>();
  for (const result of answer.results)
    if (result.trace !== null) outcomes.set(result.trace, { status: 'done', recordId: result.id });
  for (const error of answer.errors) {
    const refused = itemOutcome(itemRefusal('Writing a record', error, nowMs));
    for (const trace of tracesOf(error, items)) outcomes.set(trace, refused);
  }
  return items.map(
    ({ trace }) =>
      outcomes.get(trace) ?? { status: 'inDoubt', reason: 'HubSpot did not say what became of this record.' },
  );
}

function tracesOf(error: unknown, items: readonly BatchItem[]): string[] {
  const traced = withTrace.safeParse(error).data;
  if (traced !== undefined) return [traced.context.objectWriteTraceId].flat();
  const ids = withIds.safeParse(error).data?.context.ids ?? [];
  return items.filter((item) => ids.includes(item.id)).map((item) => item.trace);
}

/** What one refusal means for the one record it is about. */
export function itemOutcome(refusal: HubSpotRefusal): Outcome {
  if (refusal.code === 'record.duplicate' && refusal.existingId !== null)
    return { status: 'duplicate', recordId: refusal.existingId };
  if (refusal.code === 'record.conflict') return { status: 'conflict', reason: refusal.message };
  if (refusal.code === 'record.gone') return { status: 'gone' };
  if (refusal.retry !== 'never')
    return { status: 'retry', afterMs: refusal.retryAfterMs ?? 0, reason: refusal.message };
  return { status: 'invalid', field: refusal.field ?? null, reason: refusal.message };
}

/** The request may have been carried out although no readable answer came. */
export const isInDoubt = (error: HubError): boolean =>
  ['link.lost', 'remote.timeout', 'remote.garbled'].includes(error.code);

/** The refusal is about the data sent, not about the account or the way to it. */
export const isAboutData = (error: unknown): error is HubSpotRefusal =>
  error instanceof HubSpotRefusal &&
  (error.scope === 'record' || error.code === 'remote.rejected') &&
  error.retry === 'never';

/** What a failure of the whole request means for one of its records. */
export function failedOutcome(error: HubError): Outcome {
  if (isInDoubt(error)) return { status: 'inDoubt', reason: error.message };
  if (isAboutData(error)) return itemOutcome(error);
  return laterOutcome(error);
}

/** Nothing was carried out: send the same again. */
export const laterOutcome = (error: HubError): Outcome => ({
  status: 'retry',
  afterMs: error.retryAfterMs ?? 0,
  reason: error.message,
});
