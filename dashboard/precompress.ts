/** Puts a gzip file beside each text file of the build; the hub sends it to browsers that take it. */
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Plugin } from 'vite';

const worthIt = 1_400;

export function precompress(): Plugin {
  return {
    name: 'precompress',
    apply: 'build',
    async generateBundle(_, bundle) {
      for (const [fileName, file] of Object.entries(bundle)) {
        const source = file.type === 'chunk' ? file.code : file.source;
        if (!/\.(?:js|css)$/u.test(fileName) || source.length < worthIt) continue;
        this.emitFile({
          type: 'asset',
          fileName: `${fileName}.gz`,
          source: await promisify(gzip)(source, { level: 9 }),
        });
      }
    },
  };
}
