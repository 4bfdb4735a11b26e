import { describe, expect, it } from 'vitest';
import { apis } from './apis/index.ts';
import { handlerOf } from './handler.ts';
import { faults, variants } from './index.ts';
import type { ContractName, Fault, Variant } from './fault.ts';
import { askEverything, Probe } from './probe.ts';

/** All that a server says, at a clock that moves on by a second with each write. */
async function transcriptOf(subject: Fault | Variant): Promise<string> {
  let now = Date.parse('2026-01-01T00:00:00.387Z');
  const api = apis[subject.contract];
  const probe = new Probe(api, await handlerOf(subject, { clock: () => (now += 1000) }));
  await askEverything(api, probe);
  return probe.transcript;
}

const plain = (contract: ContractName): Variant => {
  const found = variants.find(({ id }) => id === `${contract}/as-it-is`);
  if (found === undefined) throw new Error(`${contract} has no plain variant.`);
  return found;
};

describe.each(['voice-calls', 'calldesk', 'aicaller'] as const)('the faults of %s', (contract) => {
  it('each change an answer of the reference server, which itself answers the same twice', async () => {
    const right = await transcriptOf(plain(contract));
    expect(await transcriptOf(plain(contract))).toBe(right);
    // All at once, as some faults wait for requests to overlap.
    const silent = await Promise.all(
      faults
        .filter((fault) => fault.contract === contract)
        .map(async (fault) => ((await transcriptOf(fault)) === right ? [fault.id] : [])),
    );
    expect(silent.flat()).toEqual([]);
  });
});
