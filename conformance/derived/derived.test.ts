/** The suite judges the derived server of every document of the bench, and of the built-in contracts. */
import { describe, expect, it } from 'vitest';
import { builtinContracts } from '../contract/load.ts';
import { plainApis } from '../self-test/plain/index.ts';
import { complaintsAbout, judgeDerived } from './testing/judge.ts';

describe.each(plainApis.map(({ name, document }) => ({ name, document })))(
  'the server derived from $name',
  ({ name, document }) => {
    it('is right, and every operation is judged', async () => {
      expect(complaintsAbout(await judgeDerived({ name, document }))).toEqual([]);
    });
  },
);

it.each(builtinContracts)('the server derived from the contract %s is right', async (name) => {
  expect(complaintsAbout(await judgeDerived({ name }))).toEqual([]);
});
