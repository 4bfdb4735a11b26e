import { describe, expect, it } from 'vitest';
import { Store, StoreFullError } from './store.ts';

const roomy = { records: 1000, bytes: 1000 };

describe('Store', () => {
  it('keeps the order of the last change and the order of creation', () => {
    const store = new Store<string>(roomy);
    for (const id of ['a', 'b', 'c', 'd']) store.insert(id, id, 1);
    store.replace('b', 'B', 1);
    store.replace('a', 'A', 1);
    store.replace('a', 'A2', 1);
    expect([...store.lastChangedFirst()]).toEqual(['A2', 'B', 'd', 'c']);
    expect([...store.lastChangedFirst(2)]).toEqual(['d', 'c']);
    expect([...store.lastChangedFirst(9)]).toEqual([]);
    expect([...store.oldestFirst()]).toEqual(['A2', 'B', 'c', 'd']);
  });

  it('refuses a record above the limit and keeps all others', () => {
    const store = new Store<number>({ records: 2, bytes: 100 });
    store.insert('a', 1, 1);
    store.insert('b', 2, 1);
    expect(() => store.insert('c', 3, 1)).toThrow(StoreFullError);
    expect([...store.oldestFirst()]).toEqual([1, 2]);
    expect(store.get('c')).toBeUndefined();
    store.replace('a', 4, 1);
    expect(store.get('a')).toBe(4);
  });

  it('refuses bytes above the limit, in a new record and in a changed one', () => {
    const store = new Store<number>({ records: 10, bytes: 10 });
    store.insert('a', 1, 6);
    expect(() => store.insert('b', 2, 5)).toThrow(StoreFullError);
    expect(() => store.replace('a', 2, 11)).toThrow(StoreFullError);
    expect(store.get('a')).toBe(1);
    store.replace('a', 3, 2);
    store.insert('b', 4, 8);
    expect([...store.lastChangedFirst()]).toEqual([4, 3]);
  });

  it('finds every record after 2,000 random changes in the order of a plain list', () => {
    const store = new Store<number>({ records: 200, bytes: 1e9 });
    const plain: number[] = [];
    for (let id = 0; id < 200; id += 1) {
      store.insert(String(id), id, 1);
      plain.unshift(id);
    }
    let state = 7;
    for (let round = 0; round < 2000; round += 1) {
      state = (state * 48271) % 2147483647;
      const id = state % 200;
      store.replace(String(id), id, 1);
      plain.splice(plain.indexOf(id), 1);
      plain.unshift(id);
    }
    expect([...store.lastChangedFirst()]).toEqual(plain);
  });
});
