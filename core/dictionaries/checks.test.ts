import { expect, test } from 'vitest';
import { HubError } from '#core/contract/errors.ts';
import { Checks } from './checks.service.ts';
import { noFacts } from './facts.ts';

const report = { facts: noFacts, problems: [], tests: 1, failedTests: [], misplaced: null };
const draft = { name: 'acme/person', revision: 1, text: '', tests: null };

function checksBy(run: () => Promise<unknown>): { checks: Checks; asked: () => number } {
  let asked = 0;
  const offThread = {
    run: (async () => {
      asked += 1;
      return run();
    }) as never,
  };
  const live = { texts: () => new Map<string, string>(), generation: 1 };
  return { checks: new Checks(offThread, { sideOf: () => null }, live), asked: () => asked };
}

test('nobody waits for a check without end, and the next look knows what came of it', async () => {
  const { promise, resolve } = Promise.withResolvers<unknown>();
  const { checks, asked } = checksBy(() => promise);
  expect(await checks.ofDraftWithin(5, draft)).toBeNull();
  expect(await checks.ofDraftWithin(0, draft)).toBeNull();
  resolve({ report });
  expect(await checks.ofDraft(draft)).toEqual(report);
  expect(await checks.ofDraftWithin(0, draft)).toEqual(report);
  expect(asked()).toBe(1);
});

test('a text too large stays too large; what broke off is tried again', async () => {
  const large = checksBy(() => Promise.reject(new HubError('input.tooLarge', 'takes too much time')));
  expect((await large.checks.ofDraft(draft)).problems).toMatchObject([{ file: 'acme/person', severity: 'error' }]);
  await large.checks.ofDraft(draft);
  expect(large.asked()).toBe(1);
  const broken = checksBy(() => Promise.reject(new HubError('bug', 'broke off')));
  const { problems } = await broken.checks.ofDraft(draft);
  expect(problems).toMatchObject([{ message: 'broke off', mend: 'Look again in a moment.' }]);
  await broken.checks.ofDraft(draft);
  expect(broken.asked()).toBe(2);
});
