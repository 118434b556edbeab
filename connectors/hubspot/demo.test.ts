import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { config } from './config.ts';
import { demo } from './demo.ts';

let dataDir: string;
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'demo-crm-'));
});
afterAll(() => rm(dataDir, { recursive: true }));

test('the demo CRM comes back where it was, with its records and its token', async () => {
  const first = await demo.start({ dataDir });
  const state = async (): Promise<unknown> => (await fetch(`${first.pageUrl ?? ''}/ui/state`)).json();
  expect(await state()).toMatchObject({ counts: { contacts: 5, calls: 0 } });
  expect(config.parse(first.config).appUrl).toBe(first.pageUrl);
  await first.close();
  const second = await demo.start({ dataDir });
  expect(second.config).toEqual(first.config);
  expect(await state()).toMatchObject({ counts: { contacts: 5 } });
  const beside = await demo.start({ dataDir });
  expect(beside.pageUrl).not.toBe(second.pageUrl);
  await beside.close();
  await second.close();
});
