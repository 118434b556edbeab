import { isName } from './template/parse.ts';

/** A name the draft can use; templates allow more characters. */
export function safeName(name: string): string | null {
  const plain = name.trim().replace(/[^\p{L}\p{N}_-]+/gu, '_');
  const safe = /^[\p{L}_]/u.test(plain) ? plain : `_${plain}`;
  return isName(safe) ? safe : null;
}
