/** One run of the suite against a server of a plain document, with a fault or as a right variant. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadContract } from '../../contract/load.ts';
import type { Contract } from '../../contract/types.ts';
import type { Report } from '../../model/index.ts';
import { openValidators, type Validators } from '../../contract/validators.ts';
import { planCases, type PlannedCase } from '../../plan/index.ts';
import { runSuite } from '../../run/index.ts';
import { createMemoryTarget, type Respond } from '../../target/index.ts';
import { formBody } from './form-body.ts';
import type { PlainApi, PlainFault, PlainVariant } from './api.ts';
import type { PlainAnswer, PlainHandler } from './server.ts';

const ORIGIN = 'http://127.0.0.1';

/** A document and what is made of it, once for all trials of a process. */
interface Prepared {
  contract: Contract;
  validators: Validators;
  /** Plans by the names of the fixtures. */
  plans: Map<string, PlannedCase[]>;
}

const prepared = new Map<string, Promise<Prepared>>();

/** The document goes through the same loader as a user's file. */
function prepare(api: PlainApi): Promise<Prepared> {
  const known = prepared.get(api.name) ?? load(api);
  prepared.set(api.name, known);
  return known;
}

async function load({ name, document }: PlainApi): Promise<Prepared> {
  const folder = mkdtempSync(join(tmpdir(), 'ringtrue-plain-'));
  try {
    const file = join(folder, `${name}.json`);
    writeFileSync(file, JSON.stringify(document, undefined, 2));
    const contract = await loadContract(file, { allowRemote: false });
    return { contract, validators: await openValidators(contract, { properties: false }), plans: new Map() };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const selection = { profile: 'full' as const, include: [], exclude: [], readOnly: false, explore: 0 };

function planOf({ contract, plans }: Prepared, fixtures: readonly string[]): PlannedCase[] {
  const key = fixtures.join();
  const known = plans.get(key) ?? planCases(contract, { ...selection, roles: [], fixtures: [...fixtures] });
  plans.set(key, known);
  return known;
}

/** Rules that judge every exchange, whatever case sent it; and the baseline that all others rest on. */
const always = ['accepts', 'status-documented', 'content-type', 'response-body', 'response-headers', 'no-server-error'];

/** A fault that says by which rules it is found is asked by these: the bench has hundreds of them. */
function casesFor(subject: PlainFault | PlainVariant, plan: PlannedCase[]): PlannedCase[] {
  const rules = 'rules' in subject ? subject.rules : undefined;
  return rules ? plan.filter(({ rule }) => rules.includes(rule) || always.includes(rule)) : plan;
}

/**
 * @param api whose document is judged
 * @param subject the fault or the variant
 * @param url another address than that of the API's base path
 */
export async function tryPlain(api: PlainApi, subject: PlainFault | PlainVariant, url?: string): Promise<Report> {
  const right = api.serve();
  const behaviour = subject.behaviour?.();
  const handle: PlainHandler = behaviour ? (request) => behaviour(request, right) : right;
  const fixtures = Object.entries({ ...api.fixtures, ...('fixtures' in subject ? subject.fixtures : {}) });
  const known = await prepare(api);
  const names = fixtures.map(([name]) => name);
  return runSuite({
    contract: known.contract,
    validators: known.validators,
    planned: casesFor(subject, planOf(known, names)),
    openTarget: (options) => createMemoryTarget(options, respondAs(api, handle)),
    target: {
      url: url ?? ORIGIN + (api.base ?? ''),
      timeoutMs: 10_000,
      maxBodyBytes: 10 * 1024 * 1024,
      retryAfterBudgetMs: 30_000,
    },
    roleTokens: {},
    secrets: [],
    fixtures: fixtures.map(([name, value]) => ({ name, value, via: 'flag' })),
    ...selection,
    strict: false,
    bail: false,
    workers: 8,
    seed: 20_261_121,
    consistencyMs: 'consistencyMs' in subject ? (subject.consistencyMs ?? 0) : 0,
    expectedFailures: [],
    keepExchanges: false,
    tool: { name: 'ringtrue', version: 'self-test' },
  });
}

function respondAs({ base = '' }: PlainApi, handle: PlainHandler): Respond {
  return ({ method, path, headers, body }) => {
    const url = new URL(path, ORIGIN);
    if (!url.pathname.startsWith(base)) return Promise.resolve(sent({ status: 404, text: 'nothing here' }));
    // What is no JSON is a text to the server, and no object.
    const form = formBody(headers['content-type'] ?? '', body);
    const json = body.length === 0 ? undefined : (form ?? parsed(body) ?? body.toString());
    const answer = handle({
      method,
      path: url.pathname.slice(base.length),
      query: url.searchParams,
      headers,
      body: json,
    });
    return Promise.resolve(sent(answer));
  };
}

function sent({ status, headers, json, text }: PlainAnswer): Awaited<ReturnType<Respond>> {
  const own = text ?? (json === undefined ? '' : JSON.stringify(json));
  return {
    status,
    headers: {
      date: new Date().toUTCString(),
      ...(own === '' ? {} : { 'content-type': text === undefined ? 'application/json' : 'text/plain' }),
      ...headers,
      'content-length': String(Buffer.byteLength(own)),
    },
    body: Buffer.from(own),
  };
}

/** Bytes that are no UTF-8 are no JSON (RFC 8259 section 8.1). */
function parsed(bytes: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)) as unknown;
  } catch {
    return undefined;
  }
}

/** @returns what is wrong with the outcome; nothing for a fault that is found at its place */
export function complaintsOfFault(fault: PlainFault, report: Report): string[] {
  const findings = report.findings.filter(({ level }) => level === 'MUST' || fault.level === 'SHOULD');
  const told = findings.some((finding) =>
    fault.names.some((name) => [finding.operation, finding.field].includes(name) || finding.message.includes(name)),
  );
  const killers = new Set(findings.flatMap(({ cases }) => cases.map((id) => id.split('.')[0] ?? '')));
  const byRule = fault.rules === undefined || fault.rules.some((rule) => killers.has(rule));
  return [
    ...(findings.length > 0 && !byRule
      ? [`found by ${[...killers].join(', ')} and not by ${(fault.rules ?? []).join(', ')}`]
      : []),
    ...(findings.length === 0 ? ['survived'] : told ? [] : [`no finding names ${fault.names.join(' or ')}`]),
    ...(fault.level === 'MUST' && report.verdict !== 'non-conformant' ? [`verdict ${report.verdict}`] : []),
    ...errors(report),
  ];
}

/** @returns what is held against a right server */
export function complaintsOfVariant(variant: PlainVariant, report: Report): string[] {
  const wished = (message: string): boolean => (variant.wishes ?? []).some((word) => message.includes(word));
  return [
    ...(report.verdict === 'conformant' ? [] : [`verdict ${report.verdict}: ${report.notes.join(' ')}`]),
    ...report.findings
      .filter(({ level, message }) => level === 'MUST' || !wished(message))
      .map(({ level, message }) => `${level}: ${message}`),
    ...errors(report),
  ];
}

function errors(report: Report): string[] {
  return report.cases
    .filter(({ status }) => status === 'error')
    .slice(0, 3)
    .map(({ id, message }) => `${id} is an error of our own: ${message ?? ''}`);
}
