import { expect, test } from 'vitest';
import { frameOf, type AmiHeader } from './frames.ts';
import { Replies } from './replies.ts';

const ask = (replies: Replies, extra = {}) =>
  replies.expect({ id: 'x-1', action: 'Status', wantsList: false, timeoutMs: 5000, ...extra });
const event = (name: string, ...more: AmiHeader[]) => frameOf([['Event', name], ['ActionID', 'x-1'], ...more]);
const response = (word: string, ...more: AmiHeader[]) => frameOf([['Response', word], ['ActionID', 'x-1'], ...more]);

test('a list is its items up to the end mark, in order', async () => {
  const replies = new Replies();
  const seen: string[] = [];
  const answer = ask(replies, { wantsList: true, onItem: (frame: { name: string }) => seen.push(frame.name) });
  expect(replies.take(response('Success', ['EventList', 'start']))).toBe(true);
  expect(replies.take(event('Status'))).toBe(true);
  expect(replies.take(frameOf([['Event', 'Hangup']]))).toBe(false);
  expect(replies.take(event('StatusComplete', ['EventList', 'Complete']))).toBe(true);
  expect((await answer).items.map((frame) => frame.name)).toEqual(['Status']);
  expect(seen).toEqual(['Status', 'StatusComplete']);
});

test('an event that carries the id of a plain action is an event', async () => {
  const replies = new Replies();
  const answer = ask(replies);
  expect(replies.take(event('OriginateResponse'))).toBe(false);
  expect(replies.take(response('Success'))).toBe(true);
  expect((await answer).reply.name).toBe('Success');
});

test('a forged or late answer finds no taker and is no event either', () => {
  const replies = new Replies();
  expect(
    replies.take(
      frameOf([
        ['Response', 'Error'],
        ['ActionID', 'tl-5'],
        ['Message', 'Permission denied'],
      ]),
    ),
  ).toBe(true);
  expect(replies.take(frameOf([['Response', 'Success']]))).toBe(true);
});

test('silence, loss, refusal and an id in use', async () => {
  const replies = new Replies();
  await expect(ask(replies, { timeoutMs: 5 })).rejects.toMatchObject({ code: 'remote.timeout', retry: 'soon' });
  const lost = ask(replies);
  await expect(ask(replies)).rejects.toMatchObject({ code: 'resource.conflict' });
  replies.failAll(new Error('gone'));
  await expect(lost).rejects.toThrow('gone');
  const refused = ask(replies);
  replies.take(response('Error', ['Message', 'Permission denied']));
  await expect(refused).rejects.toMatchObject({ code: 'permission.denied' });
  const again = ask(replies);
  replies.take(response('Success'));
  await expect(again).resolves.toBeDefined();
});
