import { parsePhoneNumberFromString } from 'libphonenumber-js/min';

/** A number as a person reads it; what is no public number (an extension, a short code) stays as it is. */
export function readableNumber(number: string): string {
  const parsed = number.startsWith('+') ? parsePhoneNumberFromString(number) : undefined;
  return parsed?.isPossible() === true ? parsed.formatInternational() : number;
}
