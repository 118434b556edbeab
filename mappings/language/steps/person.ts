import { z } from 'zod';
import type { JsonValue } from '#core/contract/json.ts';
import { longestLine } from '../limits.ts';
import { defineStep, describe, type LossNotes, mismatch, onList, onText, StepFault, type StepKind } from '../step.ts';

const email = defineStep({
  name: 'email',
  summary: 'Reads an e-mail address, also out of "Name <address>", and writes its letters small.',
  args: z.strictObject({}),
  input: 'text',
  output: 'text',
  fidelity: 'normalising',
  forward: () => onText(readEmail),
  backward: () => onText(readEmail),
});

/** Deliberately lax, as mail servers are: one @, no blanks, a dot in the domain. RFC 5321 §4.5.3.1 gives the lengths. */
const plainAddress = /^[a-z0-9._%+-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,3}$/i;

function readEmail(text: string): string | StepFault {
  if (plainAddress.test(text)) return text.toLowerCase();
  if (text.length > longestLine) return noEmail;
  const trimmed = text.normalize('NFKC').trim();
  const bracketed = /<([^<>]{1,254})>$/.exec(trimmed.slice(-260));
  const address = (bracketed?.[1] ?? trimmed).replace(/^mailto:/i, '').trim();
  const at = address.lastIndexOf('@');
  const domain = address.slice(at + 1);
  const isWell = at > 0 && at <= 64 && address.length <= 254 && /^[^\s@.][^\s@]*\.[^\s@.]+$/.test(domain);
  if (!isWell || /[\s,;<>"]|@.*@/.test(address)) return noEmail;
  return address.toLowerCase();
}

const noEmail = new StepFault('email.unreadable', 'is not an e-mail address');

const order = z.enum(['auto', 'western', 'cjk']);
type NameOrder = z.output<typeof order>;

const personName = defineStep({
  name: 'personName',
  summary:
    'Splits a whole name into [first name, last name]; Chinese, Japanese and Korean names begin with the family name. The way back joins the two.',
  args: z.strictObject({ order: order.default('auto') }),
  short: 'order',
  input: 'text',
  output: 'list',
  fidelity: 'normalising',
  examples: ['personName', { personName: 'cjk' }, { personName: 'western' }],
  forward: (args) => onText((text) => (text.length > longestName ? tooLong : splitName(text, args.order))),
  backward: (args) => onList((list, notes) => joinToSplit(list, args.order, notes)),
});

/** Two first names and two family names look alike in one text: what will be taken for the other is said. */
function joinToSplit(list: readonly JsonValue[], nameOrder: NameOrder, notes: LossNotes): JsonValue | StepFault {
  const whole = joinParts(list, nameOrder);
  if (typeof whole !== 'string') return whole;
  const again = splitName(whole, nameOrder);
  const parts = [list[0] ?? null, list[1] ?? null].map(plainPart);
  if (parts.some((part, index) => part !== (again[index] ?? ''))) {
    notes.note('truncated', `will be read back as ${again.map((part) => describe(part)).join(' and ')}`);
  }
  return whole;
}

const wholeName = defineStep({
  name: 'wholeName',
  summary: 'Joins [first name, last name] into a whole name, in the order of its script. The way back splits it.',
  args: z.strictObject({ order: order.default('auto') }),
  short: 'order',
  input: 'list',
  output: 'text',
  fidelity: 'normalising',
  examples: ['wholeName', { wholeName: 'western' }],
  forward: (args) => onList((list) => joinParts(list, args.order)),
  backward: (args) => onText((text, notes) => splitWhole(text, args.order, notes)),
});

/** No register of births has longer ones. */
const longestName = 1000;
const tooLong = new StepFault('name.tooLong', `has more than ${longestName} characters`);

function splitWhole(text: string, nameOrder: NameOrder, notes: LossNotes): JsonValue | StepFault {
  if (text.length > longestName) return tooLong;
  const [given, family] = splitName(text, nameOrder);
  const again = joinName(given, family, nameOrder);
  if (again !== text.trim()) notes.note('truncated', `will be read back as ${describe(again)}`);
  return [given, family];
}

const cjk = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}·\s]+$/u;
/** Two-character Chinese family names in use; every other one has a single character. */
const compoundFamilyNames = new Set(
  '欧阳 司马 上官 诸葛 司徒 东方 独孤 南宫 万俟 闻人 夏侯 尉迟 公羊 赫连 皇甫 宇文 长孙 慕容 令狐 轩辕 端木 百里 呼延 歐陽 司馬 諸葛 東方 獨孤 南宮 聞人 尉遲 赫連 長孫 軒轅'.split(
    ' ',
  ),
);
/** Words that belong to the family name after them: `Ludwig van Beethoven`. */
const particles = new Set('van von der den de la le du di da dos del bin ibn al el ter ten'.split(' '));

