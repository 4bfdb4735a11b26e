/** What cases are handed: sending, fixtures, seeded values, and the memory of the run. */
import type { SchemaBreach, Validators } from '../contract/validators.ts';
import type { Contract, Operation } from '../contract/types.ts';
import type { Exchange, LedgerEntry, ReceivedResponse, SentRequest, VerifiedRequest } from '../model/index.ts';
import { explanationOf } from '../rules/kit/explanation.ts';
import { completed } from '../rules/kit/parameters.ts';
import { references } from '../rules/kit/references.ts';
import { isPlain, isServerError } from '../rules/kit/law.ts';
import { newId } from '../rules/kit/new-id.ts';
import type { PatternTexts } from '../rules/kit/pattern-types.ts';
import { causeOf, sameCause } from '../model/breach/cause.ts';
import { address, show } from '../rules/kit/outcome.ts';
import type { Ask, Problem, RefusedWrite, Session, StoredRecord } from '../rules/types.ts';
import { BlockedError, UnansweredError, UnsafeValueError } from '../rules/types.ts';
import { parseAddress } from '../target/address.ts';
import { IDEMPOTENT, mayHaveArrived, type RequestSpec, type Target } from '../target/index.ts';
import { inEnvelope } from '../contract/envelope.ts';
import { mayLeave } from '../values/outbound.ts';
import { writtenBody } from '../values/serialise/bodies.ts';
import { pathValue } from '../values/serialise/parameters.ts';
import { percentEncoded } from '../values/serialise/styles.ts';
import { acceptOf } from './accept.ts';
import { inDirection } from '../contract/direction.ts';
import { at } from '../contract/resolve.ts';
import { shortText, withoutJson } from './bearable.ts';
import { credentialsFor } from './credentials.ts';
import { Doubtful } from './doubtful.ts';
import { OwnMistakeError } from './errors.ts';
import { freshFor, runMarker } from './fresh.ts';
import { judgeExchange } from './judge.ts';
import { Turns } from './turns.ts';

export interface SessionOptions {
  contract: Contract;
  validators: Validators;
  target: Target;
  targetUrl: string;
  token?: string;
  roleTokens: Record<string, string>;
  /** Headers that the target sends with every request. */
  headers?: Readonly<Record<string, string>>;
  fixtures: ReadonlyMap<string, string>;
  seed: number;
  /** Makes texts and keys new in every run; without it the seed alone decides them. */
  nonce?: string;
  consistencyMs: number;
  explore: number;
  workers: number;
  /** Whether nothing may be written at all. */
  readOnly?: boolean;
  /** Texts for the patterns of the document's requests. */
  patternTexts?: PatternTexts;
  now: () => number;
  wait: (milliseconds: number) => Promise<void>;
  onExchange: (exchange: Exchange) => void;
  /** Called as soon as a record is known to exist, or may exist. */
  onRecord?: (entry: LedgerEntry) => void;
}

/** A session, and what the run reads out of it afterwards. */
export interface RunSession extends Session {
  ledger: LedgerEntry[];
  /** The first valid write of each operation that succeeded; its path is the URL that it went to. */
  verified: Map<string, VerifiedRequest>;
  transportTrouble: Exchange[];
  validators: Validators;
  lateMs: Map<string, number>;
  /** Operations that answered a success, and what was said in place of one. */
  reached: { succeeded: Set<string>; refusals: Map<string, string> };
  /** How often each status was answered. */
  statuses: Map<number, number>;
  /** While it is set nothing is written: cases look at lists that must not move. */
  quiet: boolean;
  /** Waits for requests that nobody waits for any more: of several that a case sent at once, one may have ended the case. */
  idle: () => Promise<void>;
}

