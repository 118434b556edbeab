/** What an import of a file would do, from its head: shown before anything is stored. Pure. */
import { importFields } from '#core/contract/api/directory.ts';
import type { NumberHabits } from '#core/contract/number-rule.ts';
import { emptyDraft } from './contact-change.ts';
import type { ContactDraft } from './contact-record.ts';
import { proposeMapping, readColumns, sniffDelimiter, type Columns } from './import-columns.ts';
import { firstCsvRecords, type CsvRecord } from './import-records.ts';
import { layoutOf, readRow } from './import-row.ts';
import type { ImportText } from './import-text.ts';

const shownRows = 20;
const headChars = 300_000;

export interface PreviewRow {
  readonly line: number;
  readonly contact: ContactDraft;
  readonly problems: string[];
}

export function previewImport(
  { text, charset }: ImportText,
  habits: Partial<NumberHabits>,
  mapping?: Readonly<Record<string, string>>,
) {
  const { delimiter, columns, hasHeader, head } = readHead(text);
  const used = mapping ?? proposeMapping(columns);
  const layout = layoutOf(columns, used);
  const rows: PreviewRow[] = head.slice(hasHeader ? 1 : 0, shownRows + (hasHeader ? 1 : 0)).map(({ cells, line }) => {
    const row = readRow(line, cells, layout, habits);
    return { line, contact: { ...emptyDraft, ...row.patch }, problems: [...row.problems] };
  });
  const problems: string[] = [];
  if (columns.length === 0) problems.push('The file is empty.');
  if (!hasHeader && columns.length > 0) problems.push('The first line looks like a contact, not like column names.');
  if (text.slice(0, headChars).includes('\ufffd')) {
    problems.push('Some characters could not be read: send the file itself (base64) or save it as UTF-8.');
  }
  if (columns.length > 0 && !layout.some((field) => field !== null)) {
    problems.push('No column name was recognised; say which column holds what.');
  }
  return { columns: [...columns], delimiter, charset, mapping: { ...used }, fields: [...importFields], rows, problems };
}

/** Delimiter and columns, the same in the preview and in the import itself. */
export function readHead(text: string): Columns & { delimiter: string; head: CsvRecord[] } {
  const declared = /^sep=(.)\r?\n/i.exec(text)?.[1];
  const delimiter = declared ?? sniffDelimiter(text);
  const head = firstCsvRecords(headOf(text), delimiter, shownRows + 2).filter((record) => !isSeparatorHint(record));
  const { columns, hasHeader } = readColumns(head[0]?.cells ?? []);
  return { delimiter, columns, hasHeader, head };
}

/** Excel's first line `sep=;` is no record. */
export function isSeparatorHint({ cells, line }: CsvRecord): boolean {
  return line === 1 && /^sep=/i.test(cells[0] ?? '');
}

function headOf(text: string): string {
  if (text.length <= headChars) return text;
  const cut = text.lastIndexOf('\n', headChars);
  return text.slice(0, cut > 0 ? cut + 1 : headChars);
}