/** `[first, last]`; a single western word is a first name, for that is how people are greeted. */
export function splitName(text: string, order: NameOrder): [string | null, string | null] {
  const name = text.normalize('NFC').trim().replaceAll(/\s+/g, ' ');
  if (name === '') return [null, null];
  if (order === 'cjk' || (order === 'auto' && cjk.test(name))) return splitFamilyFirst(name);
  const comma = /^([^,]+), ?([^,]+)$/.exec(name);
  if (comma !== null) return [comma[2] ?? null, comma[1] ?? null];
  const words = name.split(' ');
  if (words.length === 1) return [name, null];
  let family = words.length - 1;
  while (family > 1 && particles.has((words[family - 1] ?? '').toLowerCase())) family -= 1;
  return [words.slice(0, family).join(' '), words.slice(family).join(' ')];
}

function splitFamilyFirst(name: string): [string | null, string | null] {
  const blank = name.indexOf(' ');
  if (blank > 0) return [name.slice(blank + 1), name.slice(0, blank)];
  const characters = Array.from(name);
  const compound = characters.length > 2 && compoundFamilyNames.has(characters.slice(0, 2).join(''));
  const length = compound ? 2 : 1;
  if (characters.length <= length) return [null, name];
  return [characters.slice(length).join(''), characters.slice(0, length).join('')];
}

function joinParts(list: readonly JsonValue[], order: NameOrder): JsonValue | StepFault {
  const [first = null, last = null] = list;
  const wrong = [first, last].find((part) => typeof part === 'object' && part !== null);
  if ([first, last].some((part) => typeof part === 'string' && part.length > longestName)) return tooLong;
  return wrong === undefined ? joinName(first, last, order) : mismatch('names', wrong);
}

function plainPart(part: JsonValue): string {
  if (part === null || typeof part === 'object') return '';
  return String(part).normalize('NFC').trim().replaceAll(/\s+/g, ' ');
}

export function joinName(first: JsonValue, last: JsonValue, order: NameOrder): string | null {
  const [given, family] = [first, last].map(plainPart);
  if (!given || !family) return given || family || null;
  if (order === 'western' || (order === 'auto' && !cjk.test(given + family))) return `${given} ${family}`;
  const splitsBack = JSON.stringify(splitName(family + given, order)) === JSON.stringify([given, family]);
  return splitsBack ? family + given : `${family} ${given}`;
}

const url = defineStep({
  name: 'url',
  summary: 'Reads a web address; one without a scheme gets https. Other schemes than the allowed ones are refused.',
  args: z.strictObject({
    schemes: z
      .array(z.enum(['http', 'https']))
      .min(1)
      .default(['https', 'http']),
  }),
  input: 'text',
  output: 'text',
  fidelity: 'normalising',
  examples: ['url', { url: { schemes: ['https'] } }],
  forward: ({ schemes }) => onText((text) => readUrl(text, schemes)),
  backward: ({ schemes }) => onText((text) => readUrl(text, schemes)),
});

function readUrl(text: string, schemes: readonly string[]): string | StepFault {
  const trimmed = text.trim();
  const hasScheme = /^[a-z][a-z0-9+.-]*:(?!\d)/i.test(trimmed);
  const looksLikeHost = /^[\p{L}\d-]+(?:\.[\p{L}\d-]+)+(?:[/:?#]|$)/u.test(trimmed);
  if (trimmed.length > 4000 || (!hasScheme && !looksLikeHost))
    return new StepFault('url.unreadable', 'is not a web address');
  const parsed = URL.parse(hasScheme ? trimmed : `https://${trimmed}`);
  if (parsed === null) return new StepFault('url.unreadable', 'is not a web address');
  if (!schemes.includes(parsed.protocol.slice(0, -1))) {
    return new StepFault(
      'url.scheme',
      `has the scheme ${parsed.protocol.slice(0, 20)} where only ${schemes.join(' and ')} may stand`,
    );
  }
  return parsed.href;
}

export const personSteps: readonly StepKind[] = [email, personName, wholeName, url];
