/** Luxon reads letters as tokens unless they stand in quotes. */
export function quoted(text: string): string {
  return text.replace(/\p{L}+/gu, (word) => `'${word}'`).replaceAll("''", '');
}
