/** One line of a CSV as a contact, with a sentence for everything that could not be used. Pure. */
import { importFields, type ImportField } from '#core/contract/api/directory.ts';
import { HubError } from '#core/contract/errors.ts';
import type { NumberHabits } from '#core/contract/number-rule.ts';
import { parseNumbers } from '#core/kit/number-engine.ts';
import type { ContactPatch } from './contact-change.ts';

export interface ImportRow {
  readonly line: number;
  readonly externalId: string | null;
  /** Only what the line says: an empty cell changes nothing. */
  readonly patch: ContactPatch;
  readonly problems: readonly string[];
  readonly isRejected: boolean;
}

/** Field per column position; null = ignored. */
export type Layout = readonly (ImportField | null)[];

export function layoutOf(columns: readonly string[], mapping: Readonly<Record<string, string>>): Layout {
  const known = new Set<string>(importFields);
  for (const [column, field] of Object.entries(mapping)) {
    if (!columns.includes(column)) throw wrongMapping(`The file has no column "${column}".`, column);
    if (!known.has(field))
      throw wrongMapping(`"${field}" is no contact field; use one of ${importFields.join(', ')}.`, column);
  }
  return columns.map((column) =>
    Object.hasOwn(mapping, column) ? ((mapping[column] ?? null) as ImportField | null) : null,
  );
}

function wrongMapping(message: string, column: string): HubError {
  return new HubError('input.invalid', message, { field: `mapping.${column}` });
}

const phoneLabels = { phone: 'work', mobile: 'mobile', home: 'home', fax: 'fax', otherPhone: 'other' } as const;
const textLimits = { displayName: 240, firstName: 120, lastName: 120, jobTitle: 120, accountName: 240 } as const;

interface Draft {
  patch: Record<string, unknown> & { emails: string[]; phones: NonNullable<ContactPatch['phones']> };
  externalId: string | null;
  problems: string[];
}

export function readRow(
  line: number,
  cells: readonly string[],
  layout: Layout,
  habits: Partial<NumberHabits>,
): ImportRow {
  const draft: Draft = { patch: { emails: [], phones: [] }, externalId: null, problems: [] };
  if (cells.length > layout.length) {
    draft.problems.push(
      `The line has ${cells.length} cells but the first line has ${layout.length}; the rest was ignored.`,
    );
  }
  layout.forEach((field, at) => {
    const cell = unwrapped(cells[at] ?? '');
    if (field !== null && cell !== '') put(draft, field, cell, habits);
  });
  const { emails, phones, ...rest } = draft.patch;
  const hasIdentity =
    emails.length > 0 || phones.length > 0 || ['displayName', 'firstName', 'lastName'].some((name) => rest[name]);
  if (!hasIdentity) draft.problems.push('There is no name, number or e-mail address; the line was left out.');
  const patch = {
    ...rest,
    ...(emails.length > 0 && { emails: emails.slice(0, 20) }),
    ...(phones.length > 0 && { phones: phones.slice(0, 50) }),
  };
  return { line, externalId: draft.externalId, patch, problems: draft.problems, isRejected: !hasIdentity };
}

function put(draft: Draft, field: ImportField, cell: string, habits: Partial<NumberHabits>): void {
  if (cell.includes('\ufffd'))
    draft.problems.push(`${field}: some characters could not be read; the file may have another encoding.`);
  if (field in phoneLabels) putPhone(draft, field as keyof typeof phoneLabels, cell, habits);
  else if (/^[=@]/.test(cell)) draft.problems.push(`${field}: "${shown(cell)}" is a formula; it was left out.`);
  else if (field in textLimits) putText(draft, field as keyof typeof textLimits, cell);
  else others[field]?.(draft, cell);
}

const others: Partial<Record<ImportField, (draft: Draft, cell: string) => void>> = {
  externalId: (draft, cell) => {
    draft.externalId = cell.slice(0, 200);
  },
  email: (draft, cell) => {
    for (const address of cell.split(/[;,\s]+/).filter((part) => part !== '')) {
      if (/^[^\s@<>"]{1,64}@[^\s@<>"]{1,253}$/.test(address)) draft.patch.emails.push(address);
      else draft.problems.push(`email: "${shown(address)}" is no e-mail address; it was left out.`);
    }
  },
  status: (draft, cell) => {
    const status = statuses.get(cell.toLowerCase());
    if (status) draft.patch['status'] = status;
    else draft.problems.push(`status: "${shown(cell)}" is not active, inactive or converted; it was left out.`);
  },
  recordUrl: (draft, cell) => {
    if (/^https?:\/\/\S+$/i.test(cell)) draft.patch['recordUrl'] = cell.slice(0, 2000);
    else draft.problems.push(`recordUrl: "${shown(cell)}" is no web address; it was left out.`);
  },
};

const statuses = new Map<string, 'active' | 'inactive' | 'converted'>([
  ...['active', '1', 'yes', 'true', 'open', '有效', '正常', '启用', '活跃', 'aktiv'].map(
    (word) => [word, 'active'] as const,
  ),
  ...['inactive', '0', 'no', 'false', 'closed', '无效', '停用', '禁用', 'inaktiv'].map(
    (word) => [word, 'inactive'] as const,
  ),
  ...['converted', '已转换', '已转化'].map((word) => [word, 'converted'] as const),
]);

function putText(draft: Draft, field: keyof typeof textLimits, cell: string): void {
  const limit = textLimits[field];
  if (cell.length > limit) draft.problems.push(`${field}: longer than ${limit} characters; the end was cut off.`);
  draft.patch[field] = cell.slice(0, limit);
}

function putPhone(draft: Draft, field: keyof typeof phoneLabels, cell: string, habits: Partial<NumberHabits>): void {
  const isReadable = parseNumbers(cell, habits).some((number) => number.presentation === 'allowed');
  if (!isReadable || cell.length > 200)
    draft.problems.push(`${field}: "${shown(cell)}" is no telephone number; it was left out.`);
  else draft.patch.phones.push({ number: cell, label: phoneLabels[field] });
}

/** Spreadsheets write `="0049 30"` and `'0049 30` to keep digits from becoming a sum. */
function unwrapped(cell: string): string {
  const text = cell.trim();
  return (/^="(.*)"$/s.exec(text)?.[1] ?? text.replace(/^'(?=[+0-9=@-])/, '')).trim();
}

function shown(cell: string): string {
  return cell.length > 60 ? `${cell.slice(0, 60)}…` : cell;
}
