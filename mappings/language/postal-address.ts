/** Postal addresses between one text and their parts, in the orders of the countries that write them. */
import { longestLine } from './limits.ts';

export const addressParts = ['street', 'city', 'region', 'postalCode', 'country'] as const;
export type AddressPart = (typeof addressParts)[number];
export type PostalAddress = Readonly<Record<AddressPart, string | null>>;

/**
 * `us`: street, then "City, Region 12345" (also Canada and Australia). `european`: street, then "12345 City".
 * `uk`: street, city, then the post code on its own line. `cjk`: from the largest to the smallest, on one line.
 */
export const addressOrders = ['us', 'european', 'uk', 'cjk'] as const;
export type AddressOrder = (typeof addressOrders)[number];

const maxLines = 12;
const maxLength = 1000;
const eastAsian = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;

/** Null when no line holds what the order expects a city to look like: guessing would put streets into cities. */
export function readAddress(lines: readonly string[], order: AddressOrder | 'auto'): PostalAddress | null {
  if (lines.some((line) => line.length > longestLine)) return null;
  const plain = lines.map((line) => line.normalize('NFC').trim().replaceAll(/\s+/g, ' ')).filter((line) => line !== '');
  if (plain.length === 0 || plain.length > maxLines || plain.join('').length > maxLength) return null;
  if (order === 'cjk' || (order === 'auto' && eastAsian.test(plain.join('')))) return readEastAsian(plain);
  const orders = order === 'auto' ? (['us', 'uk', 'european'] as const) : [order];
  for (const candidate of orders) {
    const found = readWestern(plain, candidate);
    if (found !== null) return found;
  }
  return null;
}

/** The lines of an address; parts the order has no place for are left out. */
export function writeAddress(address: PostalAddress, order: AddressOrder | 'auto'): string[] {
  const chosen = order === 'auto' ? orderOf(address) : order;
  const { street, city, region, postalCode, country } = address;
  const streets = street === null ? [] : street.split('\n');
  const written = {
    us: () => [...streets, [joined(', ', city, joined(' ', region, postalCode))], [country]].flat(),
    european: () => [...streets, joined(' ', postalCode, city), country],
    uk: () => [...streets, city, postalCode, country],
    cjk: () => [writeEastAsian(address)],
  }[chosen]();
  return written.filter((line): line is string => line !== null && line !== '');
}

export function orderOf(address: PostalAddress): AddressOrder {
  const whole = addressParts.map((part) => address[part] ?? '').join('');
  if (eastAsian.test(whole)) return 'cjk';
  const code = address.postalCode ?? '';
  if (ukCode.test(code)) return 'uk';
  return address.region === null ? 'european' : 'us';
}

function joined(glue: string, ...parts: readonly (string | null)[]): string | null {
  const present = parts.filter((part) => part !== null && part !== '');
  return present.length === 0 ? null : present.join(glue);
}

const ukCode = /^[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}$/;
/** "San Francisco, CA 94105", "Toronto, ON M5V 2T6", "Sydney NSW 2000": a region, then a code, at the end. */
const usLine = /^([^,]{1,80}?)(?:, ?| )(\p{Lu}{2,3}|\p{Lu}\p{L}{3,20}) (\d{4,5}(?:-\d{4})?|[A-Z]\d[A-Z] ?\d[A-Z]\d)$/u;
/** "10115 Berlin", "D-80331 München", "1012 AB Amsterdam", "123 45 Stockholm", "00-950 Warszawa". */
const europeanLine = /^(?:[A-Z]{1,3}-)?(\d{4,6}(?: [A-Z]{2})?|\d{3} \d{2}|\d{2}-\d{3}|\d{4}-\d{3}) (\D.{0,80})$/u;
/** "London SW1A 1AA", or the code alone. */
const ukLine = /^(?:([^,]{1,80}?),? )?([A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2})$/;

type WesternOrder = Exclude<AddressOrder, 'cjk'>;

interface CityLines {
  /** Index of the first line that is no street any more, and of the first after the city. */
  readonly from: number;
  readonly until: number;
  readonly city: string | null;
  readonly region: string | null;
  readonly postalCode: string;
}

