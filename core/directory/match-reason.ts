/** Why a caller was taken for someone: a code and its facts for screens, and the English sentence made from them. */
import type { z } from 'zod';
import type { reasonCodes } from '#core/contract/api/interactions.ts';
import type { reasonParams } from '#core/contract/desk.ts';

export type ReasonCode = (typeof reasonCodes)[number];
export type ReasonParams = z.output<typeof reasonParams>;
export interface Reason {
  readonly reason: string;
  readonly reasonCode: ReasonCode;
  readonly reasonParams: ReasonParams;
}

const sentences: Readonly<Record<ReasonCode, string>> = {
  oneMatch: 'The number belongs to {name}.',
  uncertainMatch: 'A number of {name} ends with the same digits; please confirm.',
  sameCompany: '{count} people of {company} share this number.',
  severalMatches: '{count} records have this number.',
  tieBroken: '{count} records have this number; {name} was taken by {rule}.',
  fromClickToDial: 'The call was started from the record of {name}.',
  chosenByUser: '{user} said this is {name}.',
  noMatch: 'No record has this number.',
  hiddenNumber: 'The caller hides the number.',
  internalCall: 'A call between colleagues.',
  ownNumber: 'The number is one of our own.',
  onlyExcluded: '{count} records have this number, but each is excluded by the match policy.',
};

export function explain(reasonCode: ReasonCode, reasonParams: ReasonParams = {}): Reason {
  const reason = sentences[reasonCode].replace(/\{(\w+)\}/g, (_, name: string) => String(reasonParams[name] ?? ''));
  return { reason, reasonCode, reasonParams };
}
