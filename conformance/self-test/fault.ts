/** The contracts whose servers can be made faulty. */
export type ContractName = 'voice-calls' | 'calldesk' | 'aicaller';

/** A JSON object that may be changed. */
export type JsonObject = Record<string, unknown>;

/** A request on its way to the reference server. */
export interface Asked {
  readonly method: string;
  /** The path without the query. */
  readonly path: string;
  /** The query with its question mark, or an empty string. */
  readonly query: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The body as JSON; undefined when there is none or it is no JSON. */
  readonly body: unknown;
  /** The body's bytes; undefined when a behaviour has replaced `body`, which then counts. */
  readonly raw: Buffer | undefined;
  /** The operation that method and path mean, and the record's id in the path. */
  readonly operation: string | undefined;
  readonly id: string | undefined;
}

/** An answer on its way to the client. */
export interface Answered {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** What is sent as JSON. */
  readonly body: unknown;
  /** What is sent in place of `body`, byte for byte. */
  readonly raw?: string;
  readonly wire?: Wire;
}

/** How an answer travels; nothing here changes what it says. */
export interface Wire {
  readonly chunked?: boolean;
  readonly gzip?: boolean;
  /** Announces the end of the connection, and ends it. */
  readonly close?: boolean;
  /** Ends the connection after the answer without a word. */
  readonly cut?: boolean;
  readonly http10?: boolean;
}

/** The ways by which a record is read. */
export type Way = 'create' | 'read' | 'list' | 'update';

/** What stands between client and reference server: it may change the request, the answer, or answer itself. */
export type Middleware = (asked: Asked, next: (asked: Asked) => Promise<Answered>) => Promise<Answered>;

/** Makes a middleware with state of its own, once per server. */
export type Behaviour = (api: Api) => Middleware;

/** What a behaviour has to know of an API, written by hand and independent of the reference server's code. */
export interface Api {
  readonly contract: ContractName;
  /** Tells what method and path mean. */
  readonly route: (method: string, path: string) => { operation: string; id?: string } | undefined;
  /** Operation to way, for the operations whose answers hold records. */
  readonly ways: Readonly<Record<string, Way>>;
  /** The records in a successful answer's body; changing them changes the body. */
  readonly recordsIn: (operation: string, body: unknown) => JsonObject[];
  /** The array of records in a list's answer; changing it changes the answer. */
  readonly listIn: (body: unknown) => unknown[] | undefined;
  /** The property that names a record. */
  readonly idProperty: string;
  /** A path that answers the record with this id. */
  readonly pathOf: (id: string) => string;
  /** The request fields that a refusal names. */
  readonly fieldsNamedIn: (body: unknown) => string[];
  /** A refusal in the API's own envelope. */
  readonly refusal: (status: number, field?: string) => Answered;
  /** A right value for each request field. */
  readonly samples: Readonly<JsonObject>;
  /** Headers that let a request in. */
  readonly credentials: Readonly<Record<string, string>>;
}

/** Which finding is to name the fault. */
export interface Expectation {
  /** The operation that a finding has to name; any one of several. */
  readonly operation?: string | readonly string[];
  /** The field that a finding has to name; any one of several. */
  readonly field?: string | readonly string[];
  /** Ids of rules of which at least one has to fail. */
  readonly rules?: readonly string[];
}

/** One defect, put in on purpose, that a contract's MUST (or SHOULD) forbids. */
export interface Fault {
  /** Contract and name, as in `voice-calls/external-uuid-missing`. */
  readonly id: string;
  readonly contract: ContractName;
  /** What the server does wrong, as a fact. */
  readonly title: string;
  /** The level of what is broken. */
  readonly level: 'MUST' | 'SHOULD';
  readonly expects: Expectation;
  readonly behaviour: Behaviour;
  /** Response headers that the contract demands of every success, where the built-in contract demands none. */
  readonly demandsHeaders?: readonly string[];
  /** Generated valid requests per write operation, for a fault that only they bring out. */
  readonly explore?: number;
}

/** A server that differs from the reference server and is right all the same. */
export interface Variant {
  readonly id: string;
  readonly contract: ContractName;
  readonly title: string;
  readonly behaviour: Behaviour;
  /** The budget, in seconds, within which what was written becomes visible; the suite has to be told. */
  readonly consistencySeconds?: number;
  /** Records that are there before the first request. */
  readonly earlierRecords?: number;
  /** Whether it is asked over HTTP: what is special is how its answers travel. All others are asked in memory. */
  readonly overHttp?: boolean;
}
