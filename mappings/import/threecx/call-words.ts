/** 3CX's words for what the hub keeps as direction and outcome. */

const answered = ['answered', 'inProgress'];
const unanswered = ['missed', 'abandoned', 'busy', 'failed', 'voicemail'];
const pairs = (directions: readonly string[], outcomes: readonly string[]): string[] =>
  directions.flatMap((direction) => outcomes.map((outcome) => `${direction} ${outcome}`));

/** 3CX's one word for direction and outcome together. */
export const callTypes: readonly (readonly [word: string, pairs: readonly string[]])[] = [
  ['Inbound', pairs(['inbound', 'internal'], answered)],
  ['Missed', pairs(['inbound', 'internal'], unanswered)],
  ['Outbound', pairs(['outbound'], answered)],
  ['Notanswered', pairs(['outbound'], unanswered)],
];
export const callDirections: readonly (readonly [word: string, directions: readonly string[]])[] = [
  ['Inbound', ['inbound', 'internal']],
  ['Outbound', ['outbound']],
];
