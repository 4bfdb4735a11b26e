import { describe, expect, it } from 'vitest';
import { findBin } from './redocly.ts';

describe('findBin', () => {
  it('finds the program of an installed package', () => {
    expect(findBin('@redocly/cli', 'redocly')).toMatch(/@redocly[/\\]cli[/\\]bin[/\\]cli\.js$/);
  });

  it('answers undefined for a package that is not installed', () => {
    expect(findBin('@redocly/no-such-package', 'redocly')).toBeUndefined();
  });
});
