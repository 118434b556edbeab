/** Times, durations, sizes and names as a reader of one language expects them. Pure. */

/** `4:07`, `1:02:09`: how phones show call time everywhere. */
export function clockDuration(ms: number): string {
  const total = Math.max(0, Math.floor(ms / 1000));
  const hours = Math.floor(total / 3600);
  const minutes = Math.floor((total % 3600) / 60);
  const seconds = String(total % 60).padStart(2, '0');
  return hours === 0 ? `${minutes}:${seconds}` : `${hours}:${String(minutes).padStart(2, '0')}:${seconds}`;
}

export function absoluteTime(ms: number, language: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'long' }).format(ms);
}

export function shortTime(ms: number, language: string): string {
  return new Intl.DateTimeFormat(language, { hour: 'numeric', minute: '2-digit' }).format(ms);
}

export function dayAndTime(ms: number, language: string): string {
  return new Intl.DateTimeFormat(language, {
    month: 'short',
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
  }).format(ms);
}

const steps: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
];

export function relativeTime(ms: number, now: number, language: string): string {
  const difference = ms - now;
  const format = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  const step = steps.find(([, size]) => Math.abs(difference) >= size);
  if (step === undefined) return format.format(0, 'second');
  return format.format(Math.round(difference / step[1]), step[0]);
}

export function wholeNumber(value: number, language: string): string {
  return new Intl.NumberFormat(language).format(value);
}

const unspaced = /^[\p{Script=Han}\p{Script=Hangul}]+$/u;
const eastAsian = /^[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}]/u;

interface Name {
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly displayName?: string | null;
}

/** Family name first and unspaced where the name is written in an East Asian script, else given name first. */
export function personName({ firstName, lastName, displayName }: Name): string {
  const given = firstName?.trim() ?? '';
  const family = lastName?.trim() ?? '';
  if (given === '' || family === '') return given + family || (displayName ?? '');
  if (!eastAsian.test(family)) return `${given} ${family}`;
  return unspaced.test(family + given) ? family + given : `${family} ${given}`;
}
