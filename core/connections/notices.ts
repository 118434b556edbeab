/** What a connector reports goes to ops: bounded in length and on one line, because parts of it came over a wire. */
export const noticesKept = 50;
const longest = 500;
/** Hiding shorter values would punch holes into every sentence and hide nothing. */
const shortestHidden = 4;

export function tidyNotice(message: string): string {
  const line = message.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').trim();
  return line.length <= longest ? line : `${line.slice(0, longest - 1)}…`;
}

/** Replaces every stored secret of a connection that slipped into a text, as it is or as it stands in a URL. */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
  return secrets
    .flatMap((secret) => [secret, encodeURIComponent(secret)])
    .filter((secret) => secret.length >= shortestHidden)
    .toSorted((a, b) => b.length - a.length)
    .reduce((cleaned, secret) => cleaned.replaceAll(secret, '[hidden]'), text);
}
