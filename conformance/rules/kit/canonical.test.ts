import { describe, expect, it } from 'vitest';
import { isCanonicalForm } from './canonical.ts';

describe('a usual canonical form', () => {
  it.each([
    ['uri', 'https://RingTrue.EXAMPLE', 'https://ringtrue.example'],
    ['uri', 'https://RingTrue.EXAMPLE', 'https://ringtrue.example/'],
    ['uri', 'https://x.example:443/a', 'https://x.example/a'],
    ['uuid', 'B1C5D3A0-0000-4000-8000-000000000000', 'b1c5d3a0-0000-4000-8000-000000000000'],
    ['email', 'Ring.True@Mail.Example', 'Ring.True@mail.example'],
  ])('of the %s %s is %s', (format, sent, got) => {
    expect(isCanonicalForm({ type: 'string', format }, sent, got)).toBe(true);
  });

  it.each<[string | undefined, string, unknown, string]>([
    ['uri', 'https://x.example/Path', 'https://x.example/path', 'a path tells letters apart'],
    ['uri', 'https://x.example/a?B=1', 'https://x.example/a', 'the query is lost'],
    ['uri', 'no uri', 'NO URI', 'no URI'],
    ['email', 'Ring.True@mail.example', 'ring.true@mail.example', 'a local part tells letters apart'],
    [undefined, 'https://X.example', 'https://x.example', 'a text without a format'],
    ['uri', 'https://x.example/', 5, 'a number'],
  ])('of the %s %s is not %s: %s', (format, sent, got) => {
    expect(isCanonicalForm({ type: 'string', format }, sent, got)).toBe(false);
  });
});
