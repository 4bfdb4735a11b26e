/** From a request to an answer: finds the operation, lets in who may, reads what was sent, and hands it to the operation's handler. */
import { createHash } from 'node:crypto';
import type { Contract, Operation, RequestField } from '../contract/types.ts';
import { at, isObject } from '../contract/resolve.ts';
import { fieldsIn, readBody, type ReadBody } from './bodies.ts';
import { handle, type Shop } from './handlers.ts';
import { Refusal, type Answer, type Asked, type Hooks, type Problem, type Received } from './model.ts';
import { pairsIn, readPath, readQuery } from './parameters.ts';
import { preferenceOf, preferredAnswer } from './prefer.ts';
import { refusalAnswer } from './refusals.ts';
import { fieldsOf } from './records.ts';
import { Routes } from './routes.ts';
import { Schemas } from './schemas.ts';
import { admit, credentialsOf, type Credentials } from './security.ts';
import { Store } from './store.ts';
import { patternTexts, type PatternText } from './texts.ts';
import { Values } from './values.ts';

export interface CoreOptions {
  tokens: readonly string[];
  roleTokens: Readonly<Record<string, string>>;
  maxRecords: number;
  hooks: Hooks;
  now: () => Date;
  /** What several servers of one document share. */
  shared?: Shared;
}

/** What is made of a document alone, and knows nothing of requests. */
export interface Shared {
  schemas: Schemas;
  patterns: PatternText;
  values: Values;
}

/** @returns what all servers of one document may share */
export async function sharedOf({ document }: Contract): Promise<Shared> {
  const schemas = new Schemas(document);
  const patterns = await patternTexts(document);
  return { schemas, patterns, values: new Values(schemas, patterns) };
}

/** Bytes of a body that are read. */
export const MOST_BYTES = 10 * 1024 * 1024;

/** The derived server without anything of a network. */
export class Core {
  readonly contract: Contract;
  readonly shop: Shop;
  readonly #routes: Routes;
  readonly #credentials: Credentials;
  /** What an idempotency key was used for. */
  readonly #used = new Map<string, { body: string; answer: Answer; reference: string }>();

  private constructor(contract: Contract, shop: Shop, options: CoreOptions) {
    this.contract = contract;
    this.shop = shop;
    this.#routes = new Routes(contract);
    this.#credentials = credentialsOf(contract, options.tokens, options.roleTokens);
  }

  /**
   * @param contract whose server it is
   * @param options who may ask, how much is kept, and what is wrong on purpose
   */
  static async create(contract: Contract, options: CoreOptions): Promise<Core> {
    const shop: Shop = {
      store: new Store(contract, options.maxRecords),
      ...(options.shared ?? (await sharedOf(contract))),
      operations: new Map(contract.operations.map((one) => [one.id, one])),
      resources: new Map(contract.resources.map((one) => [one.name, one])),
      hooks: options.hooks,
      now: options.now,
      base: ({ received, operation }) => baseOf(received.path, operation),
    };
    return new Core(contract, shop, options);
  }

  /** @returns the answer; it never throws for anything that a request says */
  answer(received: Received): Answer {
    const { hooks } = this.shop;
    const known: { operation?: Operation; asked?: Asked } = {};
    let answer: Answer;
    try {
      answer = this.#answer(received, known);
    } catch (error) {
      const refusal =
        error instanceof Refusal
          ? error
          : new Refusal(
              'crash',
              `A mistake of the derived server: ${error instanceof Error ? error.message : String(error)}`,
            );
      const request = { path: received.path, now: this.shop.now() };
      answer = refusalAnswer(known.operation, refusal, request, this.shop);
      for (const [name, value] of Object.entries(refusal.headers)) answer.headers[name] ??= value;
    }
    const delay = preferenceOf(received).delayMs;
    const whole = known.operation && hooks.answers ? hooks.answers(known.asked, known.operation, answer) : answer;
    return delay === undefined ? whole : { ...whole, delayMs: delay + (whole.delayMs ?? 0) };
  }

  #answer(received: Received, known: { operation?: Operation; asked?: Asked }): Answer {
    const { schemas, hooks, values } = this.shop;
    const match = this.#routes.find(received.method, received.path);
    if (!match) throw new Refusal('no-path', `The document has no path ${received.path.slice(0, 120)}.`);
    if ('allowed' in match) {
      const allow = [...match.allowed, 'OPTIONS'].join(', ');
      if (received.method === 'OPTIONS') return { status: 204, headers: { allow } };
      throw new Refusal(
        'wrong-method',
        `The path has no ${received.method.slice(0, 20)}; it has ${match.allowed.join(', ')}.`,
        { headers: { allow } },
      );
    }
    const { operation, raw } = match;
    known.operation = operation;
    const preferred = preferredAnswer(
      operation,
      preferenceOf(received),
      { path: received.path, now: this.shop.now() },
      { schemas, values },
    );
    if (preferred) return preferred;
    if (hooks.openDoor?.(operation) !== true) admit(operation, received, this.#credentials);
    if (received.body.length > MOST_BYTES)
      throw new Refusal('too-large', `A body holds at most ${String(MOST_BYTES)} bytes.`);
    const path = readPath(schemas, operation, raw);
    const body = readBody(schemas, operation, received);
    const asked: Asked = {
      operation,
      received,
      path,
      query: readQuery(
        schemas,
        operation,
        pairsIn(received.query),
        received.headers,
        (name) => hooks.ignores?.(operation, name) === true,
      ),
      body: body.value,
      fields: fieldsIn(body.spec, body.value),
    };
    known.asked = asked;
    this.#checkBody(operation, body);
    return this.#once(asked, () => handle(this.shop, asked));
  }