function readWestern(lines: readonly string[], order: WesternOrder): PostalAddress | null {
  const found = findCity(lines, order);
  if (found === null) return null;
  const after = lines.slice(found.until);
  if (after.length > 1) return null;
  return {
    street: found.from === 0 ? null : lines.slice(0, found.from).join('\n'),
    city: found.city,
    region: found.region,
    postalCode: found.postalCode,
    country: after[0] ?? null,
  };
}

/** The last line that looks the part: a street may hold numbers too. */
function findCity(lines: readonly string[], order: WesternOrder): CityLines | null {
  for (let at = lines.length - 1; at >= 0; at -= 1) {
    const found = cityReaders[order](lines, at);
    if (found !== null) return found;
  }
  return null;
}

type CityReader = (lines: readonly string[], at: number) => CityLines | null;

const cityReaders: Readonly<Record<WesternOrder, CityReader>> = {
  us: (lines, at) => {
    const match = usLine.exec(lines[at] ?? '');
    if (match === null) return null;
    return { from: at, until: at + 1, city: groupOf(match, 1), region: groupOf(match, 2), postalCode: match[3] ?? '' };
  },
  european: (lines, at) => {
    const match = europeanLine.exec(lines[at] ?? '');
    if (match === null) return null;
    return { from: at, until: at + 1, city: groupOf(match, 2), region: null, postalCode: match[1] ?? '' };
  },
  uk: (lines, at) => {
    const match = ukLine.exec(lines[at] ?? '');
    if (match === null) return null;
    const city = groupOf(match, 1);
    const above = at === 0 ? null : (lines[at - 1] ?? null);
    const from = city === null ? Math.max(0, at - 1) : at;
    return { from, until: at + 1, city: city ?? above, region: null, postalCode: match[2] ?? '' };
  },
};

function groupOf(match: RegExpExecArray, group: number): string | null {
  return match[group] ?? null;
}

const countries = /^(?:中华人民共和国|中華人民共和國|中国|中國|台灣|台湾|香港|澳门|日本国?|대한민국|한국)(?=.)/u;
const codes =
  /^(?:〒? ?(\d{3}-\d{4})|(\d{6}|\d{5}|\d{3}))(?= |\D)[ ,，]*|[ ,，]+(?:〒? ?(\d{3}-\d{4})|(\d{6}|\d{5}|\d{3}))$/u;
const municipality = /^(?:北京|上海|天津|重庆|重慶)市?/u;
const regions =
  /^(?:[^\d\s市]{2,7}?(?:省|自治区|特别行政区)|[^\d\s市区]{2}[都道府]|[^\d\s市区]{2,3}県|[가-힣]{2,5}도(?= ))/u;
const cities =
  /^(?:[^\d\s,，区區县縣路街]{1,9}?(?:自治州|地区|市|盟|州(?!市))|[^\d\s]{1,5}?[区區县縣市](?=\S)|[가-힣]{2,6}(?:특별시|광역시|시|군)(?= ))/u;

function readEastAsian(lines: readonly string[]): PostalAddress | null {
  const text = lines.join(hangul.test(lines.join('')) ? ' ' : '');
  const code = codes.exec(text);
  const postalCode = code?.slice(1).find((group) => group !== undefined) ?? null;
  const [country, afterCountry] = cut(countries, (code === null ? text : text.replace(code[0], '')).trim());
  // Four cities are provinces of their own; the city is what people call them.
  const isMunicipal = municipality.test(afterCountry);
  const [region, afterRegion] = isMunicipal ? [null, afterCountry] : cut(regions, afterCountry);
  const [city, street] = cut(isMunicipal ? municipality : cities, afterRegion);
  const isNothing = [country, region, city, postalCode].every((part) => part === null);
  return isNothing ? null : { street: street === '' ? null : street, city, region, postalCode, country };
}

const hangul = /\p{Script=Hangul}/u;

/** What a pattern takes off the front, and what is left. */
function cut(pattern: RegExp, text: string): [string | null, string] {
  const found = pattern.exec(text)?.[0];
  return found === undefined ? [null, text] : [found, text.slice(found.length).replace(/^[ ,，]+/u, '')];
}

function writeEastAsian(address: PostalAddress): string | null {
  const { street, city, region, postalCode, country } = address;
  const glue = hangul.test(`${region}${city}${street}`) ? ' ' : '';
  const place = joined(glue, country, region, city, street?.replaceAll('\n', glue) ?? null);
  return joined(' ', postalCode, place);
}
