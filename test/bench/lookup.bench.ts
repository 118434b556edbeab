/**
 * Who is calling, at a million numbers: the look-up alone, the whole identification with its stored decision, and a bare
 * prepared statement on the same table in the same run. Sequential, as one ringing call sees it.
 */
import type { Interaction } from '#core/contract/interaction.ts';
import pg from 'pg';
import { defaultMatchPolicy } from '#core/directory/match-policy.ts';
import { identify } from '#core/directory/identity.ts';
import { openDirectoryBench, ringing } from '#core/directory/testing/directory-bench.ts';
import { parseNumber } from '#core/kit/number-engine.ts';
import { figure, finish, percentile } from './figure.ts';
import { seedContacts, seededNumber } from './seed-contacts.ts';

const numbers = Number(process.argv[2] ?? 1_000_000);
const rounds = 4_000;
const warmUp = 400;

/** 70 % known numbers in several spellings, 10 % that only end alike, 20 % strangers. */
function callerOf(round: number): string {
  const known = seededNumber(1 + ((round * 7919) % numbers));
  const kind = round % 10;
  if (kind < 3) return known;
  if (kind < 5) return `001${known.slice(2)}`;
  if (kind < 7) return `(${known.slice(2, 5)}) ${known.slice(5, 8)}-${known.slice(8)}`;
  if (kind < 8) return `+4930${8_000_000 + 100 * (1 + (round % Math.max(1, numbers / 200)))}`;
  return `+4420794${String(60_000 + (round % 10_000)).padStart(5, '0')}`;
}

async function measure(work: (round: number) => Promise<unknown>): Promise<number[]> {
  for (let round = 0; round < warmUp; round += 1) await work(round);
  const samples: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const startedMs = performance.now();
    await work(warmUp + round);
    samples.push(performance.now() - startedMs);
  }
  return samples;
}

function report(name: string, samples: readonly number[]): void {
  figure(`lookup.${name}.p50`, percentile(samples, 0.5), 'ms');
  figure(`lookup.${name}.p95`, percentile(samples, 0.95), 'ms', name === 'raw' ? undefined : '<5');
  figure(`lookup.${name}.p99`, percentile(samples, 0.99), 'ms');
}

const bench = await openDirectoryBench();
const client = new pg.Client({ connectionString: bench.url });
try {
  const startedMs = performance.now();
  await bench.dataSource.transaction((manager) => seedContacts(manager, numbers));
  await bench.dataSource.query('vacuum (analyze) number_index, contact');
  await client.connect();
  figure('lookup.numbers', numbers, 'numbers');
  figure('lookup.seed', (performance.now() - startedMs) / 1000, 's');

  const text = 'select contact_id from number_index where tenant_id = $1 and e164 = $2';
  const raw = await measure((round) =>
    client.query({ name: 'raw', text, values: ['default', seededNumber(1 + round)] }),
  );
  report('raw', raw);

  const found = { none: 0, one: 0, several: 0 };
  const index = await measure(async (round) => {
    const number = parseNumber(callerOf(round), { defaultRegion: 'US' });
    const candidates = await bench.index.lookUp({
      tenantId: 'default',
      number,
      agent: '1001',
      suffixDigits: 7,
      correlated: [],
      vouched: [],
    });
    const { candidates: kept } = identify(defaultMatchPolicy, { number }, candidates);
    found[kept.length === 0 ? 'none' : kept.length === 1 ? 'one' : 'several'] += 1;
  });
  report('index', index);
  figure('lookup.index-to-raw', percentile(index, 0.5) / percentile(raw, 0.5), 'x');
  figure('lookup.found-share', (found.one + found.several) / (rounds + warmUp), 'of-calls', '>=0.7');

  const call = (round: number): Interaction =>
    ringing(`call-${round}`, { caller: { number: callerOf(round), name: null, presentation: 'allowed' } });
  report('identify', await measure((round) => bench.identifications.identify(call(round))));
  const search = await measure((round) =>
    bench.search.list({ search: `last${(round * 31) % numbers}`, limit: 20 }, 'default'),
  );
  figure('lookup.search-name.p95', percentile(search, 0.95), 'ms', '<50');
} finally {
  await client.end();
  await bench.close();
}
finish();
