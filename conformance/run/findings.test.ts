import { describe, expect, it } from 'vitest';
import { loadContract } from '../contract/load.ts';
import { groupFindings, type Failure } from './findings.ts';

const contract = await loadContract('voice-calls', { allowRemote: false });

/** What each of so many operations does wrong in the same way. */
function failures(count: number): Failure[] {
  return Array.from({ length: count }, (_, index) => {
    const operation = `operation${String(index + 1)}`;
    const level = 'SHOULD' as const;
    const base = { rule: 'wrong-method', requirement: 'R', level, title: 'refuses PATCH', operation };
    return {
      result: { ...base, id: `wrong-method.${operation}.patch`, status: 'warn', durationMs: 1 },
      outcome: {
        status: 'broken',
        cause: `wrong-method|${operation}`,
        message: `${operation}: PATCH answered 400.`,
      },
      requirement: { id: 'R', level, sentence: 'An unknown method is answered 405.' },
      pointer: '/paths',
    };
  });
}

const messageOf = (count: number): string =>
  groupFindings(contract, failures(count), new Map(), () => undefined)
    .map(({ message }) => message)
    .join('\n');

describe('one cause that many operations share', () => {
  it('is one finding that names the others', () => {
    expect(messageOf(4)).toBe('operation1: PATCH answered 400. The same holds for operation2, operation3, operation4.');
  });

  it('names as many as can be read, and counts the rest', () => {
    const message = messageOf(200);
    expect(message).toContain('The same holds for operation2, operation3, ');
    expect(message).toMatch(/operation11 and 189 more\.$/);
  });
});
