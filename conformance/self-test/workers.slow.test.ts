import { describe, expect, it } from 'vitest';
import type { Fault, Variant } from './fault.ts';
import { faults, variants } from './index.ts';
import { tryOut } from './trial.ts';

const subject = (id: string): Fault | Variant => {
  const found = [...variants, ...faults].find((one) => one.id === id);
  if (found === undefined) throw new Error(`There is no ${id}.`);
  return found;
};

/** Verdict, and what each case came to. */
async function verdictsOf(id: string, workers: number): Promise<Record<string, string>> {
  const { verdict, cases } = await tryOut(subject(id), undefined, workers);
  return { verdict, ...Object.fromEntries(cases.map((one) => [one.id, one.status])) };
}

describe('what a run says', () => {
  it('of a server that locks optimistically is that it conforms, with 1, 4 and 16 cases at once', async () => {
    const alone = await verdictsOf('voice-calls/optimistic-locks', 1);
    expect(alone['verdict']).toBe('conformant');
    for (const workers of [4, 16]) expect(await verdictsOf('voice-calls/optimistic-locks', workers)).toEqual(alone);
  });

  it('of a server that takes and stores what it has to refuse is the same with 1 and 16 cases at once', async () => {
    const alone = await verdictsOf('voice-calls/fastify-coerces-texts', 1);
    expect(alone['verdict']).toBe('non-conformant');
    expect(await verdictsOf('voice-calls/fastify-coerces-texts', 16)).toEqual(alone);
  });
});
