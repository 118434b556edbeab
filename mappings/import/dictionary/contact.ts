import type { JsonObject, JsonValue } from '#core/contract/json.ts';
import type { ImportedFile } from '../imported.ts';
import { writeDictionary, type WrittenRule } from './write-dictionary.ts';

export interface ContactDictionary {
  readonly connector: string;
  readonly title: string;
  /** Names of the fields a found record has. */
  readonly outputs: ReadonlySet<string>;
  /** Called for an output whose field another one already gives. */
  readonly clash: (output: string, to: string) => void;
}

const word: readonly JsonValue[] = ['collapse', 'blankToNull'];
const phone: readonly JsonValue[] = ['blankToNull', 'phone'];
const email: readonly JsonValue[] = ['blankToNull', 'email'];
const address: readonly JsonValue[] = ['blankToNull', 'url'];

interface Known {
  readonly to: string;
  readonly steps: readonly JsonValue[];
  readonly sample: string;
}

const texts: readonly (readonly [output: string, to: string, sample: string])[] = [
  ['FirstName', 'firstName', 'Ada'],
  ['LastName', 'lastName', 'Lovelace'],
  ['DisplayName', 'displayName', 'Ada Lovelace'],
  ['CompanyName', 'accountName', 'Analytical Engines'],
  ['JobTitle', 'jobTitle', 'Countess'],
  ['Title', 'jobTitle', 'Countess'],
  ['Street', 'address.street', '12 St James’s Square'],
  ['City', 'address.city', 'London'],
  ['State', 'address.region', 'London'],
  ['ZipCode', 'address.postalCode', 'SW1Y 4JH'],
  ['Country', 'address.country', 'GB'],
];
const known: ReadonlyMap<string, Known> = new Map<string, Known>([
  ...texts.map(([output, to, sample]): [string, Known] => [output, { to, steps: word, sample }]),
  ['Email', { to: 'emails[0].address', steps: email, sample: 'ada@example.com' }],
  ['Email2', { to: 'emails[1].address', steps: email, sample: 'lovelace@example.org' }],
  ['ContactUrl', { to: 'recordUrl', steps: address, sample: 'https://crm.example/people/7' }],
  ['PhotoUrl', { to: 'custom.photoUrl', steps: address, sample: 'https://crm.example/photos/7.png' }],
]);

/** Outputs that hold numbers, and the label each takes; the first of a label gets it. */
const numbers: readonly (readonly [output: string, label: string])[] = [
  ['PhoneBusiness', 'work'],
  ['BusinessNumber', 'work'],
  ['PhoneMobile', 'mobile'],
  ['MobileNumber', 'mobile'],
  ['PhoneHome', 'home'],
  ['HomeNumber', 'home'],
  ['FaxBusiness', 'fax'],
  ['BusinessFaxNumber', 'fax'],
  ['PhoneOther', 'other'],
  ['OtherNumber', 'other'],
  ['PhoneBusiness2', 'other'],
  ['BusinessNumber2', 'other'],
  ['PhoneMobile2', 'other'],
  ['MobileNumber2', 'other'],
  ['PhoneHome2', 'other'],
  ['HomeNumber2', 'other'],
  ['FaxHome', 'fax'],
  ['HomeFaxNumber', 'fax'],
  ['Pager', 'other'],
];

/** Outputs that say what the record is; the connection itself reads them. */
const identifying = new Set(['EntityId', 'ContactID', 'ContactId', 'ContactsId']);

/** How a found record becomes a contact. No file when the template never gives one. */
export function contactDictionary(wanted: ContactDictionary): { files: ImportedFile[] } {
  const rules: WrittenRule[] = [];
  const sample: { record: { [name: string]: JsonValue }; entity: { [name: string]: JsonValue } } = {
    record: {},
    entity: {},
  };
  const taken = new Set<string>();
  const add = (from: string, { to, steps, sample: value }: Known): void => {
    if (taken.has(to)) return wanted.clash(from, to);
    taken.add(to);
    rules.push({ to, from, steps });
    sample.record[from] = value;
    place(sample.entity, to, value);
  };
  for (const [output, value] of known) if (wanted.outputs.has(output)) add(output, value);
  for (const [index, [output, label]] of numbers.filter(([name]) => wanted.outputs.has(name)).entries()) {
    const number = `+4420794600${String(10 + index)}`;
    const own = `phones[label=${label}].number`;
    const to = taken.has(own) ? 'phones[label=other].number' : own;
    if (taken.has(to)) add(output, { to: `custom.${lowered(output)}`, steps: phone, sample: number });
    else add(output, { to, steps: phone, sample: number });
  }
  const others = [...wanted.outputs].filter((name) => !known.has(name) && !identifying.has(name) && !isNumber(name));
  for (const name of others) add(name, { to: `custom.${lowered(name)}`, steps: word, sample: lowered(name) });
  if (rules.length === 0) return { files: [] };
  return { files: written(wanted, rules, sample) };
}

function written(
  { connector, title }: ContactDictionary,
  rules: readonly WrittenRule[],
  sample: { readonly record: JsonObject; readonly entity: JsonObject },
): ImportedFile[] {
  const targets = rules.map(({ to }) => String(to));
  const identity = ['emails', 'phones'].filter((key) => targets.some((to) => to.startsWith(key)));
  return writeDictionary({
    name: 'contact',
    note: 'The fields are the outputs of the steps that find a contact.',
    connector,
    object: 'contacts',
    entity: 'contact',
    title: `${title} contacts`,
    direction: 'read',
    identity,
    rules,
    tests: [{ name: 'a whole record', region: 'GB', ...sample }],
  });
}

function isNumber(name: string): boolean {
  return numbers.some(([output]) => output === name);
}

function lowered(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1).replace(/-/gu, '_');
}

/** What the rule makes of the sample, for the generated test. */
function place(entity: { [name: string]: JsonValue }, to: string, value: string): void {
  const label = /^phones\[label=(\w+)\]/u.exec(to)?.[1];
  if (label !== undefined) push(entity, 'phones', { number: value, label });
  else if (to.startsWith('emails')) push(entity, 'emails', { address: value });
  else {
    const [root = '', below] = to.split('.');
    if (below === undefined) entity[root] = value;
    else entity[root] = { ...(entity[root] as JsonObject | undefined), [below]: value };
  }
}

function push(entity: { [name: string]: JsonValue }, list: string, item: JsonObject): void {
  const before = entity[list];
  entity[list] = [...(Array.isArray(before) ? before : []), item];
}
