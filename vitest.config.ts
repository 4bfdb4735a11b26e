import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { SkippedReporter } from './scripts/vitest/skipped-reporter.ts';

/** Tests that start processes, browsers or package installs: one file at a time, after all others, with room to breathe. */
const slow = ['**/*.slow.test.ts', 'conformance/cli/pack.test.ts', 'docs/docs.test.ts', 'examples/*.test.ts'];

/** The kill matrix: a test for each fault and each variant. */
const matrix = ['conformance/self-test/matrix/*.test.ts'];

const matrixWhole = 'conformance/self-test/matrix/whole.test.ts';

const inCi = process.env['CI'] !== undefined;

export default defineConfig({
  test: {
    globalSetup: ['scripts/vitest/build-once.ts'],
    // .ci/run counts the tests from the JSON file.
    reporters: ['default', new SkippedReporter(), ...(inCi ? ['json'] : [])],
    outputFile: { json: 'artefacts/vitest.json' },
    maxWorkers: Math.max(2, Math.min(4, availableParallelism())),
    // A test that was forgotten in `only` must not turn the others off in CI.
    allowOnly: !inCi,
    projects: [
      {
        test: {
          name: 'unit',
          include: ['**/*.test.ts'],
          exclude: ['node_modules/**', 'dist/**', ...slow, ...matrix],
          testTimeout: 20_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'matrix',
          include: ['conformance/self-test/matrix/*.test.ts'],
          exclude: [matrixWhole],
          // A subject takes a second or two; on a loaded machine, with others beside it, it may take minutes.
          testTimeout: 900_000,
          globalSetup: ['scripts/vitest/fresh-matrix.ts'],
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'slow',
          include: slow,
          exclude: ['node_modules/**', 'dist/**'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          fileParallelism: false,
          sequence: { groupOrder: 1 },
        },
      },
      {
        // After all shards: what they prove together.
        test: {
          name: 'matrix-whole',
          include: [matrixWhole],
          globalSetup: ['scripts/vitest/fresh-matrix.ts'],
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
