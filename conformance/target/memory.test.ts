import { describe, expect, test } from 'vitest';
import { Memory } from './memory.ts';

const MIB = 1024 * 1024;

describe('values that are held', () => {
  test('are taken as long as there is room, then refused', async () => {
    const memory = new Memory(10 * MIB);
    const held = [{ a: 1 }, { a: 2 }, { a: 3 }];
    expect(await memory.take(held[0], 5 * MIB)).toBe(true);
    expect(await memory.take(held[1], 4 * MIB)).toBe(true);
    expect(await memory.take(held[2], 2 * MIB)).toBe(false);
    // What was refused takes no room.
    expect(await memory.take(held[2], MIB)).toBe(true);
    expect(held).toHaveLength(3);
  });

  test('that are small, or no objects, need no account', () => {
    const memory = new Memory(0);
    expect(memory.take({ a: 1 }, 1000)).toBe(true);
    expect(memory.take('text', 9 * MIB)).toBe(true);
  });
});

test('values that nobody holds any more make room', async () => {
  const memory = new Memory(10 * MIB);
  for (let count = 0; count < 100; count += 1) expect(await memory.take({ count }, 6 * MIB)).toBe(true);
});

test('records of a page that is let go are counted as long as they are held', async () => {
  const memory = new Memory(10 * MIB);
  const held: object[] = [];
  const answers: boolean[] = [];
  for (let page = 0; page < 20; page += 1) {
    const body = {
      data: {
        calls: [
          { page, at: 1 },
          { page, at: 2 },
        ],
      },
    };
    answers.push(await memory.take(body, 2 * MIB));
    held.push(...body.data.calls);
  }
  expect(answers.filter(Boolean)).toHaveLength(5);
  expect(held).toHaveLength(40);
});

test('many who ask at once wait for one collection', async () => {
  let collections = 0;
  const memory = new Memory(MIB, () => (collections += 1));
  const held = Array.from({ length: 8 }, (_, index) => ({ index }));
  const answers = await Promise.all(held.map(async (value) => memory.take(value, MIB)));
  expect(answers.filter(Boolean).length).toBeLessThanOrEqual(1);
  expect(collections).toBe(1);
});

test('what only passes through is cleared away now and then', () => {
  let collections = 0;
  const memory = new Memory(MIB, () => (collections += 1));
  for (let count = 0; count < 100; count += 1) memory.pass(10 * MIB);
  expect(collections).toBeGreaterThan(10);
  expect(collections).toBeLessThan(20);
  for (let count = 0; count < 100_000; count += 1) memory.pass(1000);
  expect(collections).toBeLessThan(20);
});

test('of a value of many pieces some stand for all', async () => {
  const memory = new Memory(10 * MIB);
  const records = (): object[] => Array.from({ length: 100_000 }, (_, index) => ({ index }));
  const whole = records();
  const half = records().slice(50_000);
  expect(await memory.take(whole, 6 * MIB)).toBe(true);
  const made = records();
  expect(await memory.take(made, 4 * MIB)).toBe(true);
  half.push(...made.slice(50_000));
  made.length = 0;
  // Half of the second is held by others, and the other half has gone.
  const more = [{ a: 1 }, { a: 2 }];
  expect(await memory.take(more[0], 1.9 * MIB)).toBe(true);
  expect(await memory.take(more[1], 0.2 * MIB)).toBe(true);
  expect(await memory.take(more[1], MIB)).toBe(false);
  expect([whole.length, half.length, more.length]).toEqual([100_000, 100_000, 2]);
});
