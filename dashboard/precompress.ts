/** Puts a gzip file beside each text file of the build; the hub sends it to browsers that take it. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Plugin } from 'vite';

const worthIt = 1_400;

export function precompress(): Plugin {
  return {
    name: 'precompress',
    apply: 'build',
    // Only what stands on disk is final: other plugins still change chunks while the bundle is generated.
    async writeBundle({ dir = '' }, bundle) {
      const files = Object.keys(bundle).filter((name) => /\.(?:js|css)$/u.test(name));
      await Promise.all(files.map((name) => compress(join(dir, name))));
    },
  };
}

async function compress(file: string): Promise<void> {
  const bytes = await readFile(file);
  if (bytes.length >= worthIt) await writeFile(`${file}.gz`, await promisify(gzip)(bytes, { level: 9 }));
}
