import { describe, expect, it } from 'vitest';
import { Turns } from './turns.ts';

/** Work that ends when it is told to. */
function work(log: string[], name: string) {
  let end: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => (end = resolve));
  return {
    end: () => {
      end();
    },
    run: async () => {
      log.push(`${name} begins`);
      await ended;
      log.push(`${name} ends`);
      return name;
    },
  };
}

const settled = async () => {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
};

describe('work under one key', () => {
  it('is done one after the other, in the order in which it was handed in', async () => {
    const turns = new Turns();
    const log: string[] = [];
    const [first, second] = [work(log, 'first'), work(log, 'second')];
    const all = [turns.take('a', first.run), turns.take('a', second.run)];
    second.end();
    await settled();
    expect(log).toEqual(['first begins']);
    first.end();
    expect(await Promise.all(all)).toEqual(['first', 'second']);
    expect(log).toEqual(['first begins', 'first ends', 'second begins', 'second ends']);
  });

  it('waits for nothing under another key', async () => {
    const turns = new Turns();
    const log: string[] = [];
    const [first, second] = [work(log, 'first'), work(log, 'second')];
    const all = [turns.take('a', first.run), turns.take('b', second.run)];
    await settled();
    expect(log).toEqual(['first begins', 'second begins']);
    first.end();
    second.end();
    await Promise.all(all);
  });

  it('goes on after a failure, which only its own caller sees', async () => {
    const turns = new Turns();
    const failed = turns.take('a', () => Promise.reject(new Error('no')));
    const next = turns.take('a', () => Promise.resolve('done'));
    await expect(failed).rejects.toThrow('no');
    expect(await next).toBe('done');
  });
});
