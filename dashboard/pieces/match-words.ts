import type { JsonObject } from '#core/contract/json.ts';
import { useTranslation } from 'react-i18next';

interface Reasoned {
  readonly reason: string;
  readonly reasonCode?: string | undefined;
  readonly reasonParams?: JsonObject | undefined;
}

/** The reason in the reader's language where the hub names its code, else the hub's own sentence. */
export function useReason(): (identification: Reasoned) => string {
  const { i18n } = useTranslation();
  return ({ reason, reasonCode, reasonParams }) => {
    const key = `match.reason.${reasonCode ?? ''}`;
    if (i18n.language === 'en' || !i18n.exists(key)) return reason;
    return String(i18n.t(key as never, { ...reasonParams } as never));
  };
}
