/** Each hostile target and the HTTP client alone: what is no answer, what is an answer, and that it is quick. */
import { afterEach, describe, expect, test } from 'vitest';
import { maskExchange } from '../../target/mask-exchange.ts';
import { closeTargets, testTarget } from '../../target/testing/target.ts';
import { TOKEN, type RunningTarget } from './target.ts';
import { hostileTargets } from './targets.ts';

let running: RunningTarget | undefined;

afterEach(async () => {
  await closeTargets();
  await running?.close();
  running = undefined;
});

describe.each(hostileTargets.map((target) => [target.id, target] as const))(
  '%s',
  (_, { title, start, inRunsOnly, expect: expected }) => {
    test(title, async () => {
      running = await start();
      const { url, files } = running;
      const target = testTarget(url, {
        timeoutMs: 250,
        maxBodyBytes: 10 * 1024 * 1024,
        secrets: [TOKEN],
        ca: files?.['ca.pem'],
      });
      const before = process.cpuUsage();
      const exchanges = [];
      for (let count = 0; count < (inRunsOnly ? 5 : 25); count += 1) {
        const method = count % 2 === 0 ? 'GET' : 'POST';
        const body = method === 'POST' ? '{}' : undefined;
        const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' };
        exchanges.push(
          await target.send({ operation: 'any', method, path: '/v3/communication/voice_calls', headers, body }),
        );
      }
      const last = exchanges.at(-1)!;
      if (!inRunsOnly) expect(last.error === undefined).toBe(expected.exit !== 3);
      // No answer: three timeouts at most, and the others at once.
      const waited = exchanges.filter(({ error, durationMs }) => error?.kind === 'timeout' && durationMs > 200);
      if (!inRunsOnly) expect(waited.length).toBeLessThanOrEqual(3);
      const { user, system } = process.cpuUsage(before);
      expect((user + system) / 1e6).toBeLessThan(15);
      for (const { error, response } of exchanges.map((one) => maskExchange(one, (text) => target.mask(text)))) {
        expect(error === undefined).toBe(response !== undefined);
        expect(JSON.stringify([error, response])).not.toContain(TOKEN);
        if (error) expect(error.message).toMatch(/^[^\n]+\.$/);
      }
      running.verify?.();
    });
  },
);
