/** What all shards of the kill matrix prove together. Runs after them; `.ci/run` shows the text that it leaves. */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { summarize } from '../matrix.ts';
import { subjectsOf } from '../subjects.ts';
import { shardResults } from './shard.ts';

const subjects = subjectsOf({});
const shards = shardResults();
const results = shards.flatMap((shard) => shard.results);
const durationMs =
  Math.max(...shards.map(({ endedAt }) => endedAt)) - Math.min(...shards.map(({ startedAt }) => startedAt));
const summary = summarize(subjects, results, { complete: true, durationMs });

describe('the kill matrix', () => {
  it('has tried every fault and every variant, once (it needs the shards: npx vitest run conformance/self-test/matrix)', () => {
    expect(results.map(({ key }) => key).sort()).toEqual(subjects.map(({ key }) => key).sort());
  });

  it('shows of every rule that it is able to fail', () => {
    expect(summary.idle).toEqual([]);
  });

  it('kills every fault and accuses no right server', () => {
    writeFileSync(
      fileURLToPath(new URL('../../../artefacts/selftest.txt', import.meta.url)),
      `${summary.lines.join('\n')}\n`,
    );
    expect(summary.ok, summary.lines.join('\n')).toBe(true);
  });
});
