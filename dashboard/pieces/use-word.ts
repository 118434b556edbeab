import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';

type Plain = (key: string, words?: Readonly<Record<string, unknown>>) => string;

/** For words the hub chooses at run time: the text under a key where there is one, else what the hub itself said. */
export function useWord(): (key: string, fallback: string, words?: Readonly<Record<string, unknown>>) => string {
  const { i18n, t } = useTranslation();
  return useCallback(
    (key, fallback, words = {}) => {
      // The key types know only keys written out in the code; `exists` has just proved this one.
      const plain = t as unknown as Plain;
      return i18n.exists(key) ? plain(key, words) : fallback;
    },
    [i18n, t],
  );
}