/** @returns a session for one run */
export function createSession(options: SessionOptions): RunSession {
  const { contract, target, fixtures, validators } = options;
  const memory = new Map<string, Promise<unknown>>();
  const problems = new Map<string, Problem[]>();
  const judged = new Map<string, number>();
  const records: StoredRecord[] = [];
  const refused: RefusedWrite[] = [];
  const ledger: LedgerEntry[] = [];
  const verified = new Map<string, VerifiedRequest>();
  const transportTrouble: Exchange[] = [];
  const lateMs = new Map<string, number>();
  const reached = { succeeded: new Set<string>(), refusals: new Map<string, string>() };
  const statuses = new Map<number, number>();
  const inFlight = new Set<Promise<Exchange>>();
  const doubtful = new Doubtful();
  const marker = runMarker(options.seed);
  const given = new Set(fixtures.values());
  const ownHost = new URL(options.targetUrl).host;
  const turns = new Turns();

  const send = async (wanted: Ask): Promise<Exchange> => {
    const ask = isPlain(contract) ? await completed(session, wanted) : wanted;
    const { operation } = ask;
    const method = ask.method ?? operation.method;
    if (options.readOnly && !['GET', 'HEAD'].includes(method))
      throw new BlockedError(`${method} is not sent in a read-only run`, 'read-only');
    // What should have been written before was not, and a write now would make other cases accuse the target.
    if (session.quiet && ask.method === undefined && !['GET', 'HEAD'].includes(method))
      throw new BlockedError('what had to be written for it beforehand could not be written', 'quiet');
    const id = lastOf(ask.path ?? operation.path, ask.pathParameters ?? {});
    const json = ask.json === undefined ? undefined : inEnvelope(operation.requestBody?.envelope, ask.json, id);
    const passage = mayLeave({ ...ask, json, contract, path: ask.path ?? operation.path, given, ownHost });
    if (!passage.ok) throw new UnsafeValueError(passage.sentence, `outbound|${operation.id}|${passage.place}`);
    if (ask.valid && json !== undefined) mustKeep(contract, operation, json, validators, fixtures);
    const credentials = credentialsFor(
      operation,
      ask.auth ?? 'main',
      options.token,
      options.roleTokens,
      options.headers,
    );
    const written = json === undefined ? undefined : writtenBody(operation.requestBody, json);
    const body = ask.raw ?? written?.body;
    const path = fillPath(operation, ask);
    const spec: RequestSpec = {
      operation: ask.method === undefined ? operation.id : `${ask.method} ${ask.path ?? operation.path}`,
      method,
      path: path + queryText([...(ask.query ?? []), ...credentials.query]),
      headers: {
        accept: acceptOf(contract, operation),
        ...(body === undefined
          ? {}
          : {
              'content-type':
                ask.contentType ?? written?.contentType ?? operation.requestBody?.mediaType ?? 'application/json',
            }),
        ...credentials.headers,
        ...ask.headers,
        ...bothCookies(credentials.headers.cookie, ask.headers?.cookie),
      },
      body,
      without: credentials.without,
      repeatable: IDEMPOTENT.has(method) || ask.valid !== true,
      onUnsettled: (request) => {
        enter(ask, request);
      },
    };
    // A server that locks optimistically is right to refuse one of two writes of a record that overlap.
    const sending = writesRecord(ask, method)
      ? turns.take(path, () => sendSteadily(contract, target, spec))
      : sendSteadily(contract, target, spec);
    inFlight.add(sending);
    const exchange = await sending.finally(() => inFlight.delete(sending));
    note(ask, exchange);
    options.onExchange(exchange);
    if (!exchange.response || exchange.doubt) {
      if (
        exchange.response
          ? isUnsettled(exchange.response.status)
          : exchange.attempts > 0 && mayHaveArrived(exchange.error)
      )
        enter(ask, exchange.request);
      const error = exchange.doubt ?? exchange.error;
      transportTrouble.push({ ...exchange, error });
      throw new UnansweredError({ ...exchange, error });
    }
    if (isUnsettled(exchange.response.status)) enter(ask, exchange.request);
    return exchange;
  };

  const note = (ask: Ask, exchange: Exchange): void => {
    const { response } = exchange;
    if (!response) return;
    const { operation } = ask;
    const own = ask.method === undefined;
    statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1);
    const success = response.status >= 200 && response.status < 300;
    if (success) enter(ask, exchange.request, response);
    if (own && ask.valid) doubtful.settled(operation, exchange);
    if (own) judged.set(operation.id, (judged.get(operation.id) ?? 0) + 1);
    for (const problem of judgeExchange(
      contract,
      operation,
      exchange,
      validators,
      own ? (ask.judge ?? 'all') : 'server-error',
    )) {
      if (doubtful.keep(exchange, problem)) continue;
      const key = `${problem.rule}|${operation.id}`;
      const list = problems.get(key) ?? [];
      // One exchange shows a cause as well as a hundred.
      if (
        list.length < 400 &&
        !list.some((other) => other.level === problem.level && sameCause(causeOf(other), causeOf(problem)))
      )
        list.push({ ...problem, exchange: withoutJson(exchange) });
      problems.set(key, list);
    }
    if (own && success) reached.succeeded.add(operation.id);
    else if (own && ask.valid && !reached.refusals.has(operation.id))
      reached.refusals.set(
        operation.id,
        `it answered ${String(response.status)}${explanationOf(exchange).said} to a request that keeps the document`,
      );
    if (success && !exchange.doubt && own && ask.valid && !verified.has(operation.id))
      verified.set(operation.id, {
        operation: operation.id,
        method: operation.method,
        path: exchange.request.url,
        body: parsed(exchange.request.body),
        status: response.status,
      });
  };

  /** Takes note of a record that exists on the target or, where no answer says so, may exist. */
  const enter = ({ operation, method, json }: Ask, request: SentRequest, response?: ReceivedResponse): void => {
    const resource = contract.resources.find(
      ({ create, otherCreates }) => create === operation || otherCreates.includes(operation),
    );
    const creates = method === undefined && resource !== undefined;
    if (!creates && (response !== undefined || request.method !== 'POST')) return;
    const id = creates && response ? newId(resource, json, response) : undefined;
    // What a fixture names was there before the run.
    if (id !== undefined && given.has(id)) return;
    const entry: LedgerEntry = {
      operation: operation.id,
      id: id === undefined ? undefined : shortText(id),
      url: request.url,
      marker: request.body?.includes(marker) ? marker : undefined,
      at: new Date().toISOString(),
      ...(response ? { status: response.status } : { unconfirmed: true }),
    };
    ledger.push(entry);
    options.onRecord?.(entry);
  };

  const session: RunSession = {
    contract,
    roles: Object.keys(options.roleTokens),
    isLocal: parseAddress(options.targetUrl).loopback,
    walkLimit: 200,
    consistencyMs: options.consistencyMs,
    explore: options.explore,
    fixture: (name) => fixtures.get(name),
    marker,
    fresh: freshFor(options.seed, options.nonce),
    send,
    follow: (reference, operation, judge) => followReference(session, options, reference, operation, judge),
    once: <T>(key: string, make: () => Promise<T>): Promise<T> => {
      const known = memory.get(key);
      if (known) return known as Promise<T>;
      const made = make();
      // Whoever asks next sees the same failure; nobody may be asking right now.
      made.catch(() => undefined);
      memory.set(key, made);
      return made;
    },
    eventually: async (ask, done) => {
      const start = options.now();
      let answer = await ask();
      let pause = 20;
      while (!done(answer) && options.now() - start < options.consistencyMs) {
        await options.wait(Math.min(pause, options.consistencyMs - (options.now() - start)));
        pause = Math.min(pause * 2, 500);
        answer = await ask();
        if (done(answer)) lateMs.set('late', Math.max(lateMs.get('late') ?? 0, options.now() - start));
      }
      return answer;
    },
    records,
    known: new Map(),
    findReferences: async (operation, resource) => {
      const found = isPlain(contract) ? await references(session, operation, resource) : {};
      session.known.set(operation.id, found);
      return found;
    },
    learnt: new Map(),
    otherwise: new Map(),
    refused,
    problems: (rule, operation) => [
      ...(problems.get(`${rule}|${operation}`) ?? []),
      ...doubtful.proven(rule, operation),
    ],
    judged: (operation) => judged.get(operation) ?? 0,
    now: options.now,
    patternTexts: options.patternTexts,
    keeps: (pointer, value) =>
      inDirection(contract.document, pointer, validators.check(pointer, value), 'request').length === 0,
    ledger,
    verified,
    transportTrouble,
    validators,
    lateMs,
    reached,
    statuses,
    quiet: false,
    idle: async () => {
      while (inFlight.size > 0) {
        await Promise.allSettled(inFlight);
        // What follows from an answer follows at once, and may be a further request.
        await options.wait(0);
      }
    },
  };
  return session;
}

