/**
 * One measured value per printed line, so that a person and a script read the same thing:
 *
 *     figure <name> <value> <unit> target <op><value> ok|short
 *
 * A bench calls `figure` for each value and `finish` once, last. Without a target the line ends after the unit.
 */
export type Target = `${'<' | '<=' | '>' | '>=' | '='}${number}`;

const comparisons: Record<string, (value: number, limit: number) => boolean> = {
  '<': (value, limit) => value < limit,
  '<=': (value, limit) => value <= limit,
  '>': (value, limit) => value > limit,
  '>=': (value, limit) => value >= limit,
  '=': (value, limit) => value === limit,
};

const collected: { name: string; ok: boolean }[] = [];

/** Prints and remembers one value; `name` without spaces, e.g. `lookup.p95`. A value that is not a number is short. */
export function figure(name: string, value: number, unit: string, target?: Target): boolean {
  const ok = target === undefined || meets(value, target);
  collected.push({ name, ok });
  const verdict = target === undefined ? '' : ` target ${target} ${ok ? 'ok' : 'short'}`;
  process.stdout.write(`figure ${name.replaceAll(' ', '-')} ${shorten(value)} ${unit}${verdict}\n`);
  return ok;
}

export function meets(value: number, target: Target): boolean {
  const parts = /^(<=|>=|<|>|=)(.+)$/.exec(target);
  const compare = comparisons[parts?.[1] ?? ''];
  return compare !== undefined && Number.isFinite(value) && compare(value, Number(parts?.[2]));
}

/** The value below which `share` (0..1) of the sorted or unsorted samples lie; nearest rank. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))] ?? Number.NaN;
}

/** Sets the exit code: 1 when a figure fell short or none was taken at all. */
export function finish(): void {
  const short = collected.filter((one) => !one.ok).map((one) => one.name);
  if (collected.length === 0) process.stdout.write('no figure was taken\n');
  if (short.length > 0) process.stdout.write(`short: ${short.join(', ')}\n`);
  process.exitCode = short.length > 0 || collected.length === 0 ? 1 : 0;
}

function shorten(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  return String(Math.abs(value) >= 100 ? Math.round(value) : Number(value.toPrecision(3)));
}