  /** @throws Refusal for the first thing that is wrong with a body */
  #checkBody(operation: Operation, { value, spec }: ReadBody): void {
    if (!spec) return;
    const { schemas, hooks, resources } = this.shop;
    // A schema that names properties and no type is one of an object all the same.
    const { value: schema, pointer } = schemas.resolve(spec.schemaPointer);
    if (schema.type === undefined && !isObject(value) && schemas.properties(schema, pointer).length > 0)
      throw new Refusal('invalid', 'The body has to be an object.');
    const problems = schemas
      .check(spec.schemaPointer, value, 'request')
      .filter((one) => hooks.overlooks?.(operation, one) !== true);
    const [problem] = problems;
    const resource = resources.get(operation.resource ?? '');
    const fields = resource ? fieldsOf(resource, operation) : operation.fields;
    if (problem) {
      const name = fieldOf(problem, spec.envelope?.at ?? '');
      const status = fields.find((one) => one.name === name)?.refusalStatus?.[0];
      throw new Refusal('invalid', sentenceOf(problem, name), {
        field: name,
        status: status === undefined || documents(operation, status) ? status : undefined,
      });
    }
    this.#checkFixtures(fields, fieldsIn(spec, value));
  }

  /** Values that the document says have to be refused. */
  #checkFixtures(fields: readonly RequestField[], sent: Readonly<Record<string, unknown>>): void {
    for (const { name, refusedFixtures } of fields) {
      for (const [fixture, status] of Object.entries(refusedFixtures)) {
        const value = this.contract.fixtures.find((one) => one.name === fixture)?.development;
        if (value !== undefined && sent[name] === value)
          throw new Refusal('invalid', `${name} is not allowed here.`, { field: name, status });
      }
    }
  }

  /** A key that was used before is answered as the document says, or as before (draft-ietf-httpapi-idempotency-key-header). */
  #once(asked: Asked, work: () => Answer): Answer {
    const { operation, received } = asked;
    const said = operation.idempotency;
    const header =
      said?.header ??
      operation.parameters.find((one) => one.in === 'header' && /^(?:x-)?idempotency-?key$/i.test(one.name))?.name;
    const key = header === undefined ? undefined : received.headers[header.toLowerCase()];
    if (key === undefined || key === '') return work();
    const place = `${operation.id}\0${key}`;
    const body = createHash('sha1').update(received.body).digest('hex');
    const before = this.#used.get(place);
    if (before && said)
      throw new Refusal('conflict', `The key was used before, for ${said.reference} ${before.reference}.`, {
        status: said.status,
      });
    if (before && before.body !== body)
      throw new Refusal('conflict', 'The idempotency key was used before, with another body.');
    if (before) return before.answer;
    const answer = work();
    if (answer.status < 300)
      this.#used.set(place, { body, answer, reference: said ? referenceIn(answer.json, said.reference) : '' });
    return answer;
  }
}

/** The value of a property, wherever in a body it stands. */
function referenceIn(json: unknown, name: string): string {
  const queue: unknown[] = [json];
  while (queue.length > 0) {
    const node = queue.shift();
    if (typeof node !== 'object' || node === null) continue;
    const value: unknown = at(node, `/${name}`);
    if (typeof value === 'string' || typeof value === 'number') return String(value);
    queue.push(...(Object.values(node) as unknown[]));
  }
  return '';
}

function documents({ responses }: Operation, status: number): boolean {
  return responses.some((one) => one.status === String(status));
}

function fieldOf({ at: place, missing }: Problem, envelope: string): string | undefined {
  const inside = place.startsWith(envelope) ? place.slice(envelope.length) : place;
  const first = inside.split('/')[1]?.replaceAll('~1', '/').replaceAll('~0', '~');
  return first ?? missing;
}

function sentenceOf({ at: place, keyword, message, missing }: Problem, name: string | undefined): string {
  if (keyword === 'required') return `${missing ?? 'A property'} is required.`;
  if (keyword === 'false') return `${name ?? 'The body'} is not a property of this body.`;
  return `${name ?? 'The body'}${place.split('/').length > 2 ? ` (${place})` : ''} is not as its schema wants it: ${message.slice(0, 200)}`;
}

function baseOf(path: string, operation: Operation): string {
  const first = operation.path.split('{', 1)[0] ?? '/';
  const index = path.indexOf(first);
  return index > 0 ? path.slice(0, index) : '';
}
