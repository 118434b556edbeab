/**
 * Marks of a click-to-dial order that come back with the call: written as channel variables of `Originate`, read from
 * `VarSet`. Values are percent-encoded because the `Variable` header splits at commas and drops quotes.
 */
import type { SwitchEvent } from '#core/contract/call-events.ts';
import { HubError } from '#core/contract/errors.ts';

const requestVariable = 'TIELINE_REQUEST';
const markPrefix = 'TIELINE_MARK_';

/** `Variable` values for an order; the leading `__` hands them on to every channel the call creates. */
export function correlationVariables(
  requestId: string,
  correlation: Readonly<Record<string, string>> = {},
): readonly string[] {
  const marks = Object.entries(correlation).map(([key, value]) => {
    if (!/^[A-Za-z][A-Za-z0-9]{0,39}$/u.test(key)) {
      throw new HubError('input.invalid', 'A correlation key must be a word of at most 40 letters and digits.', {
        field: 'correlation',
      });
    }
    return `__${markPrefix}${key}=${encode(value)}`;
  });
  return [`__${requestVariable}=${encode(requestId)}`, ...marks];
}

/** The mark a `VarSet` carries, as it stands in a call event's `correlation`; null for any other variable. */
export function readCorrelation(variable: string, value: string): { key: string; value: string } | null {
  const name = variable.replace(/^_{1,2}/u, '');
  if (name === requestVariable) return { key: 'requestId', value: decode(value) };
  if (!name.startsWith(markPrefix) || name.length === markPrefix.length) return null;
  return { key: name.slice(markPrefix.length), value: decode(value) };
}

/** Variables the translator must pick up; the switch reports them with the underscores they were set with. */
export const correlationPatterns = ['TIELINE_*', '_TIELINE_*', '__TIELINE_*'] as const;

/** The event with its marks under the keys and in the spelling the caller of `makeCall` gave them. */
export function withCorrelation(event: SwitchEvent): SwitchEvent {
  if (event.kind !== 'call' || event.correlation === undefined) return event;
  const marks = Object.entries(event.correlation).map(([variable, value]) => {
    const mark = readCorrelation(variable, value);
    return mark === null ? [variable, value] : [mark.key, mark.value];
  });
  return { ...event, correlation: Object.fromEntries(marks) };
}

const encode = (text: string) =>
  encodeURIComponent(text.toWellFormed()).replaceAll(
    /[!'()*]/gu,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
