import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { watchedTarget, type Watched } from '../cli/testing/target.ts';
import { prepareRun, run } from '../index.ts';
import { broken, createdRecord, defineRule, makeable, notApplicable, pass, readOnce, succeeded } from './toolkit.ts';

/** A read returns a request id: a promise of somebody's house, in no contract. */
const requestId = defineRule({
  id: 'acme-request-id',
  title: 'a GET returns a request id',
  sentence: 'Every response carries X-Request-Id.',
  cases: (contract) =>
    makeable(contract).flatMap((resource) =>
      resource.read
        ? [
            {
              operation: resource.read.id,
              level: 'SHOULD' as const,
              run: async (session) => {
                const { record } = await createdRecord(session, resource, 'control');
                const exchange = await readOnce(session, resource, record.id);
                if (!succeeded(exchange)) return notApplicable('the record cannot be read, which another rule reports');
                if (exchange.response?.headers['x-request-id'] !== undefined) return pass(exchange);
                return broken(
                  { word: 'no-request-id', message: 'GET returns no X-Request-Id.', remedy: 'Return X-Request-Id.' },
                  exchange,
                );
              },
            },
          ]
        : [],
    ),
});

let silent: Watched;
let right: Watched;
beforeAll(async () => {
  silent = await watchedTarget();
  right = await watchedTarget((_request, response) => {
    response.setHeader('x-request-id', 'r-1');
    return false;
  });
});
afterAll(async () => {
  await silent.close();
  await right.close();
});

const about = {
  token: 'staff-token',
  fixtures: { staff_uid: 's', client_uid: 'c', business_uid: 'b' },
  include: ['acme-request-id.*'],
  rules: [requestId],
  seed: 5,
};

describe('a rule of one’s own', () => {
  it('passes on a right target', async () => {
    const { cases, findings } = await run({ ...about, url: right.url });
    expect(cases).toMatchObject([{ id: 'acme-request-id.getVoiceCall', rule: 'acme-request-id', status: 'pass' }]);
    expect(findings).toEqual([]);
  });

  it('is a finding in its own words on a wrong one', async () => {
    const { findings } = await run({ ...about, url: silent.url });
    expect(findings).toMatchObject([
      {
        level: 'SHOULD',
        operation: 'getVoiceCall',
        kind: 'no-request-id',
        message: 'GET returns no X-Request-Id.',
        suggestion: 'Return X-Request-Id.',
        cases: ['acme-request-id.getVoiceCall'],
      },
    ]);
    expect(findings[0]?.reproduce.join('\n')).toContain('curl');
  });

  it('that throws is not tested, and the run goes on', async () => {
    const failing = defineRule({
      id: 'acme-throws',
      title: 'x',
      cases: () => [{ operation: 'getVoiceCall', run: () => Promise.reject(new Error('no such table')) }],
    });
    const report = await run({ ...about, url: right.url, include: ['acme-*.*'], rules: [failing, requestId] });
    expect(report.cases.map(({ status, message }) => [status, message])).toEqual([
      ['not-tested', 'the rule acme-throws failed: no such table'],
      ['pass', undefined],
    ]);
    expect(report.verdict).toBe('incomplete');
  });

  it('stands beside RingTrue’s rules in the plan', async () => {
    const { cases } = await prepareRun({ rules: [requestId] });
    expect(cases.filter(({ rule }) => rule === 'acme-request-id')).toHaveLength(1);
    expect(cases.length).toBeGreaterThan(700);
  });

  it('that may write is not asked with --read-only, and one that reads only is', async () => {
    const writes = defineRule({
      id: 'acme-writes',
      title: 'x',
      cases: () => [{ operation: 'getVoiceCall', run: asks }],
    });
    const reads = defineRule({
      id: 'acme-reads',
      title: 'x',
      cases: () => [{ operation: 'getVoiceCall', readsOnly: true, run: asks }],
    });
    const { cases } = await prepareRun({ readOnly: true, rules: [writes, reads] });
    expect(cases.filter(({ rule }) => rule.startsWith('acme-')).map(({ id }) => id)).toEqual([
      'acme-reads.getVoiceCall',
    ]);
  });
});

const asks = () => Promise.resolve(pass());

describe('a rule that cannot be used', () => {
  it.each([
    ['an id with capitals', () => defineRule({ id: 'Acme', title: 'x', cases: () => [] }), 'lower-case letters'],
    ['no title', () => defineRule({ id: 'acme', title: ' ', cases: () => [] }), 'needs a title'],
  ])('%s', (_what, make, says) => {
    expect(make).toThrow(says);
  });

  it.each([
    ['an id of RingTrue’s', [defineRule({ id: 'round-trip', title: 'x', cases: () => [] })], 'is taken'],
    ['one id twice', ['a', 'b'].map((title) => defineRule({ id: 'acme', title, cases: () => [] })), 'is taken'],
    [
      'an operation that is none',
      [defineRule({ id: 'acme', title: 'x', cases: () => [{ operation: 'getVoiceCal', run: asks }] })],
      'is no operation of voice-calls',
    ],
  ])('%s', async (_what, rules, says) => {
    await expect(prepareRun({ rules })).rejects.toThrow(says);
  });
});
