/** What a run does on this machine alone. */
import { expect, it } from 'vitest';
import { cursorFeed } from './cursor-feed/index.ts';
import { tryPlain } from './trial.ts';

async function settingsOn(url?: string): Promise<{ status?: string; writes: number }> {
  let writes = 0;
  const report = await tryPlain(
    cursorFeed,
    {
      id: 'cursor-feed/counted',
      title: 'the right server, and how often its settings are written',
      behaviour: () => (request, next) => {
        if (request.path === '/settings' && request.method !== 'GET') writes += 1;
        return next(request);
      },
    },
    url,
  );
  const found = report.cases.find(({ rule, operation }) => rule === 'put-stores' && /settings/i.test(operation));
  return { status: found?.status, writes };
}

it('a record that the run did not make is changed and put back on this machine', async () => {
  const { status, writes } = await settingsOn();
  expect(status).toBe('pass');
  expect(writes).toBeGreaterThan(0);
});

it('and left alone elsewhere', async () => {
  const { status, writes } = await settingsOn('http://feed.example');
  expect(status).toBe('not-tested');
  // A request with a mistake in it may go out; one that changes something may not.
  expect(writes).toBe(0);
});
