import { HubError } from '#core/contract/errors.ts';

/**
 * Why an edit was not made. `missing`: what it names is not there. `unreadable`: the text is no YAML now, or would not
 * be. `invalid`: what is to be written has no place there. `shared`: it would change other parts too, because they
 * share text by an anchor.
 */
export type EditRefusal = 'missing' | 'unreadable' | 'invalid' | 'shared';

/** An edit that would not do what it says; the text is as it was. */
export class EditError extends HubError {
  readonly reason: EditRefusal;

  constructor(reason: EditRefusal, message: string) {
    super(reason === 'missing' ? 'resource.missing' : 'input.invalid', message);
    this.reason = reason;
  }
}

/** The position, if something stands there; else the sentence that says where something does. */
export function existing(index: number, count: number, noun: string): number {
  if (Number.isInteger(index) && index >= 0 && index < count) return index;
  const known = count === 0 ? 'there are none' : count === 1 ? 'there is only 0' : `there are 0 to ${count - 1}`;
  throw new EditError('missing', `There is no ${noun} ${index}; ${known}.`);
}

/** A position to insert at: before an existing item, or behind the last. */
export function insertable(index: number | undefined, count: number, noun: string): number {
  return index === undefined || index === count ? count : existing(index, count, noun);
}
