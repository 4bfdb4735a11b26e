/** A secret changes no verdict, and leaves in nothing that a run says or writes, wherever a target echoes it. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exchangeText } from './cli/exchange-text.ts';
import { loadContract } from './contract/load.ts';
import type { Contract } from './contract/types.ts';
import type { Report } from './model/index.ts';
import { formats, loadReporter } from './report/index.ts';
import { runSuite } from './run/index.ts';
import { createMemoryTarget, type Respond } from './target/index.ts';

const thing = {
  type: 'object',
  required: ['external_uuid'],
  properties: { external_uuid: { type: 'string' }, note: { type: 'string' } },
};
const json = (schema: object): object => ({ 'application/json': { schema } });
const no = { description: 'no', content: json({ type: 'object' }) };
const document = {
  openapi: '3.1.0',
  info: { title: 'Things', version: '1' },
  paths: {
    '/things': {
      post: {
        operationId: 'createThing',
        requestBody: { required: true, content: json(thing) },
        responses: { 201: { description: 'its address is in Location' }, 400: no },
      },
    },
    '/things/{id}': {
      get: {
        operationId: 'getThing',
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
        responses: { 200: { description: 'it', content: json(thing) }, 404: no },
      },
      delete: {
        operationId: 'deleteThing',
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
        responses: { 204: { description: 'gone' }, 404: no },
      },
    },
  },
};

let folder = '';
let contract: Contract;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ringtrue-secrets-'));
  writeFileSync(join(folder, 'things.json'), JSON.stringify(document));
  contract = await loadContract(join(folder, 'things.json'), { allowRemote: false });
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** A server whose ids begin with a text, and that says another one wherever it can. */
function server(prefix: string, echo?: string): Respond {
  const records = new Map<string, object>();
  let last = 0;
  return ({ method, path, body }) => {
    const answer = (status: number, value?: object, headers: Record<string, string> = {}): ReturnType<Respond> =>
      Promise.resolve({
        status,
        headers: {
          ...(value ? { 'content-type': 'application/json' } : {}),
          ...(echo === undefined ? {} : { 'x-echo': encodeURIComponent(echo) }),
          ...headers,
        },
        body: Buffer.from(value ? JSON.stringify(value) : ''),
      });
    if (method === 'POST') {
      const sent = parsed(body.toString());
      if (typeof sent['external_uuid'] !== 'string') return answer(400, { message: `bad ${echo ?? ''}` });
      last += 1;
      const address = `/things/${encodeURIComponent(prefix)}${String(last)}`;
      records.set(address, echo === undefined ? sent : { ...sent, external_uuid: echo, note: 7, [echo]: echo });
      return answer(201, undefined, { location: address });
    }
    const record = records.get(path);
    if (!record) return answer(echo === undefined ? 404 : 500, { message: `${echo ?? ''} is unknown` });
    if (method === 'GET') return answer(200, record);
    if (echo === undefined) records.delete(path);
    return echo === undefined ? answer(204) : answer(409, { message: `${echo} says no` });
  };
}

function parsed(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return {};
  }
}

async function judge(token: string, respond: Respond): Promise<{ report: Report; told: string[] }> {
  const told: string[] = [];
  const report = await runSuite({
    contract,
    target: {
      url: 'http://127.0.0.1',
      headers: { 'x-api-key': token },
      timeoutMs: 5000,
      maxBodyBytes: 100_000,
      retryAfterBudgetMs: 0,
    },
    token,
    roleTokens: {},
    secrets: [],
    fixtures: [],
    profile: 'full',
    include: [],
    exclude: [],
    readOnly: false,
    strict: false,
    bail: false,
    workers: 1,
    seed: 7,
    consistencyMs: 0,
    explore: 0,
    expectedFailures: [],
    keepExchanges: true,
    cleanup: { created: [] },
    tool: { name: 'ringtrue', version: '0' },
    openTarget: (options) => createMemoryTarget(options, respond),
    onEvent: (event) => {
      told.push(JSON.stringify(event));
      if (event.type === 'exchange') told.push(exchangeText(event.exchange));
    },
  });
  return { report, told };
}

const verdicts = ({ cases }: Report): string[] => cases.map(({ id, status }) => `${id} ${status}`);

describe('a token', () => {
  it.each(['thing-', 'things', 'external_uuid', 'createThing', 'application/json'])(
    'such as %s changes no verdict, wherever it stands in ids and answers',
    async (token) => {
      const usual = await judge('tok-3f9a77c1', server('thing-'));
      const { report } = await judge(token, server('thing-'));
      expect(verdicts(report)).toEqual(verdicts(usual.report));
      const became = ({ cleanup = [] }: Report): unknown[] => cleanup.map(({ status, reason }) => [status, reason]);
      expect(became(report)).toEqual(became(usual.report));
      expect(became(report)).toContainEqual(['deleted', undefined]);
      expect(report.ledger.length).toBeGreaterThan(0);
    },
  );

  it('that is a name of the contract leaves our own sentences whole', async () => {
    const { report } = await judge('external_uuid', server('thing-', 'other'));
    const usual = await judge('tok-3f9a77c1', server('thing-', 'other'));
    const about = (one: Report): unknown[] =>
      one.findings.map(({ kind, operation, field }) => [kind, operation, field]);
    expect(about(report)).toEqual(about(usual.report));
    expect(report.findings.some(({ message }) => message.includes('external_uuid'))).toBe(true);
  });

  it('leaves in no report and in nothing that is told while the run goes on', async () => {
    const letters = fc.constantFrom(
      ...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.~+/='.split(''),
    );
    const tokens = fc.string({ unit: letters, minLength: 10, maxLength: 30 }).map((text) => `Zq9${text}x7Q`);
    await fc.assert(
      fc.asyncProperty(tokens, async (token) => {
        const { report, told } = await judge(token, server(token, token));
        expect(report.findings.length).toBeGreaterThan(0);
        expect(report.ledger.length).toBeGreaterThan(0);
        const spelled = [token, encodeURIComponent(token), JSON.stringify(token).slice(1, -1)];
        const texts = [...told, JSON.stringify(report)];
        for (const format of formats) {
          const text = (await loadReporter(format))(report, { verbose: true, quiet: false, color: false });
          texts.push(typeof text === 'string' ? text : [...text].join(''));
        }
        for (const text of texts) for (const form of spelled) expect(text.includes(form)).toBe(false);
      }),
      { numRuns: 4 },
    );
  }, 60_000);
});
