import { describe, expect, test } from 'vitest';
import { contractRoutes } from '#core/app/routes.ts';
import { busMessages } from '#core/contract/bus.ts';
import { jobs } from '#core/contract/jobs.ts';
import { isTest, readSources } from './imports.ts';

/** The hub checks the same at every start; here a mistake shows before anyone starts it. */
const code = readSources().filter(({ path }) => !isTest(path));

/** How often each argument stands in `@Decorator(argument`, over all sources. */
function uses(decorator: string): Map<string, number> {
  const pattern = new RegExp(`^\\s*@${decorator}\\(\\s*'?([\\w.]+)'?`, 'gm');
  const names = code.flatMap(({ text }) => [...text.matchAll(pattern)].map(([, name = '']) => name));
  return new Map([...Map.groupBy(names, (name) => name)].map(([name, same]) => [name, same.length]));
}

function faults(wanted: readonly string[], found: ReadonlyMap<string, number>): string[] {
  return [
    ...wanted.filter((name) => !found.has(name)).map((name) => `${name} has no handler`),
    ...[...found].filter(([, count]) => count > 1).map(([name, count]) => `${name} has ${count} handlers`),
    ...[...found.keys()].filter((name) => !wanted.includes(name)).map((name) => `${name} is not in the contract`),
  ];
}

describe('exactly one handler', () => {
  test('for every route', () => {
    const declared = code
      .filter(({ path }) => path.startsWith('core/contract/api/'))
      .flatMap(({ text }) => [...text.matchAll(/^export const (\w+) = defineRoute\(/gm)].map(([, name = '']) => name));
    expect(declared).toHaveLength(contractRoutes.length);
    expect(faults(declared, uses('Handles'))).toEqual([]);
  });

  test('for every job', () => {
    expect(faults(Object.keys(jobs), uses('OnJob'))).toEqual([]);
  });

  test('for every request on the bus; events may have any number', () => {
    const found = uses('OnBus');
    const requests = Object.entries(busMessages).filter(([, { kind }]) => kind === 'request');
    const answered = new Map([...found].filter(([topic]) => requests.some(([name]) => name === topic)));
    expect(
      faults(
        requests.map(([topic]) => topic),
        answered,
      ),
    ).toEqual([]);
    expect([...found.keys()].filter((topic) => !(topic in busMessages))).toEqual([]);
  });
});

describe('routes', () => {
  test('what is open to anyone is on this list', () => {
    const open = contractRoutes.filter(({ permission }) => permission === 'public').map(({ id }) => id);
    expect(open.toSorted()).toEqual(['session.logIn', 'setUp.complete', 'setUp.state']);
  });

  test('ids and addresses are unique', () => {
    const ids = contractRoutes.map(({ id }) => id);
    const addresses = contractRoutes.map(({ method, path }) => `${method} ${path.replaceAll(/:\w+/g, ':')}`);
    expect(new Set(ids).size).toBe(ids.length);
    expect(new Set(addresses).size).toBe(addresses.length);
  });
});
