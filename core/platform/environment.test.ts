import { describe, expect, test } from 'vitest';
import { busUrlOf, environmentTable, readEnvironment } from './environment.ts';

describe('readEnvironment', () => {
  test('nothing set gives a hub for one machine', () => {
    const environment = readEnvironment({}, '/srv/hub');
    expect(environment).toMatchObject({
      host: '127.0.0.1',
      port: undefined,
      dataDir: '/srv/hub/.tieline',
      vaultKeyFile: '/srv/hub/.tieline/vault.key',
      roles: ['api', 'telephony', 'worker'],
    });
    expect(busUrlOf(environment)).toBeUndefined();
  });

  test('a wrong value names the variable, the value and the mend, and all at once', () => {
    const read = (): unknown => readEnvironment({ TIELINE_PORT: '99999', TIELINE_ROLES: 'api,wroker' }, '/');
    expect(read).toThrow(/TIELINE_PORT is "99999".*\n?.*Port of the dashboard/s);
    expect(read).toThrow(/TIELINE_ROLES is "api,wroker"/);
  });

  test('a secret is not repeated in the refusal', () => {
    expect(() => readEnvironment({ DATABASE_URL: 'mysql://hub:hunter2@db/x' }, '/')).toThrow(
      /DATABASE_URL is \(hidden\)/,
    );
    expect(() => readEnvironment({ DATABASE_URL: 'mysql://hub:hunter2@db/x' }, '/')).not.toThrow(/hunter2/);
  });

  test('blank counts as unset, blanks around a value do not count', () => {
    expect(readEnvironment({ TIELINE_PORT: ' ', TIELINE_HOST: ' 0.0.0.0 ' }, '/')).toMatchObject({
      port: undefined,
      host: '0.0.0.0',
    });
  });

  test('a process with a part of the roles talks over Redis', () => {
    const split = { TIELINE_ROLES: 'api', REDIS_URL: 'redis://cache', DATABASE_URL: 'postgres://db/hub' };
    expect(busUrlOf(readEnvironment(split, '/'))).toBe('redis://cache');
    expect(busUrlOf(readEnvironment({ ...split, TIELINE_BUS_URL: 'redis://bus' }, '/'))).toBe('redis://bus');
  });

  test('a part of the roles without a common database and bus is refused', () => {
    const read = (): unknown => readEnvironment({ TIELINE_ROLES: 'worker' }, '/');
    expect(read).toThrow(/Set DATABASE_URL and REDIS_URL or TIELINE_BUS_URL/);
  });

  test('every variable says what it is for and what holds when it is unset', () => {
    expect(environmentTable.length).toBeGreaterThan(10);
    for (const { name, help, unset } of environmentTable) {
      expect(name).toMatch(/^[A-Z_]+$/);
      expect(help).toMatch(/\.$/);
      expect(unset).not.toBe('');
    }
  });
});
