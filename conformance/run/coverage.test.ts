import { describe, expect, it } from 'vitest';
import { loadContract } from '../contract/load.ts';
import { planCases } from '../plan/index.ts';
import { untouched } from './coverage.ts';

const contract = await loadContract('voice-calls', { allowRemote: false });
const all = {
  profile: 'full' as const,
  include: [] as string[],
  exclude: [] as string[],
  readOnly: false,
  explore: 0,
  roles: ['staff', 'app', 'directory', 'client'],
  fixtures: contract.fixtures.map(({ name }) => name),
};
const idsOf = (more: Partial<typeof all>): string[] =>
  untouched(contract, planCases(contract, { ...all, ...more })).map(({ id }) => id);

describe('what no case touched', () => {
  it('leaves out a sentence whose cases stand at a narrower one', () => {
    expect(idsOf({})).not.toContain('VC-STORED');
    expect(idsOf({ exclude: ['round-trip.*'] })).toContain('VC-STORED');
  });

  it('holds a sentence about an operation that was left out', () => {
    expect(idsOf({})).not.toContain('VC-UPDATE-REQUIRED');
    expect(idsOf({ exclude: ['required-missing.updateVoiceCall.*'] })).toContain('VC-UPDATE-REQUIRED');
    expect(idsOf({ exclude: ['required-missing.updateVoiceCall.*'] })).not.toContain('VC-CREATE-REQUIRED');
  });

  it('holds what is said to be untestable', () => {
    expect(idsOf({})).toContain('VC-REFUSAL-ORDER');
  });
});