/**
 * One 5xx in many says more about the way to the target than about the request: on a plain document only one that comes again when the
 * same request is sent again is held against the target.
 */
async function sendSteadily(
  contract: Contract,
  target: Target,
  spec: Parameters<Target['send']>[0],
): Promise<Exchange> {
  const exchange = await target.send(spec);
  // What looks like a gateway's doing the target's client has asked for again already, where that is safe.
  if (!isPlain(contract) || !isServerError(contract, exchange) || exchange.doubt || exchange.attempts > 1)
    return exchange;
  spec.onUnsettled?.(exchange.request);
  return target.send(spec);
}

/**
 * What we send as valid is held to the contract as well: a breach is ours, unless it lies in a value that was given, or in a contract
 * of somebody else's, for which no value could be made.
 */
function mustKeep(
  contract: Contract,
  operation: Operation,
  body: unknown,
  validators: Validators,
  fixtures: ReadonlyMap<string, string>,
): void {
  const pointer = operation.requestBody?.schemaPointer;
  if (pointer === undefined) return;
  const breaches = inDirection(contract.document, pointer, validators.check(pointer, body), 'request');
  const [breach] = breaches;
  if (!breach) return;
  const told = (one: SchemaBreach): string => `${one.at || 'its root'}: ${one.message} (${show(at(body, one.at))})`;
  for (const one of breaches) {
    const given = [...fixtures].find(([, fixture]) => fixture === at(body, one.at))?.[0];
    if (given === undefined) continue;
    throw new BlockedError(`the fixture ${given} breaks ${contract.name} at ${told(one)}`, `fixture|${given}`);
  }
  const where = told(breach);
  if (contract.digest === undefined)
    throw new BlockedError(
      `no request for ${operation.id} could be made that keeps ${contract.name} at ${where}; an example or a default there may help`,
      `request|${operation.id}`,
    );
  throw new OwnMistakeError(
    `a request for ${operation.id} that was meant to be valid breaks ${contract.name} at ${where}. This is a defect of RingTrue.`,
  );
}

