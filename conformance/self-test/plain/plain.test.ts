/** Documents without keywords: every fault is found at its place, and no right server is accused. */
import { describe, expect, it } from 'vitest';
import { plainApis } from './index.ts';
import { complaintsOfFault, complaintsOfVariant, tryPlain } from './trial.ts';

describe.each(plainApis.map((api) => ({ name: api.name, api })))('$name', ({ api }) => {
  it.each(api.faults.map((fault) => ({ id: fault.id, title: fault.title, fault })))(
    'finds $id: $title',
    async ({ fault }) => {
      const report = await tryPlain(api, fault);
      const told = report.findings.map(({ level, message }) => `${level}: ${message}`);
      expect(complaintsOfFault(fault, report), told.join('\n')).toEqual([]);
    },
  );

  it.each(api.variants.map((variant) => ({ id: variant.id, title: variant.title, variant })))(
    'accuses no $id: $title',
    async ({ variant }) => {
      expect(complaintsOfVariant(variant, await tryPlain(api, variant))).toEqual([]);
    },
  );

  it('judges every operation of the right server', async () => {
    const [right] = api.variants;
    const report = await tryPlain(api, right!);
    expect(report.untouched.filter(({ kind }) => kind === 'operation')).toEqual([]);
    expect(report.coverage?.percent).toBe(100);
  });
});

it.each(['delete-removes', 'patch-keeps', 'child-of', 'answers'])('the rule %s is able to fail', async (rule) => {
  const of = {
    'delete-removes': 'delete-does-nothing',
    'patch-keeps': 'patch-resets',
    'child-of': 'pet-readable-under-all',
    answers: 'health-crashes',
  }[rule];
  const [found] = plainApis.flatMap((api) =>
    api.faults.filter(({ id }) => id.endsWith(`/${of ?? ''}`)).map((fault) => ({ api, fault })),
  );
  const report = await tryPlain(found!.api, found!.fault);
  expect(report.cases.filter(({ status }) => status === 'fail').map((one) => one.rule)).toContain(rule);
});

it('a target that serves everything below a base path is told so in one sentence', async () => {
  const api = plainApis.find(({ base }) => base !== undefined)!;
  const report = await tryPlain(api, api.variants[0]!, 'http://127.0.0.1');
  expect(report.findings).toEqual([]);
  expect(report.verdict).toBe('incomplete');
  expect(report.notes.join('\n')).toContain('give --url http://127.0.0.1/api/v3');
});
