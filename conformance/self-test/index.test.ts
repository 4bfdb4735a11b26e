import { describe, expect, it } from 'vitest';
import { faults, variants } from './index.ts';

describe('the faults', () => {
  it('have ids that are unique and begin with their contract', () => {
    const all = [...faults, ...variants];
    expect(all.filter(({ id, contract }) => !new RegExp(`^${contract}/[a-z0-9][a-z0-9.-]*$`).test(id))).toEqual([]);
    for (const kind of [faults, variants]) expect(new Set(kind.map(({ id }) => id)).size).toBe(kind.length);
  });

  it.each([
    ['voice-calls', 45],
    ['calldesk', 40],
    ['aicaller', 35],
  ])('of %s are at least %i', (contract, least) => {
    expect(faults.filter((fault) => fault.contract === contract).length).toBeGreaterThanOrEqual(least);
  });

  it('break a SHOULD in few cases: MUSTs are what a verdict is made of', () => {
    expect(faults.filter(({ level }) => level === 'SHOULD').length).toBeLessThanOrEqual(faults.length / 10);
  });

  it('name an operation or a field that a finding has to name', () => {
    expect(faults.filter(({ expects }) => expects.operation === undefined && expects.field === undefined)).toEqual([]);
  });

  it('and variants have titles that are facts', () => {
    expect([...faults, ...variants].filter(({ title }) => /\bshould\b/i.test(title) || title === '')).toEqual([]);
  });

  it('stand beside at least 25 right variants', () => {
    expect(variants.length).toBeGreaterThanOrEqual(25);
  });
});
