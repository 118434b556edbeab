/** RFC 4180 text. A leading `=`, `+`, `-` or `@` is quoted with an apostrophe so no spreadsheet runs it. */
export function toCsv(header: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  return [header, ...rows].map((row) => row.map(csvCell).join(',')).join('\r\n');
}

function csvCell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const safe = /^[=+\-@\t\r]/u.test(value) ? `'${value}` : value;
  return /[",\r\n]/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export function downloadText(fileName: string, text: string, type = 'text/csv;charset=utf-8'): void {
  // Spreadsheets need the mark to see UTF-8; JSON must not have one.
  const mark = type.startsWith('text/csv') ? ['\uFEFF'] : [];
  const url = URL.createObjectURL(new Blob([...mark, text], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(url);
}
