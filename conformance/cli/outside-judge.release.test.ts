/**
 * An outside judge: Prism's validation proxy stands between suite and server, and holds every answer to the contract by means of
 * its own. It has to agree with the suite on the reference server, and to see a wrong answer where there is one.
 */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startServer } from '../../reference-server/index.ts';
import { builtinContracts } from '../contract/load.ts';
import { faults, startFaulty } from '../self-test/index.ts';
import { emptyFolder, ringtrue } from './testing/cli.ts';
import { startPrism } from './testing/prism.ts';

interface Har {
  log: { entries: { request: { method: string; url: string }; response: { status: number; headers: Header[] } }[] };
}
interface Header {
  name: string;
  value: string;
}
interface Violation {
  location: string[];
  severity: string;
  message: string;
}

/** Runs the suite through the proxy. @returns what Prism holds against the answers, and how many it saw */
async function judged(contract: string, upstream: string): Promise<{ violations: string[]; answers: number }> {
  const { prism, origin } = await startPrism(contract, upstream);
  const folder = emptyFolder();
  try {
    const har = join(folder.path, 'run.har');
    await ringtrue(['run', contract, '--url', origin, '--quiet', '--report', `har=${har}`], { cwd: folder.path });
    const { entries } = (JSON.parse(readFileSync(har, 'utf8')) as Har).log;
    const violations = entries.flatMap(({ request, response }) =>
      violationsIn(response.headers)
        // What the suite sends wrongly on purpose is for the server to refuse.
        .filter(({ location, severity }) => location[0] === 'response' && severity === 'Error')
        .map(({ location, message }) => `${request.method} ${request.url} ${location.join('.')}: ${message}`),
    );
    return { violations: [...new Set(violations)], answers: entries.length };
  } finally {
    prism.kill();
    await once(prism, 'close');
    folder.remove();
  }
}

function violationsIn(headers: readonly Header[]): Violation[] {
  const text = headers.find(({ name }) => name.toLowerCase() === 'sl-violations')?.value;
  if (text === undefined) return [];
  // Of very many it says so, and not which.
  return text.startsWith('[')
    ? (JSON.parse(text) as Violation[])
    : [{ location: ['response'], severity: 'Error', message: text }];
}

describe('Prism between the suite and the server', () => {
  it.each(builtinContracts)('%s: no answer of the reference server breaks the contract', async (contract) => {
    const server = await startServer({ port: 0 });
    try {
      const { violations, answers } = await judged(contract, server.url);
      expect(violations).toEqual([]);
      expect(answers).toBeGreaterThan(100);
    } finally {
      await server.close();
    }
  });

  it('sees an answer that does break it', async () => {
    const fault = faults.find(({ id }) => id === 'voice-calls/external-uuid-missing');
    if (!fault) throw new Error('there is no fault');
    const server = await startFaulty(fault);
    try {
      const { violations } = await judged('voice-calls', server.url);
      expect(violations.join('\n')).toContain('external_uuid');
    } finally {
      await server.close();
    }
  });
});
