/** Lays log lines out for a terminal: time, level, message, then the other members. */
import type { Writable } from 'node:stream';
import type { DestinationStream } from 'pino';

const colours: Record<string, string> = { fatal: '35', error: '31', warn: '33', info: '32', debug: '36', trace: '90' };

export function prettyStream(out: Writable): DestinationStream {
  return { write: (line: string) => void out.write(prettyLine(line)) };
}

export function prettyLine(line: string): string {
  const record = parseRecord(line);
  if (record === null) return line;
  const { level, time, msg, err, ...rest } = record;
  const label = String(level);
  const clock = String(time).slice(11, 19);
  const details = Object.entries(rest).map(([name, value]) => `${name}=${brief(value)}`);
  const head = `${dim(clock)} \u001B[${colours[label] ?? '0'}m${label.padEnd(5)}\u001B[0m ${brief(msg ?? '')}`;
  return `${[head, ...details.map(dim)].join(' ')}\n${errorLines(err)}`;
}

function parseRecord(line: string): Record<string, unknown> | null {
  try {
    const parsed: unknown = JSON.parse(line);
    return typeof parsed === 'object' && parsed !== null ? Object.fromEntries(Object.entries(parsed)) : null;
  } catch {
    return null;
  }
}

function errorLines(error: unknown): string {
  if (typeof error !== 'object' || error === null) return '';
  const { stack, message } = error as { stack?: unknown; message?: unknown };
  const text = typeof stack === 'string' ? stack : brief(message ?? '');
  return `${dim(text.replaceAll(/^/gm, '         '))}\n`;
}

function brief(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}

function dim(text: string): string {
  return `\u001B[90m${text}\u001B[0m`;
}
