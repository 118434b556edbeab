import { afterAll, beforeAll, expect, it } from 'vitest';
import type { JobPayload } from '#core/contract/jobs.ts';
import { createLog } from '#core/platform/log/log.ts';
import { ContactImportConsumer } from './contact-import.consumer.ts';
import { ContactImports } from './contact-import.service.ts';
import { ContactImportStore } from './contact-import.store.ts';
import { cleaned } from './import-text.ts';
import { openDirectoryBench, type DirectoryBench } from './testing/directory-bench.ts';

let bench: DirectoryBench;
let store: ContactImportStore;
let imports: ContactImports;
beforeAll(async () => {
  bench = await openDirectoryBench();
  store = new ContactImportStore(bench.dataSource);
  imports = new ContactImports(store, bench.contacts, bench.contactsStore, bench.links, bench.settings, bench.clock);
});
afterAll(() => bench.close());

function start(csv: string, mapping?: Record<string, string>): Promise<string> {
  const source = { text: cleaned(csv), charset: 'utf-8' as const };
  return imports.start({
    source,
    fileName: 'contacts.csv',
    tenantId: 'default',
    createdBy: 'ida',
    ...(mapping && { mapping }),
  });
}
async function importAll(csv: string, mapping?: Record<string, string>) {
  const id = await start(csv, mapping);
  await imports.run(id);
  return imports.state(id, 'default');
}
const find = async (search: string) => (await bench.search.list({ search, limit: 50 }, 'default')).items;

it('stores contacts, and the same file again changes nothing but counts', async () => {
  const csv =
    'ID,First name,Last name,Company,Email,Phone\n1,Ann,Abbott,Acme,ann@acme.test,415 555 0123\n2,Bob,Baker,Acme,bob@acme.test,415 555 0123\n3,,,,,\n';
  expect(await importAll(csv)).toMatchObject({ state: 'done', done: 3, total: 3, created: 2, updated: 0, rejected: 1 });
  expect(await importAll(csv)).toMatchObject({ state: 'done', created: 0, updated: 2, rejected: 1 });
  const [ann] = await find('ann abbott');
  expect(ann).toMatchObject({ accountName: 'Acme', links: [{ connectionId: 'import', recordId: '1' }] });
  expect(await find('acme')).toHaveLength(2);
});

it('updates by id, e-mail, or number with name, and keeps what the file does not say', async () => {
  await importAll(
    'ID,Name,Email,Phone\n10,Cara Cole,cara@x.test,415 555 0130\n,Dan Dean,dan@x.test,\n,Eve Ellis,,415 555 0131\n',
  );
  const state = await importAll(
    'ID,Name,Title,Email,Mobile\n10,Cara Changed,,,415 555 0139\n,Dan Dean,Boss,DAN@x.test,\n,Eve Ellis,Chief,,(415) 555-0131\n,Fay Ford,,,415 555 0131\n',
  );
  expect(state).toMatchObject({ created: 1, updated: 3 });
  const [cara] = await find('cara');
  expect(cara).toMatchObject({ displayName: 'Cara Changed', emails: ['cara@x.test'] });
  expect(cara?.phones.map(({ parsed }) => parsed.e164)).toEqual(['+14155550139', '+14155550130']);
  expect(await find('dan dean')).toMatchObject([{ jobTitle: 'Boss' }]);
  expect(await find('eve')).toMatchObject([{ jobTitle: 'Chief' }]);
});

it('makes one contact of two lines that are the same person, wherever they stand', async () => {
  const lines = Array.from({ length: 1200 }, (_, at) => `P${at % 600},p${at % 600}@many.test`);
  expect(await importAll(`Name,Email\n${lines.join('\n')}\n`)).toMatchObject({
    created: 600,
    updated: 600,
    done: 1200,
  });
});

it('goes on where a lost process stopped, and two processes do nothing twice', async () => {
  const lines = Array.from({ length: 1700 }, (_, at) => `R${at},r${at}@resume.test`);
  const id = await start(`Name,Email\n${lines.join('\n')}\n`);
  const stop = new AbortController();
  const advance = store.advance.bind(store);
  let steps = 0;
  store.advance = async (...args) => {
    steps += 1;
    if (steps === 2) stop.abort();
    return advance(...args);
  };
  await imports.run(id, stop.signal);
  store.advance = advance;
  expect(await imports.state(id, 'default')).toMatchObject({ state: 'running', done: 1000 });
  await Promise.all([imports.run(id), imports.run(id), imports.run(id)]);
  await imports.run(id);
  expect(await imports.state(id, 'default')).toMatchObject({ state: 'done', done: 1700, created: 1700, updated: 0 });
});

it('fails with the line when the file breaks, and keeps what came before', async () => {
  const lines = Array.from({ length: 600 }, (_, at) => `B${at},b${at}@broken.test`).join('\n');
  const state = await importAll(`Name,Email\n${lines}\n"Lost quote,x@broken.test\nlast,y@broken.test\n`);
  expect(state).toMatchObject({ state: 'failed', created: 500 });
  expect(state.problems[0]).toMatchObject({ problem: expect.stringContaining('quotation mark') });
  expect(state.problems[0]?.line).toBeGreaterThan(600);
});

it('stops when it is cancelled', async () => {
  const id = await start('Name,Email\nX,x@cancel.test\n');
  expect(await imports.cancel(id, 'default')).toMatchObject({ state: 'cancelled' });
  await imports.run(id);
  expect(await imports.state(id, 'default')).toMatchObject({ state: 'cancelled', done: 0 });
  await expect(imports.state(id, 'other')).rejects.toMatchObject({ code: 'resource.missing' });
});

it('refuses a file nobody mapped', async () => {
  await expect(start('a,b\n1,2\n')).rejects.toMatchObject({ code: 'input.invalid', field: 'mapping' });
  await expect(start('')).rejects.toThrow(/empty/);
  await expect(start(`Name,Email\n${','.repeat(1_000_001)}`)).rejects.toThrow(/Line 2 has 1000001 characters/);
});

it('is found by the sweep when its job was lost', async () => {
  const id = await start('Name,Email\nS,s@sweep.test\n');
  const asked: JobPayload<'contacts.import'>[] = [];
  const jobs = {
    enqueue: (_name: string, payload: unknown) => {
      asked.push(payload as JobPayload<'contacts.import'>);
      return Promise.resolve();
    },
  };
  const consumer = new ContactImportConsumer(imports, store, jobs, bench.clock, createLog('silent'));
  await consumer.sweep();
  expect(asked).toEqual([]);
  bench.clock.atMs += 61_000;
  await consumer.sweep();
  expect(asked).toContainEqual({ importId: id });
  await consumer.run({ importId: id }, new AbortController().signal);
  expect(await imports.state(id, 'default')).toMatchObject({ state: 'done', created: 1 });
});
