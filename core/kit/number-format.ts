/** How a parsed number is searched for and shown. Pure. */
import { isSupportedCountry, parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js/max';
import type { PhoneNumber } from '#core/contract/phone-number.ts';
import { digitsOf } from './number-extension.ts';

/** Languages the hub shows. */
export type NumberLocale = 'en' | 'zh-CN';

const absent: Record<NumberLocale, Record<'restricted' | 'unavailable', string>> = {
  en: { restricted: 'Withheld', unavailable: 'Unknown number' },
  'zh-CN': { restricted: '号码已隐藏', unavailable: '未知号码' },
};
const extensionWord: Record<NumberLocale, string> = { en: ' ext. ', 'zh-CN': ' 转 ' };

/**
 * For people: national format at home, international abroad, the extension after it; a word when the caller is hidden.
 * Called wherever the dashboard or a CRM text shows a number.
 */
export function displayNumber(number: PhoneNumber, home: string | null, locale: NumberLocale = 'en'): string {
  if (number.presentation !== 'allowed') return absent[locale][number.presentation];
  if (number.e164 === null) return number.extension ?? number.raw;
  const phone = parsePhoneNumberFromString(number.e164);
  const text = phone && phone.country === home ? phone.formatNational() : (phone?.formatInternational() ?? number.e164);
  return number.extension === null ? text : text + extensionWord[locale] + number.extension;
}

/**
 * The spellings under which a CRM that compares text may hold a number, most likely first, without repeats: E.164, bare
 * digits, national with and without trunk prefix, international with spaces, `00`. Called by live caller look-up.
 * Empty for hidden numbers: those are never searched.
 */
export function spellings(number: PhoneNumber): string[] {
  if (number.presentation !== 'allowed') return [];
  if (number.e164 === null) return number.extension === null ? [] : [number.extension];
  const phone = parsePhoneNumberFromString(number.e164);
  const digits = digitsOf(number.e164);
  if (!phone) return [number.e164, digits];
  const national = phone.formatNational();
  const all = [number.e164, digits, digitsOf(national), phone.nationalNumber, national, phone.formatInternational()];
  const dashed = phone.formatInternational().slice(1).replaceAll(' ', '-');
  return [...new Set([...all, `00${digits}`, `+${dashed}`, dashedNational(phone.nationalNumber, digits)])].filter(
    (spelling) => spelling !== '',
  );
}

/** North American records mostly hold `415-555-0123`. */
function dashedNational(national: string, digits: string): string {
  const isNorthAmerican = digits.startsWith('1') && national.length === 10;
  return isNorthAmerican ? national.replace(/^(\d{3})(\d{3})(\d{4})$/, '$1-$2-$3') : '';
}

/** The last digits of a number turned round, so that a suffix search becomes a prefix search on an index. */
export function reversedDigits(number: PhoneNumber): string | null {
  if (number.presentation !== 'allowed') return null;
  const digits = digitsOf(number.e164 ?? number.extension ?? number.raw).slice(0, 20);
  return digits === '' ? null : digits.split('').toReversed().join('');
}

/** ISO country of a number; null for extensions and non-geographic numbers. */
export function regionOf(number: PhoneNumber): string | null {
  return number.e164 === null ? null : (parsePhoneNumberFromString(number.e164)?.country ?? null);
}

/** Whether libphonenumber knows a region, so that settings can refuse a typing error. */
export function isKnownRegion(region: string): region is CountryCode {
  return isSupportedCountry(region);
}
