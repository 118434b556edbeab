/** Which column of a CSV holds what: delimiter, header and a proposed mapping. Pure. */
import type { ImportField } from '#core/contract/api/directory.ts';
import { HubError } from '#core/contract/errors.ts';

export const mostColumns = 200;

const delimiters = [',', ';', '\t', '|'] as const;

/** The character that splits the first lines most evenly; quotes are respected. A comma when nothing splits them. */
export function sniffDelimiter(text: string): string {
  const lines = headLines(text);
  const scores = delimiters.map((delimiter) => {
    const counts = lines.map((line) => countOutsideQuotes(line, delimiter));
    const first = counts[0] ?? 0;
    const agreeing = counts.filter((count) => count === first).length;
    return { delimiter, score: first === 0 ? 0 : (agreeing / counts.length) * 1000 + first };
  });
  return scores.reduce((best, one) => (one.score > best.score ? one : best), { delimiter: ',', score: 0 }).delimiter;
}

function headLines(text: string): string[] {
  const [hint = '', ...rest] = text.slice(0, 20_000).split(/\r\n|\n|\r/);
  const lines = [hint, ...rest].slice(0, 20).filter((line) => line.trim() !== '');
  return lines.slice(0, Math.max(1, lines.length - 1));
}

function countOutsideQuotes(line: string, delimiter: string): number {
  let count = 0;
  let isQuoted = false;
  for (const character of line) {
    if (character === '"') isQuoted = !isQuoted;
    else if (character === delimiter && !isQuoted) count += 1;
  }
  return count;
}

export interface Columns {
  readonly columns: readonly string[];
  /** False when the first line is already a contact. */
  readonly hasHeader: boolean;
}

/** Column names as shown and mapped by: unique and never empty. */
export function readColumns(first: readonly string[]): Columns {
  if (first.length > mostColumns) {
    throw new HubError(
      'input.invalid',
      `The first line has ${first.length} columns; at most ${mostColumns} are read. Is this the right delimiter and file?`,
      { field: 'csv' },
    );
  }
  const hasHeader = !first.some((cell) => /\d{5,}|@/.test(cell.replace(/[\s().+-]/g, '')));
  const used = new Map<string, number>();
  const columns = first.map((cell, at) => {
    const name = (hasHeader ? cell.trim().slice(0, 100) : '') || `Column ${at + 1}`;
    const times = (used.get(name) ?? 0) + 1;
    used.set(name, times);
    return times === 1 ? name : `${name} (${times})`;
  });
  return { columns, hasHeader };
}

/** Asked in order; a header is compared without case, blanks and punctuation. */
const synonyms: readonly (readonly [ImportField, string])[] = [
  [
    'externalId',
    'id externalid recordid contactid customerid customernumber kundennummer number nr 编号 客户编号 联系人编号 客户号 外部编号',
  ],
  ['firstName', 'firstname givenname forename vorname prenom nombre 名 名字'],
  ['lastName', 'lastname surname familyname nachname nom apellido apellidos 姓 姓氏'],
  [
    'displayName',
    'name fullname displayname contactname contact customername nameen 姓名 联系人 联系人姓名 全名 客户姓名 显示名称',
  ],
  ['jobTitle', 'title jobtitle position role funktion poste cargo 职位 职务 头衔 岗位'],
  [
    'accountName',
    'company companyname account accountname organization organisation organizationname firma firm empresa societe employer 公司 公司名称 单位 企业 客户名称 客户 工作单位',
  ],
  ['email', 'email emailaddress mail emailprimary workemail emails 邮箱 电子邮箱 电子邮件 邮件 邮箱地址 电邮'],
  [
    'mobile',
    'mobile mobilephone mobilenumber cell cellphone cellular handy phonemobile portable movil 手机 手机号 手机号码 移动电话',
  ],
  ['home', 'home homephone phonehome privatphone 家庭电话 住宅电话 宅电'],
  ['fax', 'fax faxnumber telefax phonefax 传真 传真号码'],
  [
    'phone',
    'phone phonenumber telephone tel telefon telephonenumber businessphone workphone phonework officephone phoneoffice phonepro work 电话 电话号码 固定电话 座机 办公电话 联系电话 单位电话',
  ],
  [
    'otherPhone',
    'otherphone phoneother alternatephone phone2 phonenumber2 telephone2 mobile2 assistantphone 其他电话 备用电话 电话2 手机2',
  ],
  ['status', 'status state active 状态'],
  ['recordUrl', 'url link recordurl crmlink weblink 链接 记录链接'],
];
const manyColumns = new Set<ImportField>(['email', 'phone', 'mobile', 'home', 'fax', 'otherPhone']);
const fieldByWord = new Map(
  synonyms.flatMap(([field, words]) => words.split(' ').map((word) => [word, field] as const)),
);

/** Column → field for the columns whose header is known; each field but e-mail and phones is proposed once. */
export function proposeMapping(columns: readonly string[]): Record<string, ImportField> {
  const mapping: Record<string, ImportField> = {};
  const taken = new Set<ImportField>();
  for (const column of columns) {
    const field = fieldOf(column);
    if (field === undefined || (taken.has(field) && !manyColumns.has(field))) continue;
    taken.add(field);
    mapping[column] = field;
  }
  return mapping;
}

function fieldOf(column: string): ImportField | undefined {
  const word = column
    .normalize('NFKD')
    .replace(/\p{Mn}/gu, '')
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
  return fieldByWord.get(word) ?? fieldByWord.get(word.replace(/[0-9]+$/, ''));
}
