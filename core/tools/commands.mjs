/** What each npm script does once everything is installed: a build first or not, then steps run under the pinned Node. */
const source = '--conditions=hub-source';
const vitest = 'node_modules/vitest/vitest.mjs';
const sourceMaps = '--enable-source-maps';

export const commands = {
  start: {
    build: 'stale',
    env: { NODE_COMPILE_CACHE: 'node_modules/.cache/tieline' },
    steps: (args) => [[sourceMaps, 'dist/core/app/main.js', ...args]],
  },
  dev: { build: 'stale', steps: (args) => [[source, 'core/tools/dev.ts', ...args]] },
  build: { build: 'always', steps: () => [] },
  test: { build: 'stale', steps: (args) => [[vitest, 'run', ...args]] },
  bench: { build: 'stale', steps: (args) => [[source, '--expose-gc', 'test/bench/run.ts', ...args]] },
  generate: { steps: (args) => [[source, 'core/tools/generate.ts', ...args]] },
  format: { steps: () => [['node_modules/oxfmt/bin/oxfmt', '.']] },
  'check:captures': { steps: (args) => [[source, 'core/tools/check-captures.ts', ...args]] },
  tieline: { build: 'stale', steps: (args) => [[sourceMaps, 'dist/core/tools/main-cli.js', ...args]] },
  check: {
    build: 'stale',
    steps: () => [
      ['node_modules/oxfmt/bin/oxfmt', '--check', '.'],
      ['node_modules/oxlint/bin/oxlint', '--deny-warnings'],
      ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.json'],
      ['node_modules/typescript/bin/tsc', '-p', 'dashboard/tsconfig.json'],
      [source, 'core/tools/generate.ts', '--check'],
      [source, 'core/tools/check-captures.ts'],
      [vitest, 'run', 'test/architecture', 'test/contract', 'mappings'],
    ],
  },
};
