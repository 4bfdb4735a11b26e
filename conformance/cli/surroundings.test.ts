import { describe, expect, it } from 'vitest';
import type { CaseResult, Exchange } from '../model/index.ts';
import { ContractError } from '../contract/errors.ts';
import { SelectionError } from '../plan/index.ts';
import { MergeError } from '../report/merge.ts';
import { OwnMistakeError } from '../run/index.ts';
import { misspeltVariables } from './env-names.ts';
import { failureOf, UsageError } from './errors.ts';
import { exchangeText } from './exchange-text.ts';
import { wantsColor } from './io.ts';
import { terminalProgress } from './progress.ts';
import { proxyFor } from './proxy.ts';
import { closest } from './suggest.ts';

describe('the exit code of an error', () => {
  it.each<[unknown, number]>([
    [new UsageError('u'), 2],
    [new ContractError({ file: 'f', problem: 'p', remedy: 'r' }), 2],
    [new SelectionError('s'), 2],
    [new MergeError('m'), 2],
    [new OwnMistakeError('o'), 70],
    [new TypeError('t'), 70],
    ['thrown text', 70],
  ])('%s: %i', (error, code) => {
    expect(failureOf(error, false).code).toBe(code);
  });

  it("the user's mistakes are told as they are", () => {
    expect(failureOf(new UsageError('Do this.'), true).text).toBe('Do this.\n');
  });

  it('a defect is called one, and its stack is for those who ask', () => {
    expect(failureOf(new TypeError('x is not a function'), false).text).toMatch(
      /^x is not a function\nThis is a defect of RingTrue, .*\nRINGTRUE_DEBUG=1 .*\n$/,
    );
    expect(failureOf(new TypeError('x'), true).text).toMatch(/^ +at /m);
  });

  it('control characters in a message stay inert', () => {
    expect(failureOf(new UsageError('a\u001b[31mb'), false).text).not.toContain('\u001b');
  });
});

describe('colours', () => {
  it.each([
    [{}, true, false, true],
    [{}, false, false, false],
    [{ NO_COLOR: '1' }, true, false, false],
    [{ NO_COLOR: '' }, true, false, true],
    [{ FORCE_COLOR: '1' }, false, false, true],
    [{ FORCE_COLOR: '0' }, true, false, false],
    [{ FORCE_COLOR: '1' }, true, true, false],
    [{ TERM: 'dumb' }, true, false, false],
  ])('%j, terminal %s, --no-color %s: %s', (env, isTerminal, flag, wanted) => {
    expect(wantsColor(env, isTerminal, flag)).toBe(wanted);
  });
});

describe('the proxy', () => {
  const env = { HTTPS_PROXY: 'http://secure:1', http_proxy: 'plain:2', NO_PROXY: 'internal.example,.svc,other:8443' };

  it.each([
    ['https://api.example', undefined, 'http://secure:1'],
    ['http://api.example', undefined, 'http://plain:2'],
    ['https://api.example', 'http://mine:3', 'http://mine:3'],
    ['https://internal.example', undefined, undefined],
    ['https://a.internal.example', undefined, undefined],
    ['https://notinternal.example', undefined, 'http://secure:1'],
    ['https://a.svc', undefined, undefined],
    ['https://other:8443', undefined, undefined],
    ['https://other', undefined, 'http://secure:1'],
    ['https://internal.example', 'http://mine:3', 'http://mine:3'],
  ])('for %s, given %s, is %s', (url, given, proxy) => {
    expect(proxyFor(url, given, env)).toBe(proxy);
  });

  it('that is no URL is refused', () => {
    expect(() => proxyFor('https://x', 'socks5://a:1', {})).toThrow('--proxy has to be an http or https URL');
    expect(() => proxyFor('https://x', undefined, { HTTPS_PROXY: 'socks5://a:1' })).toThrow('HTTPS_PROXY');
  });

  it('NO_PROXY=* exempts all', () => {
    expect(proxyFor('https://x', undefined, { ...env, NO_PROXY: '*' })).toBeUndefined();
  });
});

describe('a slip of the finger', () => {
  it.each([
    ['voice-cals', ['voice-calls', 'calldesk'], 'voice-calls'],
    ['VOICE-CALLS', ['voice-calls'], 'voice-calls'],
    ['rnu', ['run', 'list'], 'run'],
    ['entirely-different', ['run', 'list'], undefined],
  ])('%s is %s', (wrong, known, meant) => {
    expect(closest(wrong, known)).toBe(meant);
  });

  it('in the name of a variable is told', () => {
    expect(misspeltVariables({ RINGTRUE_TOKN: 'x', RINGTRUE_TOKEN: 'x', RINGTRUE_DEBUG: '1', PATH: '' })).toEqual([
      'RINGTRUE_TOKN is no variable of RingTrue. Did you mean RINGTRUE_TOKEN?',
    ]);
  });
});

describe('the progress bar', () => {
  const one = (id: string, status: CaseResult['status'] = 'pass'): CaseResult => ({
    id,
    rule: 'r',
    requirement: 'R',
    level: 'MUST',
    title: 't',
    operation: 'o',
    status,
    durationMs: 1,
  });

  it('is one line that fits, written no oftener than the eye can follow, and removed', () => {
    const written: string[] = [];
    let now = 0;
    const bar = terminalProgress(
      (text) => written.push(text),
      60,
      () => now,
    );
    bar.update(1, 4, one('a', 'fail'));
    bar.update(2, 4, one('b'));
    now = 100;
    bar.update(3, 4, one(`${'long.'.repeat(40)}\u001b[31m`));
    bar.clear();
    bar.clear();
    expect(written).toHaveLength(3);
    expect(written[0]).toContain('1/4, 1 failed');
    for (const line of written) expect(line.replace('\r\u001b[2K', '').length).toBeLessThanOrEqual(60);
    expect(written.at(-1)).toBe('\r\u001b[2K');
    expect(written[1]?.slice(5)).not.toContain('\u001b');
  });
});

describe('an exchange in words', () => {
  const exchange: Exchange = {
    id: 7,
    operation: 'op',
    request: { method: 'POST', url: 'http://x/y', headers: {}, body: '{"a":1}' },
    response: { status: 201, headers: {}, body: '\u001b[2Jhello' },
    startedAtMs: 0,
    durationMs: 12.4,
    attempts: 2,
  };

  it('tells request, answer and both bodies, and stays inert', () => {
    const text = exchangeText(exchange);
    expect(text).toContain('#7 POST http://x/y -> 201  (op, 12 ms, 2 attempts)\n  > {"a":1}\n  < ');
    expect(text).not.toContain('\u001b');
  });

  it('tells why no answer came', () => {
    const text = exchangeText({ ...exchange, response: undefined, error: { kind: 'timeout', message: 'Too late.' } });
    expect(text).toContain('-> no answer (timeout)');
    expect(text).toContain('< Too late.');
  });
});
