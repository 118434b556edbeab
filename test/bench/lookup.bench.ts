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
import { figure, finish, percentile, type Target } from './figure.ts';
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

/** Contenders take turns call by call, so that a busy neighbour hurts all alike. */
async function measure<Name extends string>(contenders: Record<Name, (round: number) => Promise<unknown>>) {
  const names = Object.keys(contenders) as Name[];
  const samples = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>;
  for (let round = 0; round < warmUp + rounds; round += 1) {
    for (const name of names) {
      const startedMs = performance.now();
      await contenders[name](round);
      if (round >= warmUp) samples[name].push(performance.now() - startedMs);
    }
  }
  return samples;
}

function report(name: string, samples: readonly number[], target?: Target): void {
  figure(`lookup.${name}.p50`, percentile(samples, 0.5), 'ms');
  figure(`lookup.${name}.p95`, percentile(samples, 0.95), 'ms', target);
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
  let found = 0;
  const lookUp = async (round: number): Promise<void> => {
    const number = parseNumber(callerOf(round), { defaultRegion: 'US' });
    const ask = { tenantId: 'default', number, agent: '1001', suffixDigits: 7, correlated: [], vouched: [] };
    const { candidates } = identify(defaultMatchPolicy, { number }, await bench.index.lookUp(ask));
    if (candidates.length > 0) found += 1;
  };
  const call = (round: number): Interaction =>
    ringing(`call-${round}`, { caller: { number: callerOf(round), name: null, presentation: 'allowed' } });

  const samples = await measure({
    raw: (round) => client.query({ name: 'raw', text, values: ['default', seededNumber(1 + round)] }),
    index: lookUp,
    identify: (round) => bench.identifications.identify(call(round)),
    search: (round) => bench.search.list({ search: `last${(round * 31) % numbers}`, limit: 20 }, 'default'),
  });
  report('raw', samples.raw);
  report('index', samples.index, '<5');
  report('identify-and-store', samples.identify, '<5');
  report('search-name', samples.search, '<50');
  figure('lookup.index-to-raw', percentile(samples.index, 0.5) / percentile(samples.raw, 0.5), 'x');
  figure('lookup.found-share', found / (rounds + warmUp), 'of-calls', '>=0.7');
} finally {
  await client.end();
  await bench.close();
}
finish();