/** Whether an answer leaves it open what became of a write: a redirect, or a failure on the other side. */
function isUnsettled(status: number): boolean {
  return (status >= 300 && status < 400) || status >= 500;
}

/** Whether a request changes what stands at its path; a create makes something new beside it, and may race. */
function writesRecord(ask: Ask, method: string): boolean {
  return ['PUT', 'PATCH', 'DELETE'].includes(method) || (ask.method !== undefined && method === 'POST');
}

/** The value that the path ends in. */
function lastOf(path: string, parameters: Record<string, string>): string | undefined {
  const name = [...path.matchAll(/\{([^}]+)\}/g)].at(-1)?.[1];
  return name === undefined ? undefined : parameters[name];
}

/** One header holds all cookies (RFC 6265 section 5.4). */
function bothCookies(credential: string | undefined, others: string | undefined): Record<string, string> {
  return credential === undefined || others === undefined ? {} : { cookie: `${credential}; ${others}` };
}

function fillPath(operation: Operation, { path, pathParameters = {}, writtenPath = {} }: Ask): string {
  return (path ?? operation.path).replaceAll(/\{([^}]+)\}/g, (_all, name: string) => {
    const parameter = operation.parameters.find((one) => one.in === 'path' && one.name === name);
    return writtenPath[name] ?? pathValue(parameter, pathParameters[name] ?? '');
  });
}

function queryText(query: NonNullable<Ask['query']>): string {
  if (query.length === 0) return '';
  // Brackets belong to no query (RFC 3986 section 3.4): Tomcat, for one, refuses them.
  const pairs = query.map(([name, value, written]) => written ?? `${percentEncoded(name)}=${percentEncoded(value)}`);
  return `?${pairs.join('&')}`;
}

function parsed(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : (JSON.parse(text) as unknown);
  } catch {
    return undefined;
  }
}

/** A link is relative to the target's origin (RFC 3986 section 5); another origin is never asked, so that it never gets a token. */
async function followReference(
  session: Session,
  options: SessionOptions,
  reference: string,
  operation: Operation,
  judge?: Ask['judge'],
): Promise<Exchange | undefined> {
  const base = new URL(options.targetUrl);
  let url: URL;
  try {
    url = new URL(reference, base.origin);
  } catch {
    throw new Error(`${show(reference)} is no URI reference (${address(operation)})`);
  }
  if (url.origin !== base.origin) return undefined;
  const prefix = base.pathname.replace(/\/$/, '');
  const path =
    prefix !== '' && url.pathname.startsWith(`${prefix}/`) ? url.pathname.slice(prefix.length) : url.pathname;
  // As they stand: what else the operation needs comes after them. Brackets of a resolved path are escaped, and no path parameters.
  const query = url.search
    .slice(1)
    .split('&')
    .filter((pair) => pair !== '');
  return session.send({
    operation,
    path,
    judge,
    query: query.map((pair) => {
      const [name = '', value = ''] = new URLSearchParams(pair).entries().next().value ?? [];
      return [name, value, pair];
    }),
  });
}
