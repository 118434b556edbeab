/** What a connector reports goes to ops: bounded in length and on one line, because parts of it came over a wire. */
export const noticesKept = 50;
const longest = 500;

export function tidyNotice(message: string): string {
  const line = message.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').trim();
  return line.length <= longest ? line : `${line.slice(0, longest - 1)}…`;
}
