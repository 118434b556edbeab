import { expect, test } from 'vitest';
import { roles } from '#core/contract/permissions.ts';
import { absoluteMs, idleMs, isLive, wantsTouch } from './session-rules.ts';
import { apiKeyActor, emailKey, takesAdministratorAway, tidyExtension, userActor, userOf } from './users.ts';
import type { UserRow } from './users.ts';

const row: UserRow = {
  id: 'u1',
  tenant_id: 'default',
  email: 'Ana@Example.org',
  display_name: 'Ana',
  role: 'administrator',
  extension: '1001',
  connection_id: 'c1',
  disabled: false,
  created_at: new Date(0),
};

test('an e-mail is compared without capitals and blanks', () => {
  expect(emailKey(' Ana@Example.ORG ')).toBe(emailKey('ana@example.org'));
});

test('a blank extension is none', () => {
  expect([tidyExtension(' '), tidyExtension(null), tidyExtension(' 1001 ')]).toEqual([null, null, '1001']);
});

test('only what leaves a working administrator behind counts as taking one away', () => {
  expect(takesAdministratorAway(row, { role: 'administrator', disabled: false })).toBe(false);
  expect(takesAdministratorAway(row, { role: 'agent', disabled: false })).toBe(true);
  expect(takesAdministratorAway(row, { role: 'administrator', disabled: true })).toBe(true);
  expect(takesAdministratorAway({ ...row, disabled: true }, { role: 'agent', disabled: true })).toBe(false);
  expect(takesAdministratorAway({ ...row, role: 'agent' }, { role: 'operator', disabled: true })).toBe(false);
});

test('a user answer holds no password hash', () => {
  const leaky = { ...row, password_hash: 'canary', email_key: 'canary' };
  expect(JSON.stringify(userOf(leaky))).not.toContain('canary');
  expect(JSON.stringify(userActor(leaky))).not.toContain('canary');
});

test('an API key has no desk and no sign-in of its own, whatever its role', () => {
  for (const role of roles) {
    const { permissions } = apiKeyActor({ id: 'k', tenantId: 'default', role });
    expect(permissions).not.toContain('self');
    expect(permissions).not.toContain('desk.use');
    expect(permissions).toContain('interactions.read');
  }
});

test('a session slides by use and still ends', () => {
  const day = 86_400_000;
  expect(isLive({ createdAtMs: 0, lastSeenAtMs: 0 }, idleMs - 1)).toBe(true);
  expect(isLive({ createdAtMs: 0, lastSeenAtMs: 0 }, idleMs)).toBe(false);
  expect(isLive({ createdAtMs: 0, lastSeenAtMs: 6 * day }, 6 * day + 1)).toBe(true);
  expect(isLive({ createdAtMs: 0, lastSeenAtMs: absoluteMs - 1 }, absoluteMs)).toBe(false);
  expect(wantsTouch({ createdAtMs: 0, lastSeenAtMs: 0 }, 59_999)).toBe(false);
  expect(wantsTouch({ createdAtMs: 0, lastSeenAtMs: 0 }, 60_000)).toBe(true);
});
