import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { DEFAULTS } from '../judge/request.ts';
import { declareOptions, givenFlags } from './command.ts';
import { resolveOption, type Sources } from './resolve.ts';
import { runOptions } from './run-options.ts';
import { configKeyOf, envNameOf, type OptionSpec } from './spec.ts';
import { checkHeader, choiceOf, headerOf, numberOf, pairOf, shardOf, textOf } from './values.ts';

function spec(name: string): OptionSpec {
  const found = runOptions.find((one) => one.name === name);
  if (!found) throw new Error(`no option ${name}`);
  return found;
}

const workers = spec('workers');
const strict = spec('strict');

function sources(
  given: { flag?: string | boolean | string[]; env?: string; config?: string | boolean },
  of: OptionSpec,
): Sources {
  return {
    flags: new Map(given.flag === undefined ? [] : [[of.name, given.flag]]),
    env: { [envNameOf(of)]: given.env },
    config: new Map(given.config === undefined ? [] : [[of.name, { value: given.config, place: 'c.yaml:1' }]]),
  };
}

describe('precedence', () => {
  it.each([
    [{ flag: '1', env: '2', config: '3' }, '1', 'flag'],
    [{ env: '2', config: '3' }, '2', 'env'],
    [{ config: '3' }, '3', 'config'],
    [{}, '8', 'default'],
  ])('%j gives %s, from %s', (given, value, source) => {
    expect(resolveOption(workers, sources(given, workers))).toMatchObject({ value, source });
  });

  it('an empty variable is none', () => {
    expect(resolveOption(workers, sources({ env: ' ', config: '3' }, workers))).toMatchObject({ source: 'config' });
  });

  it.each([
    ['true', true],
    ['1', true],
    ['Yes', true],
    ['false', false],
    ['0', false],
    ['off', false],
  ])('the variable of a switch may be %s', (env, value) => {
    expect(resolveOption(strict, sources({ env, config: !value }, strict))?.value).toBe(value);
  });

  it('a variable of a switch that is neither is refused', () => {
    expect(() => resolveOption(strict, sources({ env: 'maybe' }, strict))).toThrow(
      'RINGTRUE_STRICT has to be true or false, not "maybe".',
    );
  });

  it('a flag takes back what the environment says', () => {
    expect(resolveOption(strict, sources({ flag: false, env: 'true' }, strict))?.value).toBe(false);
  });

  it('a list in the environment has one entry per line', () => {
    const fixture = spec('fixture');
    const found = resolveOption(fixture, sources({ env: 'a=1\n\n  b=2 3\n' }, fixture));
    expect(found?.value).toEqual(['a=1', 'b=2 3']);
  });
});

describe('the table of options', () => {
  it('every name, environment name and config key is there once', () => {
    for (const key of [(one: OptionSpec) => one.name, envNameOf, configKeyOf]) {
      const all = runOptions.map(key).filter((one) => one !== undefined);
      expect(new Set(all).size).toBe(all.length);
    }
  });

  it('its defaults are those of the programmatic API', () => {
    const number = (name: string): number => Number(spec(name).fallback);
    expect(number('workers')).toBe(DEFAULTS.workers);
    expect(number('timeout') * 1000).toBe(DEFAULTS.timeoutMs);
    expect(number('max-time') * 1000).toBe(DEFAULTS.maxTimeMs);
    expect(number('max-body')).toBe(DEFAULTS.maxBodyBytes);
    expect(number('consistency')).toBe(DEFAULTS.consistencyMs);
    expect(number('explore')).toBe(DEFAULTS.explore);
    expect(spec('profile').fallback).toBe(DEFAULTS.profile);
    expect(spec('contract').fallback).toBe(DEFAULTS.contract);
  });

  it('commander reads every one of them, and tells only what was given', async () => {
    const command = new Command().exitOverride();
    declareOptions(command, runOptions);
    command.action(() => undefined);
    await command.parseAsync(['--strict', '--no-bail', '--report', 'json', '--report', 'html=x', '-u', 'http://x'], {
      from: 'user',
    });
    expect(Object.fromEntries(givenFlags(command, runOptions))).toEqual({
      strict: true,
      bail: false,
      report: ['json', 'html=x'],
      url: 'http://x',
    });
  });
});

describe('values', () => {
  const flag = (value: string) => ({ value, source: 'flag' as const, place: '--x' });

  it.each([
    ['workers', '4', 4],
    ['timeout', '0.5', 0.5],
    ['rate-limit', '5/s', 5],
    ['rate-limit', '2.5', 2.5],
    ['seed', '0', 0],
  ])('--%s %s is %d', (name, text, value) => {
    expect(numberOf(spec(name), flag(text))).toBe(value);
  });

  it.each([
    ['workers', '0'],
    ['workers', '1.5'],
    ['workers', '-1'],
    ['workers', '1e3'],
    ['timeout', '0'],
    ['timeout', '5s'],
    ['timeout', 'Infinity'],
    ['rate-limit', '0'],
    ['rate-limit', '5/m'],
    ['seed', '9007199254740993'],
  ])('--%s %s is refused, with the value and an example or the bounds', (name, text) => {
    expect(() => numberOf(spec(name), flag(text))).toThrow(/^--x has to be .*such as|^--x has to be .*from/);
    expect(() => numberOf(spec(name), flag(text))).toThrow(JSON.stringify(text));
  });

  it('a word that is nearly right is suggested', () => {
    expect(choiceOf(flag('core'), ['core', 'full'])).toBe('core');
    expect(() => choiceOf(flag('ful'), ['core', 'full'])).toThrow('Did you mean full?');
  });

  it('a shard is i/n', () => {
    expect(shardOf(flag('2/3'))).toEqual({ index: 2, count: 3 });
    for (const wrong of ['0/3', '4/3', '1', '1/0', 'a/b', '1/10001']) {
      expect(() => shardOf(flag(wrong))).toThrow('such as 1/3');
    }
  });

  it('an empty text is refused', () => {
    expect(() => textOf(flag(' '))).toThrow('--x is empty');
  });

  it('a pair is split at its first equals sign', () => {
    expect(pairOf('a=b=c', '--x', 'NAME')).toEqual(['a', 'b=c']);
  });

  it.each(['s3cret-value', '=s3cret-value'])('a pair without a name never shows its value (%s)', (text) => {
    expect(() => pairOf(text, '--role-token', 'ROLE')).toThrow(/^--role-token has to be ROLE=value\.$/);
  });

  it('a header is split at its first colon', () => {
    expect(headerOf('X-Time: 10:30', '--header')).toEqual(['X-Time', '10:30']);
  });

  it.each(['no colon s3cret', 'bad name: s3cret', 'X-A: s3cret\r\nX-B: 1', 'X-A: s3cret ☎'])(
    'a header that is none never shows its value (%j)',
    (text) => {
      const refused = (): unknown => headerOf(text, '--header');
      expect(refused).toThrow(/--header/);
      expect(refused).not.toThrow(/s3cret/);
    },
  );

  it('a header may hold what HTTP allows', () => {
    expect(checkHeader('X-A', 'é\tb', '--header')).toEqual(['X-A', 'é\tb']);
  });
});
