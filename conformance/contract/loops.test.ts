import { expect, test } from 'vitest';
import { findLoop } from './loops.ts';

const references = (edges: Record<string, string>): { pointer: string; target: string }[] =>
  Object.entries(edges).map(([pointer, target]) => ({ pointer, target: `#${target}` }));

test.each([
  ['itself', { '/a': '/a' }],
  ['itself by another', { '/a': '/b', '/b': '/a' }],
  ['itself by an alternative', { '/a/oneOf/3': '/a' }],
  ['itself by alternatives of alternatives', { '/a/allOf/0/anyOf/1': '/b', '/b/not': '/a' }],
  ['a loop that it does not stand in', { '/x': '/a', '/a': '/b', '/b': '/a' }],
  ['itself with an escaped name', { '/paths/~1a': '/paths/~1a' }],
  ['itself, percent-encoded', { '/a b': '/a%20b' }],
])('a reference that leads to %s is found', (_, edges) => {
  expect(findLoop(references(edges))).toBeDefined();
});

test.each([
  ['a property', { '/a/properties/child': '/a' }],
  ['the items', { '/a/items': '/a', '/b/prefixItems/0': '/b' }],
  ['a property that is called like a keyword', { '/a/properties/not': '/a', '/b/properties/allOf': '/b' }],
  ['a property inside an alternative', { '/a/oneOf/0/properties/child': '/a' }],
])('a schema that refers to itself in %s is a tree', (_, edges) => {
  expect(findLoop(references(edges))).toBeUndefined();
});

test('many ways to one place are no loop, and are gone once', () => {
  const edges: Record<string, string> = {};
  for (let level = 0; level < 10_000; level += 1) {
    edges[`/l${String(level)}/allOf/0`] = `/l${String(level + 1)}`;
    edges[`/l${String(level)}/allOf/1`] = `/l${String(level + 1)}`;
  }
  expect(findLoop(references(edges))).toBeUndefined();
  expect(findLoop(references({ ...edges, '/l10000': '/l0' }))).toBeDefined();
});
