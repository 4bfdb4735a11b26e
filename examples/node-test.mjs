// The same for node:test (and any other runner): an async iterator of judged cases. Run it with `node --test`.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { conformanceCases } from 'ringtrue';

const options = {
  contract: 'voice-calls',
  // Your server. Without a URL the reference server is started and tested.
  url: process.env.API_URL,
  token: process.env.API_TOKEN,
  profile: 'core',
};

test('the voice-calls contract', async (t) => {
  for await (const { id, level, title, status, message } of conformanceCases(options)) {
    await t.test(`${level} ${title} (${id})`, (one) => {
      if (status === 'not-applicable') return one.skip(message);
      assert.ok(status === 'pass' || status === 'warn', message);
    });
  }
});
