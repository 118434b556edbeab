/** The 15-field contact map that the mapping bench runs: once as a dictionary, once written by hand. */
import type { JsonObject, JsonValue } from '#core/contract/json.ts';

export const statusRows = [
  { record: ['Open', 'Working', '处理中'], entity: 'active' },
  { record: ['Closed - Converted'], entity: 'converted' },
  { record: ['Closed - Not Converted', '已关闭'], entity: 'inactive' },
];

export const contactDictionary = `
connector: bench
object: contact
entity: contact
version: 1
rules:
  - { to: firstName, from: FirstName, steps: [trim] }
  - { to: lastName, from: LastName, steps: [trim] }
  - { to: displayName, from: [FirstName, LastName], steps: [{ template: '{0} {1}' }, collapse], direction: read }
  - { to: jobTitle, from: Title }
  - { to: 'emails[0].address', from: Email, steps: [email] }
  - { to: custom.digits, from: Phone, steps: [{ replace: '[^0-9]+' }], direction: read }
  - { to: accountName, from: Account.Name }
  - { to: ownerId, from: OwnerId }
  - { to: status, from: Status, steps: [{ values: lead-status }] }
  - { to: language, from: Language__c, steps: [{ case: lower }] }
  - { to: address.city, from: MailingAddress.city, steps: [collapse] }
  - { to: address.country, from: MailingAddress.country }
  - { to: custom.since, from: CreatedDate, steps: [date] }
  - { to: custom.tags, from: Tags__c, steps: [{ split: ';' }, distinct, { join: ', ' }] }
  - { to: custom.score, from: Score__c, steps: [number] }
`;

/** The same map in JSONata; `[…]` keeps the one address a list. */
export const contactExpression = `{
  "firstName": $trim(FirstName),
  "lastName": $trim(LastName),
  "displayName": $trim(FirstName & ' ' & LastName),
  "jobTitle": Title,
  "emails": $contains($trim(Email), /^[^\\s@]+@[^\\s@]+\\.[^\\s@]+$/) ? [{ "address": $lowercase($trim(Email)) }] : [],
  "accountName": Account.Name,
  "ownerId": OwnerId,
  "status": $lookup({ "open": "active", "working": "active", "处理中": "active", "closed - converted": "converted",
    "closed - not converted": "inactive", "已关闭": "inactive" }, $lowercase($trim(Status))),
  "language": $lowercase(Language__c),
  "address": { "city": $trim(MailingAddress.city), "country": MailingAddress.country },
  "custom": {
    "digits": $replace(Phone, /[^0-9]+/, ""),
    "since": $fromMillis($toMillis(CreatedDate)),
    "tags": $join($distinct($split(Tags__c, ";").$trim($)), ", "),
    "score": $number(Score__c)
  }
}`;

const city = ['San Francisco', ' New   York', 'Berlin ', '上海'];
const status = ['Open', 'working', 'Closed - Converted', '已关闭'];

export function contactRecord(index: number): JsonObject {
  return {
    FirstName: ` Ann${index} `,
    LastName: `Abbott ${index % 97}`,
    Title: 'Head of Sales',
    Email: `Ann.${index}@Acme.Test`,
    Phone: `(415) 555-${String(index).padStart(4, '0')}`,
    Account: { Name: `Acme ${index % 31}` },
    OwnerId: `005${index}`,
    Status: status[index % 4] ?? null,
    Language__c: 'EN',
    MailingAddress: { city: city[index % 4] ?? null, country: 'US' },
    CreatedDate: new Date(1_700_000_000_000 + index * 1000).toISOString(),
    Tags__c: `a${index};b; c;b`,
    Score__c: `${index}.5`,
  };
}

const statuses = new Map(
  statusRows.flatMap((row) => row.record.map((name) => [name.toLowerCase(), row.entity] as const)),
);

/** What a careful programmer would write: the same result, tolerant of missing and null, nothing more. */
export function byHand(record: JsonObject): JsonObject {
  const entity: JsonObject = {};
  const custom: JsonObject = {};
  const address: JsonObject = {};
  const first = textOf(record['FirstName']);
  const last = textOf(record['LastName']);
  if (first !== null) entity['firstName'] = first.trim();
  if (last !== null) entity['lastName'] = last.trim();
  if (first !== null || last !== null)
    entity['displayName'] = `${first ?? ''} ${last ?? ''}`.trim().replaceAll(/\s+/g, ' ');
  if (record['Title'] !== undefined) entity['jobTitle'] = record['Title'];
  const email = textOf(record['Email']);
  if (email !== null && /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email.trim()))
    entity['emails'] = [{ address: email.trim().toLowerCase() }];
  const phone = textOf(record['Phone']);
  if (phone !== null) custom['digits'] = phone.replaceAll(/[^0-9]+/g, '');
  const account = record['Account'];
  if (isObject(account) && account['Name'] !== undefined) entity['accountName'] = account['Name'];
  if (record['OwnerId'] !== undefined) entity['ownerId'] = record['OwnerId'];
  const known = statuses.get(textOf(record['Status'])?.normalize('NFKC').trim().toLowerCase() ?? '');
  if (known !== undefined) entity['status'] = known;
  const language = textOf(record['Language__c']);
  if (language !== null) entity['language'] = language.toLowerCase();
  const mailing = record['MailingAddress'];
  if (isObject(mailing)) {
    const place = textOf(mailing['city']);
    if (place !== null) address['city'] = place.trim().replaceAll(/\s+/g, ' ');
    if (mailing['country'] !== undefined) address['country'] = mailing['country'];
    entity['address'] = address;
  }
  const since = Date.parse(textOf(record['CreatedDate']) ?? '');
  if (Number.isFinite(since)) custom['since'] = new Date(since).toISOString();
  const tags = textOf(record['Tags__c']);
  if (tags !== null) {
    const parts = tags.split(';').map((tag) => tag.trim());
    custom['tags'] = [...new Set(parts.filter((tag) => tag !== ''))].join(', ');
  }
  const score = Number(textOf(record['Score__c'])?.trim());
  if (Number.isFinite(score)) custom['score'] = score;
  entity['custom'] = custom;
  return entity;
}

function textOf(value: JsonValue | undefined): string | null {
  return typeof value === 'string' ? value : null;
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
