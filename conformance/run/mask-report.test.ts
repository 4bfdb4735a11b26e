import { describe, expect, it } from 'vitest';
import type { Finding } from '../model/index.ts';
import { maskFinding, maskFixture, maskRequest, maskTexts } from './mask-report.ts';

const mask = (text: string): string => text.replaceAll('message', '***');

const finding: Finding = {
  id: 'x',
  level: 'MUST',
  kind: 'altered',
  operation: 'create',
  message: 'it told message',
  suggestion: '',
  severity: 'major',
  requirement: { id: 'X', level: 'MUST', sentence: '' },
  contract: { pointer: '#' },
  cases: [],
  blocked: 0,
  reproduce: ["curl -H 'x: message'"],
  evidence: {
    sent: { a: 'message' },
    got: [
      { where: 'get', got: { 'the message': [{ message: 'message' }] }, ok: false },
      { where: 'list', missing: true, ok: false },
    ],
    exchangeIds: [1],
  },
};

describe('a secret that a target echoes', () => {
  it('is masked in values and in the names of properties', () => {
    expect(maskFinding(finding, mask).evidence).toEqual({
      sent: { a: '***' },
      got: [
        { where: 'get', got: { 'the ***': [{ '***': '***' }] }, ok: false },
        { where: 'list', missing: true, ok: false },
      ],
      exchangeIds: [1],
    });
  });

  it('that happens to be a word of ours leaves the report readable', () => {
    const masked = maskFinding(finding, mask);
    expect(masked.message).toBe('it told ***');
    expect(masked.reproduce).toEqual(["curl -H 'x: ***'"]);
    expect(
      maskRequest({ operation: 'o', method: 'POST', path: '/message', status: 201, body: { message: 1 } }, mask),
    ).toEqual({ operation: 'o', method: 'POST', path: '/***', status: 201, body: { '***': 1 } });
  });

  it('is masked where it comes as a number, and our own numbers stay', () => {
    const digits = (text: string): string => text.replaceAll('20240117', '***');
    const evidence = { sent: 1, got: [{ where: 'get', got: [20240117, 7], ok: false }], exchangeIds: [20240117] };
    const masked = maskFinding({ ...finding, contract: { pointer: '#', line: 20240117 }, evidence }, digits);
    expect(masked.evidence).toEqual({ ...evidence, got: [{ where: 'get', got: ['***', 7], ok: false }] });
    expect(masked.contract.line).toBe(20240117);
  });

  it('is masked in the list of what was created', () => {
    const entry = { operation: 'create', id: 'message', url: 'http://x/message', at: 'now' };
    expect(maskTexts([entry], mask)).toEqual([{ operation: 'create', id: '***', url: 'http://x/***', at: 'now' }]);
  });

  it('is masked in a fixture, and a fixture that is a secret has no value', () => {
    const fixture = { name: 'f', value: 'a message', via: 'GET /x', source: 'GET /message' };
    expect(maskFixture(fixture, false, mask)).toEqual({ name: 'f', value: 'a ***', via: 'GET /x', source: 'GET /***' });
    expect(maskFixture(fixture, true, mask).value).toBe('***');
  });
});
