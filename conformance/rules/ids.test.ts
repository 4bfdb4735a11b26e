import { describe, expect, it } from 'vitest';
import { loadContract } from '../contract/load.ts';
import type { Contract } from '../contract/types.ts';
import { planCases } from '../plan/index.ts';
import { plainRuleIds, ruleIds, rules } from './index.ts';

const names = ['voice-calls', 'calldesk', 'aicaller'] as const;
const contracts = new Map<string, Contract>();
for (const name of names) contracts.set(name, await loadContract(name, { allowRemote: false }));

/** All that could ever be asked: every role, every fixture, generated requests too. */
function casesOf(contract: Contract) {
  return planCases(contract, {
    profile: 'full',
    include: [],
    exclude: [],
    readOnly: false,
    roles: Object.keys(contract.development?.roleTokens ?? {}),
    fixtures: contract.fixtures.map(({ name }) => name),
    explore: 1,
  });
}

describe('ids', () => {
  it('of rules, requirements and cases are those that were published', async () => {
    const sections = [...contracts].flatMap(([name, contract]) => [
      `# ${name}: requirements`,
      ...contract.requirements.map(({ id, level }) => `${id}  ${level}`),
      '',
      `# ${name}: cases`,
      ...casesOf(contract).map(({ id, title }) => `${id}  ${title}`),
      '',
    ]);
    const text = ['# rules', ...ruleIds, '', ...sections].join('\n');
    await expect(text).toMatchFileSnapshot('./ids.snapshot.txt');
  });

  it.each(names)('of the cases of %s are unique', (name) => {
    const ids = casesOf(contracts.get(name)!).map(({ id }) => id);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });
});

describe('titles', () => {
  it('are facts: none says what a target is wished to do', () => {
    const titles = [
      ...rules.map(({ title }) => title),
      ...[...contracts.values()].flatMap((contract) => casesOf(contract).map(({ title }) => title)),
    ];
    expect(titles.filter((title) => /\bshould\b/i.test(title) || title.trim() === '')).toEqual([]);
  });
});

describe('requirements', () => {
  it.each(names)('of %s name rules that exist', (name) => {
    const named = contracts.get(name)!.requirements.flatMap((requirement) => requirement.rules);
    expect(named.filter((id) => !ruleIds.includes(id))).toEqual([]);
  });

  it('name every rule in one contract at least', () => {
    const named = new Set(
      [...contracts.values()].flatMap(({ requirements }) => requirements.flatMap((requirement) => requirement.rules)),
    );
    expect(ruleIds.filter((id) => !named.has(id) && !plainRuleIds.includes(id))).toEqual([]);
  });
});
