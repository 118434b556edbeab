/** A handful of steps of the pocket language, and what the screens are told about them. */
import type { listSteps } from '#core/contract/api/dictionaries.ts';
import type { JsonValue } from '#core/contract/json.ts';
import type { MappingTrace } from '#core/contract/mapping.ts';
import type { RouteOutput } from '#core/contract/route.ts';

export interface StepWords {
  readonly name: string;
  readonly argument: JsonValue | undefined;
}
type Event = MappingTrace['events'][number];
type Shown = Omit<MappingTrace['rows'][number]['steps'][number], 'name'>;
interface Made {
  readonly value: JsonValue | undefined;
  readonly shown: Shown;
  readonly kind: Event['kind'];
  readonly reason: string | null;
}

const plain = (value: JsonValue): Made => ({ value, shown: { value, fault: null }, kind: 'omitted', reason: null });
const fault = (code: string, reason: string): Made => ({
  value: undefined,
  shown: { fault: { code, reason } },
  kind: 'omitted',
  reason,
});
const onText = (value: JsonValue, make: (text: string) => JsonValue): JsonValue =>
  typeof value === 'string' ? make(value) : value;

const steps: Record<string, (value: JsonValue, argument: JsonValue | undefined) => Made> = {
  trim: (value) => plain(onText(value, (text) => text.trim())),
  collapse: (value) => plain(onText(value, (text) => text.trim().replaceAll(/\s+/gu, ' '))),
  blankToNull: (value) => plain(typeof value === 'string' && value.trim() === '' ? null : value),
  case: (value, argument) =>
    plain(onText(value, (text) => (wordOf(argument, 'to') === 'upper' ? text.toUpperCase() : text.toLowerCase()))),
  truncate: (value, argument) => {
    const most = Number(wordOf(argument, 'to'));
    if (typeof value !== 'string' || value.length <= most) return plain(value);
    const cut = value.slice(0, most);
    const reason = `was cut to ${most} characters`;
    return { value: cut, shown: { value: cut, fault: null }, kind: 'truncated', reason };
  },
  email: (value) => {
    const isGood = typeof value === 'string' && value.includes('@');
    return isGood ? plain(value.toLowerCase()) : fault('email.invalid', 'is not an e-mail address');
  },
  phone: (value) => {
    const digits = typeof value === 'string' ? value.replaceAll(/[^+\d]/gu, '') : '';
    if (digits.length < 6) return fault('phone.invalid', 'is not a telephone number');
    return plain(digits.startsWith('+') ? digits : `+1${digits}`);
  },
  wholeName: (value) => plain(Array.isArray(value) ? value.filter((one) => typeof one === 'string').join(' ') : value),
  values: (value) => (value === 'HOMEMADE' ? fault('values.noRow', 'has no row in the value table') : plain('active')),
  url: (value) => plain(onText(value, (text) => (text.startsWith('http') ? text : `https://${text}/`))),
};
export const mockStepNames: readonly string[] = Object.keys(steps);

function wordOf(argument: JsonValue | undefined, name: string): JsonValue | undefined {
  const isNamed = typeof argument === 'object' && argument !== null && !Array.isArray(argument);
  return isNamed ? argument[name] : argument;
}

export function mockStep({ name, argument }: StepWords, value: JsonValue): Made {
  if (value === null) return plain(null);
  return steps[name]?.(value, argument) ?? fault('step.unknown', 'is no step');
}

type StepInfo = RouteOutput<typeof listSteps>['items'][number];
const info = (name: string, summary: string, part: Partial<StepInfo> = {}): StepInfo => ({
  name,
  summary,
  input: 'text',
  output: 'text',
  isTwoWay: true,
  needsArguments: false,
  schema: { type: 'object', properties: {}, additionalProperties: false },
  ...part,
});
const short = (name: string, field: { [key: string]: JsonValue }, rest: { [key: string]: JsonValue } = {}) => ({
  anyOf: [field, { type: 'object', required: [name], properties: { [name]: field, ...rest } }],
});

export const sampleSteps: StepInfo[] = [
  info('trim', 'Takes blanks off both ends.'),
  info('collapse', 'Takes blanks off both ends and makes every run of blanks inside one space.'),
  info('blankToNull', 'A text of nothing but blanks becomes null.', { input: 'any', output: 'any' }),
  info('case', 'Changes letters to lower, upper or title case.', {
    needsArguments: true,
    schema: short('to', { type: 'string', enum: ['lower', 'upper', 'title'] }),
  }),
  info('truncate', 'Cuts a text that is longer than allowed, and says so in the events.', {
    isTwoWay: false,
    needsArguments: true,
    schema: short('to', { type: 'integer', minimum: 1 }),
  }),
  info('replace', 'Replaces every match of a pattern; $1 stands for the first group.', {
    isTwoWay: false,
    needsArguments: true,
    schema: short(
      'find',
      { type: 'string' },
      { with: { type: 'string', default: '' }, ignoreCase: { type: 'boolean', default: false } },
    ),
  }),
  info('email', 'Reads an e-mail address and writes its letters small.'),
  info('phone', 'Reads a telephone number in any spelling.', {
    schema: { type: 'object', properties: { otherwise: { type: 'string', enum: ['fault', 'null', 'keep'] } } },
  }),
  info('wholeName', 'Joins [first name, last name] into a whole name.', { input: 'list' }),
  info('values', 'Translates through a two-way value table.', {
    needsArguments: true,
    schema: {
      anyOf: [
        { type: 'string' },
        { type: 'object', properties: { table: { type: 'string' }, rows: { type: 'array' } } },
      ],
    },
  }),
  info('url', 'Reads a web address; one without a scheme gets https.'),
];
