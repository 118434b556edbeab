import { describe, expect, it } from 'vitest';
import { HubError, hubErrorCodes } from '#core/contract/errors.ts';
import { fingerprint, maxAttempts, retryDelayMs, settleFailure, settleOutcome } from './outbox-state.ts';

describe('settleOutcome', () => {
  it('ends a write that is done or was there already with the same record', () => {
    expect(settleOutcome({ status: 'done', recordId: '7' }, 0, 0)).toMatchObject({
      state: 'done',
      recordId: '7',
      delayMs: null,
    });
    expect(settleOutcome({ status: 'duplicate', recordId: '7' }, 3, 0)).toMatchObject({ state: 'done', recordId: '7' });
  });

  it('never repeats a write in doubt blindly: it goes to the state that reads first', () => {
    expect(settleOutcome({ status: 'inDoubt', reason: 'socket closed' }, 0, 0.5)).toMatchObject({ state: 'inDoubt' });
  });

  it('waits at least as long as the other side asked', () => {
    const settled = settleOutcome({ status: 'retry', afterMs: 90_000, reason: 'busy' }, 0, 0);
    expect(settled.delayMs).toBeGreaterThanOrEqual(90_000);
  });

  it('gives up on one record after the attempt limit and says so', () => {
    const settled = settleOutcome({ status: 'retry', afterMs: 0, reason: 'busy' }, maxAttempts - 1, 0);
    expect(settled).toMatchObject({ state: 'dead', error: { message: expect.stringContaining('given up') } });
  });
});

describe('settleFailure', () => {
  it('keeps every write of a connection that is down, whatever the number of tries', () => {
    for (const code of ['remote.unavailable', 'auth.rejected', 'link.lost', 'remote.rateLimited'] as const) {
      const settled = settleFailure(new HubError(code, 'down'), 10_000, 0.5);
      expect(settled).toMatchObject({ state: 'retrying', countsAsAttempt: false });
      expect(settled.delayMs).toBeLessThanOrEqual(60_000);
    }
  });

  it('settles every error code of the contract one way or the other', () => {
    for (const code of hubErrorCodes) {
      expect(['retrying', 'dead']).toContain(settleFailure(new HubError(code, 'x'), 0, 0).state);
    }
  });
});

describe('retryDelayMs', () => {
  it('grows, stays under its cap and is never below half of its ceiling', () => {
    expect(retryDelayMs(0, 0)).toBe(500);
    expect(retryDelayMs(3, 0.999)).toBeLessThanOrEqual(8_000);
    expect(retryDelayMs(500, 0.999, 60_000)).toBeLessThanOrEqual(60_000);
  });
});

describe('fingerprint', () => {
  it('groups by cause, not by value', () => {
    const error = (message: string) => ({ code: 'record.invalid' as const, message, field: 'phone' });
    expect(fingerprint('c', 'calls', error('"+1415" is not a phone, id 12'))).toBe(
      fingerprint('c', 'calls', error('"+49" is not a phone, id 9')),
    );
    expect(fingerprint('c', 'calls', error('too long'))).not.toBe(fingerprint('c', 'calls', error('not a phone')));
  });
});
