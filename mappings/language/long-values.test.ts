import { afterEach, expect, test, vi } from 'vitest';
import { longestLine } from './limits.ts';
import { buildSteps } from './pipeline.ts';
import { StepFault, type StepSpec } from './step.ts';
import { stepKinds } from './steps.ts';
import { buildValueTable } from './value-table.ts';

const table = buildValueTable({ rows: [{ record: 1, entity: 'one' }], ignoreCase: true }, 'priority');
const around = { table: () => table, region: 'US', timeZone: 'UTC' };
const megabyte = 1_000_000;
/** One character that becomes eighteen, wide digits, a letter under a million marks, and lines. */
const texts = ['\ufdfa', '１', '王', 'ﾞ', 'x\n'].map((piece) => `a${piece.repeat(megabyte / piece.length)}`);

afterEach(() => void vi.restoreAllMocks());

test.each(stepKinds.filter(({ name }) => name !== 'jsonata').map((kind) => [kind.name, kind] as const))(
  '%s folds no more of a megabyte than a line could hold',
  (_, { examples }) => {
    let folded = 0;
    // oxlint-disable-next-line typescript/unbound-method -- called with its own text below
    const normalize = String.prototype.normalize;
    vi.spyOn(String.prototype, 'normalize').mockImplementation(function count(this: string, form?: string) {
      folded += this.length;
      return normalize.call(this, form ?? 'NFC');
    });
    for (const { forward, backward } of buildSteps(examples, around)) {
      for (const text of texts) {
        for (const value of [text, [text, text], { street: text, city: text, country: text }]) {
          folded = 0;
          forward(value, { note: () => undefined });
          backward?.(value, { note: () => undefined });
          expect(folded).toBeLessThanOrEqual(6 * longestLine);
        }
      }
    }
  },
);

test.each<[StepSpec, string]>([
  ['number', 'type.mismatch'],
  ['money', 'money.unreadable'],
  ['email', 'email.unreadable'],
  ['boolean', 'boolean.unreadable'],
  [{ values: 'priority' }, 'values.noRow'],
  ['personName', 'name.tooLong'],
  ['address', 'address.unreadable'],
  [{ extract: '\\d+' }, 'text.tooLong'],
])('%j refuses a megabyte', (spec, code) => {
  const [step] = buildSteps([spec], around);
  const given = step?.forward('１'.repeat(megabyte), { note: () => undefined });
  expect(given).toBeInstanceOf(StepFault);
  expect(given).toMatchObject({ code });
});
