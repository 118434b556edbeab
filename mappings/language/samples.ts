import { type EntityField, entityFields } from '#core/contract/entities.ts';
import type { JsonObject, JsonValue } from '#core/contract/json.ts';
import { entityFieldAt, tableNameOf } from './check.ts';
import type { Dictionary, Rule } from './dictionary.ts';
import { compileSetter } from './path.ts';
import type { ValueTable } from './value-table.ts';

/**
 * Made-up values for trying rules out: plausible ones, messy ones, and any JSON at all. The same seed gives the same
 * values, so a finding can be repeated.
 */
export interface Sampler {
  json(depth?: number): JsonValue;
  /** A value as an entity field of this type would hold it. */
  entityValue(field: EntityField | null): JsonValue;
  record(dictionary: Dictionary, values: ReadonlyMap<string, ValueTable>): JsonObject;
  entity(dictionary: Dictionary): JsonObject;
}

const texts = [
  '',
  ' ',
  'Ann',
  ' Ann  Lee ',
  'Ludwig van Beethoven',
  'Abbott, Ann',
  '欧阳小明',
  '王 伟',
  '김철수',
  'ＡＢＣ',
  'é',
  'e\u0301',
  '𠮷野家',
  '<b>bold</b> & more',
  'line one\nline two',
  'a;b; c',
  'a, b',
  '0',
  '1',
  'true',
  'false',
  '是',
  '否',
  'null',
  'undefined',
  '__proto__',
  'constructor',
  '\u0000',
  '\ud800',
  '🙂',
  'x'.repeat(300),
  '-',
  '/',
  '\\',
  '${x}',
  '{0}',
  '$1',
  '%00',
  "'; drop table",
  'Infinity',
  '1e999',
];
const numbers = [
  0,
  -0,
  1,
  -1,
  42,
  42.4,
  0.1,
  1.005,
  1e21,
  1e308,
  -1e308,
  5e-324,
  2 ** 53,
  1_795_222_800_000,
  8.64e15,
  8.65e15,
];
const moments = [
  '2026-11-22T01:00:00Z',
  '2026-11-22T01:00:00.123Z',
  '2026-11-22T09:00:00+08:00',
  '2026-11-22',
  '2026-02-30T00:00:00Z',
  '1969-12-31T23:59:59Z',
  '20261122T010000Z',
  '2026-11-22T01:00',
  '1795222800000',
  'yesterday',
  '+275760-09-13T00:00:00.000Z',
  '2026-W47-7',
];
const phones = [
  '+14155550123',
  '(415) 555-0123',
  '415.555.0123 x12',
  '00 86 10 6552 9988',
  '138 0013 8000',
  '1001',
  '*97',
  'anonymous',
  'call the desk',
  '+',
  '++1',
  '+1415555012345678901',
  'tel:+1-415-555-0123',
  '4155550123 / 0124',
  '１３８００１３８０００',
];
const emails = [
  'ann@acme.test',
  ' Ann@Acme.Test ',
  'Ann <ann@acme.test>',
  'mailto:ann@acme.test',
  'ann at acme',
  'a@b',
  '@',
  'a@b@c.test',
  '李@例子.测试',
];
const urls = [
  'https://acme.test',
  'acme.test/a?b=c',
  'http://acme.test',
  'javascript:alert(1)',
  'https://',
  '/var/spool/x.wav',
  'HTTPS://ACME.TEST/Ä',
  'ftp://a.test',
];

const allTexts = [...texts, ...moments, ...phones, ...emails, ...urls];
const textsAndUrls = [...texts, ...urls];

export function createSampler(seed: number): Sampler {
  const random = generator(seed);
  const pick = <T>(list: readonly [T, ...T[]] | readonly T[], otherwise: T): T =>
    list[Math.floor(random() * list.length)] ?? otherwise;
  const scalar = (): JsonValue => {
    const kind = random();
    if (kind < 0.1) return null;
    if (kind < 0.2) return random() < 0.5;
    if (kind < 0.4) return random() < 0.5 ? pick(numbers, 0) : Math.round((random() - 0.5) * 1e6) / 100;
    return pick(allTexts, '');
  };
  const json = (depth = 3): JsonValue => {
    const kind = random();
    if (depth === 0 || kind < 0.6) return scalar();
    const length = Math.floor(random() * 4);
    if (kind < 0.8) return Array.from({ length }, () => json(depth - 1));
    return Object.fromEntries(
      Array.from({ length }, () => [pick(['number', 'label', 'address', 'city', 'value', 'x'], 'x'), json(depth - 1)]),
    );
  };
  const pools: Partial<Record<EntityField['type'], readonly JsonValue[]>> = {
    string: texts,
    number: numbers,
    boolean: [true, false],
    datetime: moments,
    phone: phones,
    email: emails,
    url: urls,
    reference: ['1', '41629779', ''],
  };
  const entityValue = (field: EntityField | null): JsonValue => {
    if (field?.values !== undefined) return pick(field.values, '');
    if (field?.type === 'list') return Array.from({ length: Math.floor(random() * 4) }, () => objectOf(field.of ?? []));
    if (field?.type === 'object' && field.of !== undefined) return objectOf(field.of);
    return pick(pools[field?.type ?? 'string'] ?? textsAndUrls, '');
  };
  const objectOf = (fields: readonly EntityField[]): JsonObject => {
    const object: JsonObject = {};
    for (const field of fields) {
      if (field.required === true || random() < 0.72) object[field.name] = entityValue(field);
      else if (random() < 0.3) object[field.name] = null;
    }
    return object;
  };
  const recordValue = (rule: Rule, dictionary: Dictionary, cells: readonly JsonValue[]): JsonValue => {
    const kind = random();
    if (kind < 0.08) return json();
    if (kind < 0.16) return null;
    if (cells.length > 0 && kind < 0.8) return pick(cells, null);
    const value = entityValue(rule.to[0] === undefined ? null : entityFieldAt(rule.to[0], dictionary.entity));
    return typeof value === 'number' && random() < 0.5 ? String(value) : value;
  };
  return {
    json,
    entityValue,
    record(dictionary, values) {
      const record: JsonObject = {};
      for (const rule of dictionary.rules) {
        const cells = rule.steps.flatMap((step) => values.get(tableNameOf(step) ?? '')?.toEntity.cells ?? []);
        for (const path of rule.from)
          if (random() < 0.85) compileSetter(path)(record, recordValue(rule, dictionary, cells));
      }
      return record;
    },
    entity(dictionary) {
      const entity = objectOf(entityFields[dictionary.entity]);
      for (const rule of dictionary.rules) {
        for (const path of rule.to) {
          if (path.segments.length > 1 && random() < 0.5)
            compileSetter(path)(entity, entityValue(entityFieldAt(path, dictionary.entity)));
        }
      }
      return entity;
    },
  };
}

/** mulberry32: small, fast, and good enough for picking samples. */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
