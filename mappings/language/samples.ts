import { type EntityField, entityFields } from '#core/contract/entities.ts';
import type { JsonObject, JsonValue } from '#core/contract/json.ts';
import { tableNameOf } from './check-values.ts';
import { entityFieldAt } from './check.ts';
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
  return new SeededSampler(seed);
}

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
const keys = ['number', 'label', 'address', 'city', 'value', 'x'];

class SeededSampler implements Sampler {
  private state: number;

  constructor(seed: number) {
    this.state = seed >>> 0;
  }

  json(depth = 3): JsonValue {
    const kind = this.next();
    if (depth === 0 || kind < 0.6) return this.scalar();
    const length = this.below(4);
    if (kind < 0.8) return Array.from({ length }, () => this.json(depth - 1));
    return Object.fromEntries(Array.from({ length }, () => [this.pick(keys) ?? 'x', this.json(depth - 1)]));
  }

  entityValue(field: EntityField | null): JsonValue {
    if (field?.values !== undefined) return this.pick(field.values) ?? '';
    if (field?.type === 'list') return Array.from({ length: this.below(4) }, () => this.objectOf(field.of ?? []));
    if (field?.of !== undefined) return this.objectOf(field.of);
    const pool = pools[field?.type ?? 'string'] ?? textsAndUrls;
    return this.pick(pool) ?? null;
  }

  record(dictionary: Dictionary, values: ReadonlyMap<string, ValueTable>): JsonObject {
    const record: JsonObject = {};
    for (const rule of dictionary.rules) {
      const cells = rule.steps.flatMap((step) => values.get(tableNameOf(step) ?? '')?.toEntity.cells ?? []);
      for (const path of rule.from) {
        if (this.next() < 0.85) compileSetter(path)(record, this.recordValue(rule, dictionary, cells));
      }
    }
    return record;
  }

  entity(dictionary: Dictionary): JsonObject {
    const entity = this.objectOf(entityFields[dictionary.entity]);
    for (const path of dictionary.rules.flatMap((rule) => rule.to)) {
      if (path.segments.length < 2 || this.next() < 0.5) continue;
      compileSetter(path)(entity, this.entityValue(entityFieldAt(path, dictionary.entity)));
    }
    return entity;
  }

  private recordValue(rule: Rule, dictionary: Dictionary, cells: readonly JsonValue[]): JsonValue {
    const kind = this.next();
    if (kind < 0.08) return this.json();
    if (kind < 0.16) return null;
    if (cells.length > 0 && kind < 0.8) return this.pick(cells) ?? null;
    const [target] = rule.to;
    const value = this.entityValue(target === undefined ? null : entityFieldAt(target, dictionary.entity));
    return typeof value === 'number' && this.next() < 0.5 ? String(value) : value;
  }

  private scalar(): JsonValue {
    const kind = this.next();
    if (kind < 0.1) return null;
    if (kind < 0.2) return this.next() < 0.5;
    if (kind >= 0.4) return this.pick(allTexts) ?? '';
    return this.next() < 0.5 ? (this.pick(numbers) ?? 0) : this.below(1e8) / 100 - 5e5;
  }

  private objectOf(fields: readonly EntityField[]): JsonObject {
    const object: JsonObject = {};
    for (const field of fields) {
      if (field.required === true || this.next() < 0.72) object[field.name] = this.entityValue(field);
      else if (this.next() < 0.3) object[field.name] = null;
    }
    return object;
  }

  private pick<T>(list: readonly T[]): T | undefined {
    return list[this.below(list.length)];
  }

  private below(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  /** mulberry32: small, fast, and good enough for picking samples. */
  private next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }
}
