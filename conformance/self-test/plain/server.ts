/** A small HTTP application in memory, for servers of documents that have no keyword of ours. */
import type { JsonObject } from '../fault.ts';

/** A request as a handler sees it. */
export interface PlainRequest {
  readonly method: string;
  /** Below the base path, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  /** The body as JSON; undefined when there is none. */
  readonly body: unknown;
}

export interface PlainAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** What is sent as JSON. */
  readonly json?: unknown;
  /** What is sent in its place. */
  readonly text?: string;
}

export type PlainHandler = (request: PlainRequest) => PlainAnswer;
/** Stands between client and server: it may change the request, the answer, or answer itself. */
export type PlainMiddleware = (request: PlainRequest, next: PlainHandler) => PlainAnswer;

/** Values of the path's parameters, decoded. */
export type PathValues = Readonly<Record<string, string>>;
export type Route = (values: PathValues, request: PlainRequest) => PlainAnswer;

/** Ends a handler with an answer. */
export class Refusal extends Error {
  override name = 'Refusal';
  readonly answer: PlainAnswer;

  constructor(answer: PlainAnswer) {
    super(`refused with ${String(answer.status)}`);
    this.answer = answer;
  }
}

/**
 * @param routes handlers by `GET /items/{id}`
 * @param missing what is answered where there is no path, and no such method
 */
export function application(
  routes: Readonly<Record<string, Route>>,
  missing: { path: PlainAnswer; method: PlainAnswer },
): PlainHandler {
  const table = Object.entries(routes).map(([key, handle]) => {
    const [method = '', template = ''] = key.split(' ');
    return {
      method,
      names: [...template.matchAll(/\{([^}]+)\}/g)].map((match) => match[1] ?? ''),
      pattern: patternOf(template),
      handle,
    };
  });
  return (request) => {
    const here = table.filter(({ pattern }) => pattern.test(request.path));
    if (here.length === 0) return missing.path;
    const found = here.find(({ method }) => method === request.method);
    if (!found) return missing.method;
    const parts = found.pattern.exec(request.path)?.slice(1) ?? [];
    const values = Object.fromEntries(found.names.map((name, index) => [name, decodeURIComponent(parts[index] ?? '')]));
    try {
      return found.handle(values, request);
    } catch (error) {
      if (error instanceof Refusal) return error.answer;
      throw error;
    }
  };
}

function patternOf(template: string): RegExp {
  return new RegExp(`^${template.replaceAll('.', '\\.').replaceAll(/\{[^}]+\}/g, '([^/]+)')}$`);
}

/** Records of one kind, in the order in which they were made. */
export class Table {
  readonly rows = new Map<string, JsonObject>();
  #last: number;

  /** @param first the id of the first record */
  constructor(first = 1) {
    this.#last = first - 1;
  }

  /** @returns a number that no record of this kind has */
  nextId(): number {
    this.#last += 1;
    return this.#last;
  }

  /** @returns the record of that id */
  get(id: unknown): JsonObject | undefined {
    return this.rows.get(String(id));
  }

  put(id: unknown, row: JsonObject): JsonObject {
    this.rows.set(String(id), row);
    return row;
  }
}
