import { describe, expect, test } from 'vitest';
import { breachesInTime } from './big-values.ts';
import { UnjudgedError } from './errors.ts';
import { loadContract } from './load.ts';
import { openValidators } from './validators.ts';

describe('a value of very many parts', () => {
  test('that are all wrong is told as wrong, in bearable time', async () => {
    const contract = await loadContract('voice-calls', { allowRemote: false });
    const list = contract.operations.find(({ id }) => id === 'listVoiceCalls')?.responses[0]?.schemaPointer ?? '';
    // Those of the build, and those that are compiled on first use.
    for (const properties of [false, true]) {
      const validators = await openValidators(contract, { properties });
      const body = { success: true, data: { voice_calls: Array.from({ length: 140_000 }, () => ({})) } };
      const before = process.cpuUsage();
      const breaches = validators.check(list, body);
      expect(process.cpuUsage(before).user / 1000).toBeLessThan(8000);
      expect(breaches.length).toBeGreaterThan(100);
      expect(breaches[0]?.at).toBe('/data/voice_calls/0');
    }
  });

  test('of which the last is wrong is told as wrong', () => {
    const items = [...Array<number>(20_000).fill(1), 0];
    const validate = (value: unknown): { keyword: string; at: number }[] =>
      (value as number[]).flatMap((item, at) => (item === 1 ? [] : [{ keyword: 'const', at }]));
    expect(breachesInTime(validate, items)).toEqual([{ keyword: 'const', at: 20_000 }]);
  });

  test('is not accused for what only its first items lack', () => {
    const validate = (value: unknown): { keyword: string }[] =>
      (value as number[]).length >= 10_000 ? [] : [{ keyword: 'minItems' }];
    expect(breachesInTime(validate, Array<number>(20_000).fill(1))).toEqual([]);
  });

  test('that takes for ever is told as not judged', () => {
    const validate = (value: unknown): never[] => {
      for (let forever = Number((value as unknown[]).length > 1000); forever > 0;);
      return [];
    };
    expect(() => breachesInTime(validate, Array<number>(20_000).fill(1))).toThrow(UnjudgedError);
  });
});
