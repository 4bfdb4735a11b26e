/** The bench of plain documents as a whole. That faults are found and nobody is accused is asked by the kill matrix. */
import { describe, expect, it } from 'vitest';
import { plainApis } from './index.ts';
import { tryPlain } from './trial.ts';

describe.each(plainApis.map((api) => ({ name: api.name, api })))('$name', ({ api }) => {
  it('has ids that are unique and begin with its name, and titles that are facts', () => {
    const all = [...api.faults, ...api.variants];
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    expect(all.filter(({ id }) => !new RegExp(`^${api.name}/[a-z0-9][a-z0-9-]*$`).test(id))).toEqual([]);
    expect(all.filter(({ title }) => /\bshould\b/i.test(title) || title === '')).toEqual([]);
  });

  it('has a document without keywords of ours', () => {
    expect(JSON.stringify(api.document)).not.toContain('x-ringtrue');
  });

  it('has a right server of which every operation is judged', async () => {
    const [right] = api.variants;
    const report = await tryPlain(api, right!);
    expect(report.untouched.filter(({ kind }) => kind === 'operation')).toEqual([]);
    expect(report.coverage?.percent).toBe(100);
  });
});

it('at least eight documents have 25 faults of level MUST and 12 right servers each', () => {
  const whole = plainApis.filter(
    ({ faults, variants }) => faults.filter(({ level }) => level === 'MUST').length >= 25 && variants.length >= 12,
  );
  expect(whole.length).toBeGreaterThanOrEqual(8);
});

it('a target that serves everything below a base path is told so in one sentence', async () => {
  const api = plainApis.find(({ base }) => base !== undefined)!;
  const report = await tryPlain(api, api.variants[0]!, 'http://127.0.0.1');
  expect(report.findings).toEqual([]);
  expect(report.verdict).toBe('incomplete');
  expect(report.notes.join('\n')).toContain('give --url http://127.0.0.1/api/v3');
});
