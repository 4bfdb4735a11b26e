/** What is never sent, by its name. */
import { describe, expect, it } from 'vitest';
import { readOperations } from '../../contract/operations.ts';
import { dangerOf } from './danger.ts';

function danger(method: string, path: string, operationId = 'doIt'): string | undefined {
  const document = { openapi: '3.1.0', paths: { [path]: { [method]: { operationId, responses: {} } } } };
  return dangerOf(readOperations(document)[0]!);
}

describe('danger', () => {
  it.each([
    ['post', '/logout', 'its name says logout'],
    ['post', '/tokens/{id}/revoke', 'its name says token'],
    ['post', '/users/{id}/reset-email', 'its name says reset'],
    ['delete', '/cache/purge', 'its name says purge'],
    ['put', '/billing', 'its name says billing'],
    ['delete', '/users/me', 'its name says me'],
    ['put', '/account', "it changes the caller's own account"],
    ['patch', '/v1/user-profile', "it changes the caller's own account"],
  ])('keeps %s %s from being sent', (method, path, why) => {
    expect(danger(method, path)).toBe(why);
  });

  it.each([
    ['put', '/settings'],
    ['put', '/users/{userId}'],
    ['post', '/accounts'],
    ['post', '/user'],
    ['delete', '/labels/{name}'],
    ['post', '/messages'],
  ])('lets %s %s be sent', (method, path) => {
    expect(danger(method, path)).toBeUndefined();
  });
});
