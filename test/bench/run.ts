/**
 * `npm run bench -- <name> …` runs `<name>.bench.ts` of this folder, each in its own process, on the built hub (the
 * source holds decorators, which Node does not strip). Without a name it lists what there is. Fails when one falls short.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';

const folder = import.meta.dirname;
const known = readdirSync(folder)
  .filter((file) => file.endsWith('.bench.ts'))
  .map((file) => file.replace('.bench.ts', ''));
const [name, ...rest] = process.argv.slice(2);
const names = name === 'all' ? known : [name ?? ''];

if (names.some((one) => !known.includes(one))) {
  process.stdout.write(`Benches: ${known.join(', ')}, all. Example: npm run bench -- ${known[0]}\n`);
  process.exitCode = name === undefined ? 0 : 2;
} else {
  for (const one of names) {
    const file = path.join(folder, `${one}.bench.ts`);
    const { status } = spawnSync(process.execPath, ['--expose-gc', file, ...rest], { stdio: 'inherit' });
    if (status !== 0) process.exitCode = status ?? 1;
  }
}
