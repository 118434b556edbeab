/**
 * HubSpot's answers -> `HubError`. Body shapes: developers.hubspot.com "Error handling"; what the guide leaves out
 * (409 texts, limit policies, 423 and 477) follows answers quoted in the public issue trackers of HubSpot's SDKs.
 */
import { HubError, type HubErrorCode, type HubErrorOptions } from '#core/contract/errors.ts';
import { retryAfterMs } from '#core/kit/http-client.ts';
import { z } from 'zod';

const detail = z.object({
  message: z.string().optional(),
  code: z.string().optional(),
  context: z.record(z.string(), z.union([z.string(), z.array(z.string())])).optional(),
});
const body = z.object({
  message: z.string().optional(),
  category: z.string().optional(),
  subCategory: z.unknown().optional(),
  policyName: z.string().optional(),
  correlationId: z.string().optional(),
  context: z.record(z.string(), z.union([z.string(), z.array(z.string())])).optional(),
  errors: z.array(detail).optional(),
});
export type ErrorBody = z.output<typeof body>;

export interface VendorAnswer {
  readonly status: number;
  readonly retryAfter: string | undefined;
  readonly text: string;
}

/** A refusal in HubSpot's own words, with what an outcome needs to know of it. */
export class HubSpotRefusal extends HubError {
  readonly status: number;
  /** Of the record that already holds the unique value, when the answer names it. */
  readonly existingId: string | null;

  constructor(
    code: HubErrorCode,
    message: string,
    details: HubErrorOptions & { status: number; existingId?: string | null },
  ) {
    super(code, message, details);
    this.status = details.status;
    this.existingId = details.existingId ?? null;
  }
}

type Meaning = (
  answer: ErrorBody,
  header: VendorAnswer,
  nowMs: number,
) => readonly [HubErrorCode, string, HubErrorOptions];

const unavailable =
  (words: string, waitMs?: number): Meaning =>
  (_answer, { retryAfter }, nowMs) => {
    const wait = retryAfterMs(retryAfter, nowMs) ?? waitMs;
    const retry: HubErrorOptions = wait === undefined ? { retry: 'soon' } : { retry: 'after', retryAfterMs: wait };
    return ['remote.unavailable', words, { ...retry, scope: 'connection' }];
  };

const serverFault = unavailable('HubSpot has a fault of its own; the hub tries again.');

const byStatus: Readonly<Record<number, Meaning>> = {
  400: invalid,
  401: ({ category }) =>
    category === 'EXPIRED_AUTHENTICATION'
      ? ['auth.expired', 'the access token has expired; make a new one in HubSpot and enter it here.', atToken]
      : ['auth.rejected', 'the access token was refused; check that it was copied whole and not revoked.', atToken],
  403: forbidden,
  404: () => ['record.gone', 'there is no such record or property any more.', { scope: 'record' }],
  409: (answer) => [
    existingIdIn(answer.message) === null ? 'record.conflict' : 'record.duplicate',
    answer.message ?? 'the record collides with another one.',
    { scope: 'record' },
  ],
  423: unavailable('HubSpot has locked the data for a moment.', 2000),
  429: limited,
  // "Migration in progress": the account moves between data centres; the wait comes in Retry-After, up to a day.
  477: unavailable('HubSpot is moving this account to another data centre.', 60_000),
};

const atToken: HubErrorOptions = { field: 'accessToken', scope: 'connection' };

export function refusalOf(what: string, answer: VendorAnswer, nowMs: number): HubError {
  const parsed = parseBody(answer.text);
  if (parsed === null && answer.status < 500) return garbled(what, answer);
  return refusal(what, parsed ?? {}, answer, nowMs);
}

/** The same for one item of a batch: there the category stands in for the status. */
export function itemRefusal(what: string, item: unknown, nowMs: number): HubSpotRefusal {
  const parsed = body.safeParse(item).data ?? {};
  const status = statusOfCategory[parsed.category ?? ''] ?? 400;
  return refusal(what, parsed, { status, retryAfter: undefined, text: '' }, nowMs);
}

const statusOfCategory: Readonly<Record<string, number>> = {
  CONFLICT: 409,
  OBJECT_ALREADY_EXISTS: 409,
  OBJECT_NOT_FOUND: 404,
  RATE_LIMITS: 429,
  INTERNAL_ERROR: 500,
  MISSING_SCOPES: 403,
};

