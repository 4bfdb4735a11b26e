import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { SkippedReporter } from './scripts/vitest/skipped-reporter.ts';

/** Install packages, start Prism or build docs: minutes, and run by .ci/run alone (npm run test:release). */
const release = ['**/*.release.test.ts'];

/** Run the command line from end to end, or start processes and browsers. */
const slow = ['**/*.slow.test.ts', 'docs/docs.test.ts', 'examples/*.test.ts'];

/** The kill matrix: a test for each fault and each variant. */
const matrix = ['conformance/self-test/matrix/*.test.ts'];
const matrixWhole = 'conformance/self-test/matrix/whole.test.ts';

const never = ['node_modules/**', 'dist/**', 'artefacts/**'];
const inCi = process.env['CI'] !== undefined;

/** Whoever hangs is to be found out; whoever waits for a busy machine is not. */
const patience = { testTimeout: 600_000, hookTimeout: 600_000 };

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
          exclude: [...never, ...slow, ...matrix, ...release],
          ...patience,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'matrix',
          include: matrix,
          exclude: [matrixWhole],
          ...patience,
          // The shards share nothing but modules, and what is compiled once serves all of a worker's shards.
          isolate: false,
          globalSetup: ['scripts/vitest/fresh-matrix.ts'],
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'slow',
          include: slow,
          exclude: [...never, ...release],
          ...patience,
          sequence: { groupOrder: 0 },
        },
      },
      {
        // After all shards: what they prove together.
        test: {
          name: 'matrix-whole',
          include: [matrixWhole],
          globalSetup: ['scripts/vitest/fresh-matrix.ts'],
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'release',
          include: release,
          exclude: never,
          ...patience,
          // Each of them uses the whole machine.
          fileParallelism: false,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
