/** The search endpoint: filter groups, sorting, paging, the 10,000 cap. Pure. */
import { z } from 'zod';
import { invalidInput } from './peer-problems.ts';
import { timestampOf, type PeerProperty } from './peer-schema.ts';
import type { PeerRecord } from './peer-store.ts';

const operators = [
  ...(['EQ', 'NEQ', 'LT', 'LTE', 'GT', 'GTE', 'BETWEEN', 'IN', 'NOT_IN'] as const),
  ...(['HAS_PROPERTY', 'NOT_HAS_PROPERTY', 'CONTAINS_TOKEN', 'NOT_CONTAINS_TOKEN'] as const),
] as const;

const filter = z.strictObject({
  propertyName: z.string(),
  operator: z.enum(operators),
  value: z.string().optional(),
  highValue: z.string().optional(),
  values: z.array(z.string()).optional(),
});
type Filter = z.output<typeof filter>;

/** All six are required by the published documents, so a caller that leaves one out is refused. */
export const searchRequest = z.strictObject({
  filterGroups: z.array(z.strictObject({ filters: z.array(filter).min(1).max(6) })).max(5),
  sorts: z.array(z.string()).max(1),
  properties: z.array(z.string()),
  limit: z.int().min(0).max(200),
  after: z.string().regex(/^\d*$/),
  query: z.string().max(3000).optional(),
});
export type SearchRequest = z.output<typeof searchRequest>;

export interface SearchAnswer {
  readonly total: number;
  readonly page: readonly PeerRecord[];
  readonly next: string | null;
}

const RESULT_CAP = 10_000;

export function search(
  records: readonly PeerRecord[],
  request: SearchRequest,
  schema: ReadonlyMap<string, PeerProperty>,
): SearchAnswer {
  for (const group of request.filterGroups) for (const { propertyName } of group.filters) known(schema, propertyName);
  const offset = Number(request.after === '' ? '0' : request.after);
  if (offset + request.limit > RESULT_CAP)
    throw invalidInput(`The search endpoint cannot page past ${RESULT_CAP} results: after is ${offset}`);
  const hits = records.filter((record) => matchesAny(record, request, schema));
  const sorted = sortRecords(hits, request.sorts[0], schema);
  const page = sorted.slice(offset, offset + request.limit);
  const end = offset + page.length;
  return { total: hits.length, page, next: end < hits.length && page.length > 0 ? String(end) : null };
}

function known(schema: ReadonlyMap<string, PeerProperty>, name: string): PeerProperty {
  const property = schema.get(name);
  if (property === undefined)
    throw invalidInput(`There was a problem with the request. Property ${name} does not exist`);
  return property;
}

function matchesAny(record: PeerRecord, request: SearchRequest, schema: ReadonlyMap<string, PeerProperty>): boolean {
  const needle = request.query?.toLowerCase() ?? '';
  if (needle !== '' && !Object.values(record.properties).some((value) => value.toLowerCase().includes(needle)))
    return false;
  if (request.filterGroups.length === 0) return true;
  return request.filterGroups.some((group) =>
    group.filters.every((one) => matches(record.properties[one.propertyName], one, known(schema, one.propertyName))),
  );
}

function matches(value: string | undefined, { operator, ...operand }: Filter, property: PeerProperty): boolean {
  if (operator === 'HAS_PROPERTY') return value !== undefined && value !== '';
  if (operator === 'NOT_HAS_PROPERTY') return value === undefined || value === '';
  if (operator === 'IN' || operator === 'NOT_IN') {
    if (operand.values === undefined) throw invalidInput(`operator ${operator} needs values`);
    return operand.values.includes(value ?? '') === (operator === 'IN');
  }
  if (operand.value === undefined) throw invalidInput(`operator ${operator} needs a value`);
  if (operator === 'BETWEEN' && operand.highValue === undefined) throw invalidInput('operator BETWEEN needs highValue');
  return compareBy(operator, value, operand, property);
}

function compareBy(
  operator: Filter['operator'],
  value: string | undefined,
  operand: { value?: string | undefined; highValue?: string | undefined },
  property: PeerProperty,
): boolean {
  const isNegative = operator === 'NEQ' || operator === 'NOT_CONTAINS_TOKEN';
  if (value === undefined || value === '') return isNegative;
  const order = (other: string) => compareValues(value, other, property);
  const low = operand.value ?? '';
  const verdicts: Partial<Record<Filter['operator'], () => boolean>> = {
    EQ: () => value.toLowerCase() === low.toLowerCase() || (property.type !== 'string' && order(low) === 0),
    NEQ: () => value.toLowerCase() !== low.toLowerCase(),
    LT: () => order(low) < 0,
    LTE: () => order(low) <= 0,
    GT: () => order(low) > 0,
    GTE: () => order(low) >= 0,
    BETWEEN: () => order(low) >= 0 && order(operand.highValue ?? '') <= 0,
    CONTAINS_TOKEN: () => hasToken(value, low),
    NOT_CONTAINS_TOKEN: () => !hasToken(value, low),
  };
  return verdicts[operator]?.() ?? false;
}

/** Whole tokens, any case; `*` stands for any characters. */
function hasToken(value: string, pattern: string): boolean {
  const escaped = pattern.toLowerCase().replace(/[.+?^${}()|[\]\\]/g, '\\$&');
  const wanted = new RegExp(`^${escaped.replaceAll('*', '.*')}$`);
  const text = value.toLowerCase();
  return wanted.test(text) || text.split(/[^\p{L}\p{N}]+/u).some((token) => token !== '' && wanted.test(token));
}

function compareValues(left: string, right: string, property: PeerProperty): number {
  if (property.type === 'datetime') return (timestampOf(left) ?? 0) - (timestampOf(right) ?? 0);
  if (property.type === 'number') return Number(left) - Number(right);
  return left < right ? -1 : Number(left > right);
}

function sortRecords(
  records: readonly PeerRecord[],
  sort: string | undefined,
  schema: ReadonlyMap<string, PeerProperty>,
): PeerRecord[] {
  if (sort === undefined) return [...records].sort((a, b) => b.createdAtMs - a.createdAtMs);
  const isDescending = sort.startsWith('-');
  const property = known(schema, isDescending ? sort.slice(1) : sort);
  const ascending = (a: PeerRecord, b: PeerRecord) =>
    compareValues(a.properties[property.name] ?? '', b.properties[property.name] ?? '', property);
  return [...records].sort((a, b) => (isDescending ? -ascending(a, b) : ascending(a, b)));
}
