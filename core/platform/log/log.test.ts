import { expect, test } from 'vitest';
import { HubError } from '#core/contract/errors.ts';
import { createLog } from './log.ts';
import { prettyLine } from './pretty-stream.ts';

function logged(write: (log: ReturnType<typeof createLog>) => void): string {
  const lines: string[] = [];
  write(createLog('trace', { write: (line) => void lines.push(line) }));
  return lines.join('');
}

test('secrets do not reach the log, by name or inside text', () => {
  const text = logged((log) => {
    log.info(
      { headers: { authorization: 'Bearer canary-1', cookie: 'canary-2' }, config: { password: 'canary-3' } },
      'a',
    );
    log.info(
      { url: 'postgres://hub:canary-4@db/x', note: 'sent Bearer canary-5555', list: [{ apiKey: 'canary-6' }] },
      'b',
    );
    log.error({ err: new HubError('bug', 'at redis://u:canary-7@h', { cause: new Error('Basic canary-88888') }) }, 'c');
    log.warn(
      { err: Object.assign(new Error('x'), { client: { password: 'canary-9' }, accessToken: 'canary-10' }) },
      'd',
    );
  });
  expect(text).not.toContain('canary');
  expect(text).toContain('postgres://hub:[hidden]@db/x');
});

test('what helps is kept', () => {
  const error = new HubError('link.lost', 'gone', { scope: 'connection', field: 'host' });
  const record: unknown = JSON.parse(logged((log) => log.warn({ err: error, key: 'k1', tokensLeft: 4 }, 'Link lost')));
  expect(record).toMatchObject({
    level: 'warn',
    msg: 'Link lost',
    key: 'k1',
    err: { code: 'link.lost', field: 'host', message: 'gone' },
  });
});

test('on a terminal a line is laid out for people, and what is not JSON passes', () => {
  const line = logged((log) => log.info({ port: 7420 }, 'Ready'));
  expect(prettyLine(line)).toMatch(/info.*Ready.*port=7420/);
  expect(prettyLine('plain\n')).toBe('plain\n');
});