function refusal(what: string, parsed: ErrorBody, answer: VendorAnswer, nowMs: number): HubSpotRefusal {
  const other: Meaning = (said) => ['remote.rejected', said.message ?? 'HubSpot refused the request.', {}];
  const meaning = byStatus[answer.status] ?? (answer.status >= 500 ? serverFault : other);
  const [code, words, options] = meaning(parsed, answer, nowMs);
  const trace = parsed.correlationId === undefined ? '' : ` HubSpot's reference: ${parsed.correlationId.slice(0, 60)}.`;
  return new HubSpotRefusal(code, `${what} was answered with ${answer.status}: ${shortened(words)}${trace}`, {
    ...options,
    status: answer.status,
    existingId: existingIdIn(parsed.message),
  });
}

export function garbled(what: string, answer: { status: number; text: string }): HubError {
  return new HubError(
    'remote.garbled',
    `${what} was answered with ${answer.status} and something that is not HubSpot's JSON (${answer.text.length} characters). Check the API address; a proxy may be in the way.`,
    { retry: 'soon', field: 'baseUrl' },
  );
}

function invalid(answer: ErrorBody): readonly [HubErrorCode, string, HubErrorOptions] {
  const faults = propertyFaults(answer);
  const [first] = faults;
  if (existingIdIn(answer.message) !== null) return ['record.duplicate', answer.message ?? '', { scope: 'record' }];
  if (first === undefined)
    return ['record.invalid', answer.message ?? 'HubSpot calls the data invalid.', { scope: 'record' }];
  const words = faults.map(({ name, reason }) => `${name}: ${reason}`).join('; ');
  return ['record.invalid', words, { scope: 'record', field: first.name }];
}

function forbidden(answer: ErrorBody): readonly [HubErrorCode, string, HubErrorOptions] {
  const scopes = (answer.errors ?? []).flatMap(({ context = {} }) =>
    Object.entries(context).flatMap(([name, value]) => (/scopes/i.test(name) ? [value].flat() : [])),
  );
  const words =
    scopes.length === 0
      ? (answer.message ?? 'the token lacks a permission.')
      : `the token lacks the scope ${[...new Set(scopes)].join(', ')}; add it to the private app in HubSpot.`;
  return ['permission.denied', words, atToken];
}

/** Seconds and ten-second windows pass by themselves; the day ends at the account's midnight, so it is asked again now and then. */
const waitOfPolicy: Readonly<Record<string, number>> = {
  DAILY: 15 * 60_000,
  TEN_SECONDLY_ROLLING: 10_000,
  SECONDLY: 1000,
};

function limited(
  answer: ErrorBody,
  { retryAfter }: VendorAnswer,
  nowMs: number,
): readonly [HubErrorCode, string, HubErrorOptions] {
  const policy = answer.policyName ?? (/secondly limit/i.test(answer.message ?? '') ? 'SECONDLY' : '');
  const wait = retryAfterMs(retryAfter, nowMs) ?? waitOfPolicy[policy] ?? 10_000;
  const words = `too many requests (${policy === '' ? 'limit not named' : policy}).`;
  return ['remote.rateLimited', words, { retry: 'after', retryAfterMs: wait, scope: 'connection' }];
}

/** Field faults stand in `errors`, in `context.properties`, or as JSON inside the message text. */
function propertyFaults(answer: ErrorBody): { name: string; reason: string }[] {
  const named = (answer.errors ?? []).flatMap(({ message, code, context }) => {
    const name = [context?.['propertyName'] ?? []].flat()[0];
    return name === undefined ? [] : [{ name, reason: message ?? code ?? 'not valid' }];
  });
  if (named.length > 0) return named;
  const inText = faultsInText(answer.message ?? '');
  if (inText.length > 0) return inText;
  const missing = [answer.context?.['properties'] ?? []].flat();
  return missing.map((name) => ({ name, reason: 'required' }));
}

const textFaults = z.array(
  z.object({ name: z.string(), message: z.string().optional(), error: z.string().optional() }),
);

function faultsInText(message: string): { name: string; reason: string }[] {
  const start = message.indexOf('[{');
  if (start < 0) return [];
  const parsed = textFaults.safeParse(parseJson(message.slice(start)));
  return (parsed.data ?? []).map(({ name, message: words, error }) => ({
    name,
    reason: words ?? error ?? 'not valid',
  }));
}

/** `Contact already exists. Existing ID: 12345`, or `… on 1. 12345 already has that value.` for unique properties. */
function existingIdIn(message: string | undefined): string | null {
  const hit =
    /Existing ID:\s*(\d{1,20})/i.exec(message ?? '') ?? /(\d{1,20}) already has that value/i.exec(message ?? '');
  return hit?.[1] ?? null;
}

function parseBody(text: string): ErrorBody | null {
  const parsed = body.safeParse(parseJson(text));
  return parsed.success ? parsed.data : null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const shortened = (text: string): string => (text.length > 400 ? `${text.slice(0, 400)}…` : text);
