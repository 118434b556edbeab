/**
 * Matches answers to actions by ActionID. AMI: a reply carries the ActionID of its action; a list reply says
 * `EventList: start`, its items are events with the same ActionID, the last one says `EventList: Complete`
 * (AMI v2 specification; recordings 17b and 17c).
 */
import { HubError } from '#core/contract/errors.ts';
import { notAnswered, refusal } from './errors.ts';
import type { AmiFrame } from './frames.ts';

export interface Answer {
  readonly reply: AmiFrame;
  /** What came before a list's end; empty for plain answers. */
  readonly items: readonly AmiFrame[];
}

export interface Question {
  readonly id: string;
  readonly action: string;
  readonly wantsList: boolean;
  readonly timeoutMs: number;
  /** Called with each item of a list, and with its end, as they arrive. */
  readonly onItem?: (frame: AmiFrame) => void;
}

interface Pending extends Question {
  readonly items: AmiFrame[];
  readonly answer: PromiseWithResolvers<Answer>;
}

/** More than any switch lists; a runaway list fails instead of filling the memory. */
const maxListItems = 200_000;

export class Replies {
  readonly #pending = new Map<string, Pending>();

  /** Call before the action is written: the answer may be quick. */
  expect(question: Question): Promise<Answer> {
    const { id, action, timeoutMs } = question;
    if (this.#pending.has(id)) {
      return Promise.reject(new HubError('resource.conflict', `${action} with this id is already under way.`));
    }
    const answer = Promise.withResolvers<Answer>();
    const timer = setTimeout(() => answer.reject(notAnswered(action, timeoutMs)), timeoutMs);
    this.#pending.set(id, { ...question, items: [], answer });
    return answer.promise.finally(() => {
      clearTimeout(timer);
      this.#pending.delete(id);
    });
  }

  /** True when the frame was part of an answer, false when it is an event of the switch. */
  take(frame: AmiFrame): boolean {
    const pending = this.#pending.get(frame.get('ActionID') ?? '');
    if (pending === undefined) return frame.kind === 'response';
    if (frame.kind === 'response') this.#takeResponse(pending, frame);
    else if (!pending.wantsList) return false;
    else this.#takeItem(pending, frame);
    return true;
  }

  #takeItem(pending: Pending, frame: AmiFrame): void {
    pending.onItem?.(frame);
    if (/^complete$/iu.test(frame.get('EventList') ?? '')) {
      pending.answer.resolve({ reply: frame, items: pending.items });
    } else if (pending.items.push(frame) > maxListItems) {
      pending.answer.reject(new HubError('remote.garbled', `The list answer to ${pending.action} has no end.`));
    }
  }

  failAll(error: Error): void {
    for (const pending of this.#pending.values()) pending.answer.reject(error);
  }

  #takeResponse(pending: Pending, frame: AmiFrame): void {
    if (frame.name === 'Error') pending.answer.reject(refusal(pending.action, frame));
    else if (!pending.wantsList) pending.answer.resolve({ reply: frame, items: [] });
  }
}
