/** What the parts of the derived server hand to each other. */
import type { JsonObject, Operation } from '../contract/types.ts';

/** A request as it came over the wire. */
export interface Received {
  method: string;
  /** Path without the query, as it was written. */
  path: string;
  /** Without the question mark. */
  query: string;
  /** Lower-case names. */
  headers: Readonly<Record<string, string>>;
  body: Uint8Array;
}

/** An answer before it is written. */
export interface Answer {
  status: number;
  headers: Record<string, string>;
  /** What is written as JSON. */
  json?: unknown;
  /** What is written in its place, with its media type in the headers. */
  text?: string;
  /** How long it is held back. */
  delayMs?: number;
}

/** What is wrong with a value, at one place. */
export interface Problem {
  /** JSON Pointer in the value. */
  at: string;
  keyword: string;
  message: string;
  /** The missing property, for `required`. */
  missing?: string;
}

/** A request whose operation is known and whose values were read. */
export interface Asked {
  operation: Operation;
  received: Received;
  /** Values of the path's parameters, decoded. */
  path: Readonly<Record<string, string>>;
  /** Values of query parameters, read as their schemas say. */
  query: Readonly<Record<string, unknown>>;
  /** The body, read as its media type and schema say; undefined when there is none. */
  body: unknown;
  /** What the body says of the record: what its envelope holds, without what only responses have. */
  fields: JsonObject;
}

/** One stored record. */
export interface StoredRecord {
  /** What stands in the path for it; empty for a record without id. */
  id: string;
  /** Values of the path's parameters above it, by the name of the resource that they name, else by their own. */
  above: Readonly<Record<string, string>>;
  /** The record as its resource's responses have it. */
  data: JsonObject;
  version: number;
}

/** Ends the handling of a request with an answer. */
export class Refusal extends Error {
  override name = 'Refusal';
  readonly kind: RefusalKind;
  readonly field?: string;
  /** A status that the document wants for this very field. */
  readonly status?: number;
  readonly headers: Record<string, string>;

  constructor(
    kind: RefusalKind,
    message: string,
    more: { field?: string; status?: number; headers?: Record<string, string> } = {},
  ) {
    super(message);
    this.kind = kind;
    this.field = more.field;
    this.status = more.status;
    this.headers = more.headers ?? {};
  }
}

export type RefusalKind =
  | 'malformed'
  | 'invalid'
  | 'bad-parameter'
  | 'unauthenticated'
  | 'forbidden'
  | 'unknown'
  | 'no-path'
  | 'wrong-method'
  | 'not-acceptable'
  | 'conflict'
  | 'changed-meanwhile'
  | 'too-large'
  | 'media-type'
  | 'full'
  | 'crash';

/** What a fault changes in an otherwise right server. */
export interface Hooks {
  /** Lets a request in without credentials that it needs. */
  openDoor?(operation: Operation): boolean;
  /** Overlooks something that is wrong with a body. */
  overlooks?(operation: Operation, problem: Problem): boolean;
  /** Changes the fields of a body before they are stored. */
  writes?(operation: Operation, fields: JsonObject): JsonObject;
  /** Takes a DELETE for done without removing anything. */
  keeps?(operation: Operation): boolean;
  /** Does not look at a query parameter. */
  ignores?(operation: Operation, parameter: string): boolean;
  /** Lists the records of all parents. */
  mixes?(operation: Operation): boolean;
  /** Changes an answer. */
  answers?(asked: Asked | undefined, operation: Operation, answer: Answer): Answer;
}
