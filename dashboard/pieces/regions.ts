import { getCountries } from 'libphonenumber-js/min';

export interface Region {
  readonly value: string;
  readonly label: string;
}

/** Countries with a numbering plan, by their name in the reader's language. */
export function regionsIn(language: string): readonly Region[] {
  const names = new Intl.DisplayNames(language, { type: 'region' });
  const order = new Intl.Collator(language);
  return getCountries()
    .map((value) => ({ value, label: `${names.of(value) ?? value} (${value})` }))
    .sort((a, b) => order.compare(a.label, b.label));
}

/** A first guess from the browser's languages, the ones that name a region first; the user confirms it. */
export function likelyRegion(languages: readonly string[]): string | null {
  const known = new Set<string>(getCountries());
  const locales = languages.map((language) => new Intl.Locale(language));
  const regions = [...locales, ...locales.map((locale) => locale.maximize())].map((locale) => locale.region ?? '');
  return regions.find((region) => known.has(region)) ?? null;
}
