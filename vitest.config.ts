import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: { conditions: ['hub-source'] },
  ssr: { resolve: { conditions: ['hub-source'] } },
  test: {
    include: ['{core,connectors,mappings,dashboard,test}/**/*.test.{ts,tsx}'],
    exclude: ['**/node_modules/**', 'dist/**'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    reporters: ['default', './test/closing-line-reporter.ts'],
  },
});
