/** Whole runs against a server that writes down all it is sent, held to a checker that shares nothing with the gate. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadContract } from '../contract/load.ts';
import type { Report } from '../model/index.ts';
import { runSuite } from '../run/index.ts';
import { voiceDocuments, type VoiceDocument } from './testing/voice-documents.ts';

interface Received {
  method: string;
  url: string;
  headers: Record<string, unknown>;
  body: string;
}

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ringtrue-rings-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function answer(
  calls: Map<string, unknown>,
  method: string,
  url: string,
  sent: Record<string, unknown> | undefined,
): [number, unknown] {
  const id = /^\/calls\/([^?]+)/.exec(url)?.[1];
  const known = id === undefined ? undefined : calls.get(id);
  if (method === 'GET' && id === undefined) return [200, { calls: [...calls.values()] }];
  if (method === 'GET') return known === undefined ? [404, {}] : [200, known];
  if (method === 'POST' && id === undefined) {
    if (sent === undefined) return [400, {}];
    const made = { ...sent, id: `c${String(calls.size + 1)}` };
    calls.set(made.id, made);
    return [201, made];
  }
  if (method !== 'PUT' || id === undefined) return [405, {}];
  if (known === undefined) return [404, {}];
  if (sent === undefined) return [400, {}];
  calls.set(id, { ...known, ...sent, id });
  return [200, calls.get(id)];
}

/** Takes and keeps whatever is JSON. */
async function recorder(): Promise<{ server: Server; url: string; received: Received[] }> {
  const received: Received[] = [];
  const calls = new Map<string, unknown>();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString();
      const { method = '', url = '', headers } = request;
      received.push({ method, url, headers, body });
      const [status, json] = answer(calls, method, url, parsed(body));
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(json));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`, received };
}

function parsed(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

async function wholeRun(
  { name, document }: VoiceDocument,
  explore: number,
): Promise<{ report: Report; received: Received[] }> {
  const file = join(folder, `${name.replaceAll(' ', '-')}.json`);
  writeFileSync(file, JSON.stringify(document));
  const contract = await loadContract(file, { allowRemote: false });
  const { server, url, received } = await recorder();
  try {
    const report = await runSuite({
      contract,
      target: { url, timeoutMs: 60_000, maxBodyBytes: 10_000_000, retryAfterBudgetMs: 1000 },
      roleTokens: {},
      secrets: [],
      fixtures: [],
      profile: 'full',
      include: [],
      exclude: [],
      readOnly: false,
      strict: false,
      bail: false,
      workers: 4,
      seed: 11,
      consistencyMs: 0,
      explore,
      expectedFailures: [],
      keepExchanges: false,
      tool: { name: 'ringtrue', version: 'test' },
    });
    return { report, received };
  } finally {
    server.close();
    server.closeAllConnections();
  }
}

/** Written out once more on purpose: the numbers that the test itself holds to be set aside for fiction. */
const fiction = [
  /^1[2-9]\d\d55501\d\d$/,
  /^447700900\d{3}$/,
  /^442079460\d{3}$/,
  /^441632960\d{3}$/,
  /^44(?:11[3-8]|1[2-6]1)4960\d{3}$/,
  /^614915701\d\d$|^61491570(?:006|313|737)$/,
  /^33(?:63998|19900|26191|35301|46571|53649)\d{4}$/,
  /^49(?:3023125|6990009|4066969|2214710|8999998)\d{3}$|^49(?:17139200|176040690)\d\d$/,
  /^3532091\d{5}$/,
  /^46(?:701740|8465004|313900)\d{2,3}$/,
  /^0*999\d*$/,
];
const isFiction = (digits: string): boolean =>
  digits.length < 2 ||
  [digits, digits.replace(/^0+/, ''), `1${digits}`].some((one) => fiction.some((range) => range.test(one)));

/** Percent-encoded or not. */
function decoded(text: string): string {
  return text.replaceAll(/(?:%[0-9a-f]{2})+/gi, (escapes) =>
    Buffer.from(escapes.replaceAll('%', ''), 'hex').toString(),
  );
}

/** What somebody could be called by, among all that a request holds. */
function dialable(document: VoiceDocument, { url, headers, body }: Received): string[] {
  const found: string[] = [];
  const all = [decoded(url), JSON.stringify(headers), body, decoded(body)];
  for (const text of all) {
    for (const [number] of text.matchAll(/(?<![\w+])\+\d[\d ().-]{5,}/g))
      if (!isFiction(number.replaceAll(/\D/g, ''))) found.push(number);
    for (const [address, user = ''] of text.matchAll(/\b(?:tel|sips?|sms|whatsapp):(\+?[\d.() -]*)/gi))
      if (!isFiction(user.replaceAll(/\D/g, ''))) found.push(address);
    for (const [host] of text.matchAll(/(?:\/\/|@)[a-z0-9.-]+\.[a-z]{2,}/gi))
      if (!/\.example$/i.test(host)) found.push(host);
    for (const [word] of text.matchAll(
      /urn:service:sos|"(?:emergency|sos|emergency_call|emergencyCall)\s*"\s*[,}\]]|"emergency":\s*true/gi,
    ))
      found.push(word);
  }
  for (const [member, name = '', string, number] of body.matchAll(
    /"([^"]+)":\s*(?:\[\s*)*(?:"((?:[^"\\]|\\.)*)"|(-?[\d.]+))/g,
  )) {
    if (!document.dials.test(name)) continue;
    const value = string === undefined ? String(Math.trunc(Number(number))) : (JSON.parse(`"${string}"`) as string);
    if (!isFiction(value.replaceAll(/\D/g, ''))) found.push(member);
  }
  return found;
}

describe('a whole run, with fifty generated requests for each write, sends nothing that rings', () => {
  it.each(voiceDocuments)('$name', { timeout: 300_000 }, async (document) => {
    const { report, received } = await wholeRun(document, 50);
    expect(received.flatMap((request) => dialable(document, request))).toEqual([]);
    expect(
      report.cases.filter(({ status }) => status === 'error').map(({ id, message }) => `${id}: ${message ?? ''}`),
    ).toEqual([]);
    expect(report.summary.requests).toBe(received.length);
  });

  it('the checker sees what a gate that lets everything through would send', () => {
    const request = (body: unknown): Received => ({
      method: 'POST',
      url: '/calls',
      headers: {},
      body: JSON.stringify(body),
    });
    const [forms] = voiceDocuments;
    for (const body of [
      { To: '+19195551234' },
      { To: '911' },
      { x: 'tel:112' },
      { x: 'sip:+19195551234@a.example' },
      { x: 'urn:service:sos' },
    ])
      expect([body, dialable(forms!, request(body))]).not.toEqual([body, []]);
    expect(dialable(forms!, request({ To: '+12125550147', x: 110 }))).toEqual([]);
  });
});

describe('what cannot be made harmless is not tested, and says why', () => {
  it.each([
    [
      'emergency only',
      /createCall is not sent with to in the body "urn:service:sos\.police": it calls an emergency service/,
    ],
    [
      'required listed caller id',
      /callerId in the body "\+(?:19195551234|4930901820)": it may ring a phone.*--fixture createCall\.callerId=/,
    ],
  ])('%s', async (name, says) => {
    const document = voiceDocuments.find((one) => one.name === name)!;
    const { report, received } = await wholeRun(document, 0);
    expect(
      received
        .filter(({ method, body }) => method === 'POST' && parsed(body) !== undefined && body !== '{}')
        .map(({ body }) => body),
    ).not.toContain('+19195551234');
    const accepts = report.cases.find(({ id }) => id === 'accepts.createCall');
    expect(accepts).toMatchObject({ status: 'not-tested' });
    expect(accepts?.message).toMatch(says);
    expect(report.verdict).not.toBe('conformant');
  });

  it('a listed value that calls for help alone goes untested, and the others are asked', async () => {
    const { report } = await wholeRun(
      voiceDocuments.find(({ name }) => name === 'WebRTC sessions')!,
      0,
    );
    const statuses = new Map(
      report.cases
        .filter(({ id }) => id.startsWith('accepts-value.createCall.callType'))
        .map(({ id, status }) => [id.split('.').at(-1), status] as const),
    );
    expect([...statuses]).toEqual([
      ['EMERGENCY', 'not-tested'],
      ['VOICE', 'pass'],
      ['VIDEO', 'pass'],
    ]);
  });
});
