import { describe, expect, it } from 'vitest';
import { explanationOf } from './explanation.ts';

const told = (json: unknown): ReturnType<typeof explanationOf> =>
  explanationOf({
    id: 1,
    operation: 'x',
    request: { method: 'POST', url: 'http://x.example/', headers: {} },
    response: { status: 422, headers: {}, body: JSON.stringify(json), json },
    startedAtMs: 0,
    durationMs: 0,
    attempts: 1,
  });

describe('a refusal names the properties that it complains of', () => {
  it.each([
    ['FastAPI', { detail: [{ loc: ['body', 'price'], msg: 'field required', type: 'missing' }] }, 'price'],
    ['Spring', { status: 400, errors: [{ field: 'lastName', defaultMessage: 'must not be blank' }] }, 'lastName'],
    ['Django', { title: ['This field is required.'] }, 'title'],
    ['Rails', { errors: { name: ["can't be blank"] } }, 'name'],
    ['NestJS', { statusCode: 400, message: ['name must be a string'], error: 'Bad Request' }, 'name'],
    ['problem+json', { title: 'Invalid', 'invalid-params': [{ name: 'age', reason: 'too low' }] }, 'age'],
    ['RFC 9457', { title: 'Invalid', errors: [{ detail: 'too low', pointer: '#/age' }] }, 'age'],
    ['JSON:API', { errors: [{ detail: 'x y', source: { pointer: '/data/attributes/title' } }] }, 'title'],
    ['Zod', { issues: [{ path: ['tags', 0], message: 'Required' }] }, 'tags'],
    [
      'LoopBack',
      { error: { statusCode: 422, message: 'invalid', details: [{ path: '/title', message: 'no' }] } },
      'title',
    ],
  ])('%s', (_name, json, field) => {
    expect(told(json).names).toContain(field);
  });

  it('a plain problem names none, and is quoted', () => {
    expect(told({ detail: 'Account not found' })).toEqual({
      said: ' ("Account not found")',
      text: 'Account not found',
      names: [],
    });
    expect(told({ error: { code: 'x', message: 'no such zone' } }).said).toBe(' ("no such zone")');
    expect(told(undefined)).toEqual({ said: '', names: [] });
  });
});
