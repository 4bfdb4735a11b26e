import { describe, expect, it } from 'vitest';
import { loadContract } from '../contract/load.ts';
import type { Report } from '../model/index.ts';
import { runSuite } from '../run/index.ts';
import { faults, startFaulty } from '../self-test/index.ts';

/** Ten generated requests for each write, and nothing else. */
async function exploreWith(id: string, seed: number): Promise<Report> {
  const subject = faults.find((candidate) => candidate.id === id);
  if (!subject) throw new Error(`There is no ${id}.`);
  const contract = await loadContract(subject.contract, { allowRemote: false });
  const server = await startFaulty(subject);
  try {
    return await runSuite({
      contract,
      target: { url: server.url, timeoutMs: 10_000, maxBodyBytes: 1_000_000, retryAfterBudgetMs: 1000 },
      token: contract.development?.token,
      roleTokens: {},
      secrets: [],
      fixtures: contract.fixtures.flatMap(({ name, development: value }) =>
        value === undefined ? [] : [{ name, value, via: 'default' }],
      ),
      profile: 'full',
      include: ['explore.*'],
      exclude: [],
      readOnly: false,
      strict: false,
      bail: false,
      workers: 4,
      seed,
      consistencyMs: 0,
      explore: 10,
      expectedFailures: [],
      keepExchanges: false,
      tool: { name: 'ringtrue', version: 'test' },
    });
  } finally {
    await server.close();
  }
}

describe('explore', () => {
  // Servers whose only fault lies where generated requests never look.
  it.each([
    'voice-calls/missing-token-accepted',
    'calldesk/missing-token-answers-403',
    'aicaller/missing-key-accepted',
  ])('nothing is held against %s', async (id) => {
    const report = await exploreWith(id, 7);
    expect(report.cases.filter(({ status }) => status !== 'pass')).toEqual([]);
    expect(report.cases.length).toBeGreaterThanOrEqual(10);
  });

  it('a value that is not kept is shrunk to the smallest, and named', async () => {
    const report = await exploreWith('voice-calls/external-uuid-lower-cased', 1);
    expect(report.findings).toHaveLength(1);
    expect(report.findings[0]).toMatchObject({ kind: 'altered', field: 'external_uuid', level: 'MUST' });
    expect(report.findings[0]?.message).toMatch(
      /^external_uuid was sent to .* as "[A-Z]" and accepted;.* "[a-z]" \(in lower case\)/,
    );
    expect(report.findings[0]?.message).toContain('smallest value found');
  });

  it('the same seed asks the same', async () => {
    const [first, second] = await Promise.all(
      [1, 1].map((seed) => exploreWith('voice-calls/external-uuid-lower-cased', seed)),
    );
    expect(second?.cases.map(({ message }) => message)).toEqual(first?.cases.map(({ message }) => message));
  });
});
