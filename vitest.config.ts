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
    // A browser on a starved build machine may miss a beat. The closing lines name every test that needed a second try.
    retry: process.env['CI'] === 'true' ? 1 : 0,
    reporters: ['default', './test/closing-line-reporter.ts'],
  },
});
