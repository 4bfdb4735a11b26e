import { describe, expect, it } from 'vitest';
import type { Breach } from '../model/index.ts';
import { maskBreach, maskFixture, maskRequest, maskTexts } from './mask-report.ts';

const mask = (text: string): string => text.replaceAll('message', '***');

const breach: Breach = {
  kind: 'altered',
  field: 'message',
  sent: { a: 'message' },
  got: 'a message',
  difference: { kind: 'other', from: 0 },
  seen: [
    { where: 'get', got: { 'the message': [{ message: 'message' }] }, ok: false },
    { where: 'list', missing: true, ok: false },
  ],
};

describe('a secret that a target echoes', () => {
  it('is masked in values and in the names of properties', () => {
    expect(maskBreach(breach, mask)).toEqual({
      kind: 'altered',
      field: '***',
      sent: { a: '***' },
      got: 'a ***',
      difference: { kind: 'other', from: 0 },
      seen: [
        { where: 'get', got: { 'the ***': [{ '***': '***' }] }, ok: false },
        { where: 'list', missing: true, ok: false },
      ],
    });
  });

  it('that happens to be a word of ours leaves the report readable', () => {
    const altered = (text: string): string => text.replaceAll('altered', '***').replaceAll('seen', '***');
    expect(maskBreach(breach, altered)).toEqual(breach);
    expect(
      maskRequest({ operation: 'o', method: 'POST', path: '/message', status: 201, body: { message: 1 } }, mask),
    ).toEqual({ operation: 'o', method: 'POST', path: '/***', status: 201, body: { '***': 1 } });
  });

  it('is masked where it comes as a number', () => {
    const digits = (text: string): string => text.replaceAll('20240117', '***');
    expect(maskBreach({ ...breach, got: [20240117, 7] }, digits)).toMatchObject({ got: ['***', 7] });
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
