/** A contract as the rules read it: everything about an OpenAPI 3.1 document that bears on a verdict, with its place. */
import type { Level } from '../model/index.ts';

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type JsonObject = Record<string, unknown>;
/** A JSON Schema object with `$ref` already followed at its own level. */
export type Schema = JsonObject;

export interface Contract {
  /** `voice-calls`, or the file's name without its ending. */
  name: string;
  title: string;
  version: string;
  sha256: string;
  /** Of a built-in contract: of its text and its requirements' text together. */
  digest?: string;
  /** Path as the user named it; absent for text that came from elsewhere. */
  file?: string;
  /** The file's own text, for diffs of it; absent where the document was put together of several files or upgraded. */
  text?: string;
  document: JsonObject;
  operations: Operation[];
  resources: Resource[];
  fixtures: FixtureDeclaration[];
  /** Credentials and values of the reference server, for the embedded run only. */
  development?: { token: string; roleTokens: Record<string, string> };
  requirements: Requirement[];
  /** What was inferred for want of a keyword: plain sentences. */
  inferred: string[];
  /** 1-based line of a JSON pointer in the file. */
  lineOf(pointer: string): number | undefined;
}

export interface FixtureDeclaration {
  name: string;
  description: string;
  optional: boolean;
  development?: string;
}

export interface Requirement {
  id: string;
  level: Level;
  sentence: string;
  source?: string;
  rules: string[];
  operations?: string[];
  fields?: string[];
  untested?: string;
}

export interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header' | 'cookie';
  required: boolean;
  schema: Schema;
  /** Name of the request property that this query parameter filters by. */
  filtersBy?: string;
  pointer: string;
}

export interface ResponseSpec {
  /** `200`, `4XX`, `default`. */
  status: string;
  pointer: string;
  mediaTypes: string[];
  /** Canonical pointer of the JSON body's schema, for the validator. */
  schemaPointer?: string;
  schema?: Schema;
  headers: { name: string; required: boolean; schemaPointer?: string }[];
  links: { operationId: string; parameters: Record<string, string> }[];
}

/** One way of proving who asks (OpenAPI 3.1, Security Scheme Object). */
export interface SecurityScheme {
  name: string;
  kind: 'bearer' | 'basic' | 'apiKey' | 'other';
  /** For `apiKey`: where it goes, and its name there. */
  in?: 'header' | 'query' | 'cookie';
  parameter?: string;
}

export interface Operation {
  id: string;
  method: string;
  path: string;
  pointer: string;
  summary?: string;
  tags: string[];
  parameters: Parameter[];
  requestBody?: {
    required: boolean;
    mediaType: string;
    schema: Schema;
    schemaPointer: string;
    pointer: string;
    examples: { name: string; value: unknown }[];
  };
  responses: ResponseSpec[];
  /** Empty for an operation that anyone may ask. */
  security: { scheme: SecurityScheme; roles: string[] }[];
  idempotency?: { header: string; status: number; reference: string };
  pagination?: { page: Parameter; size: Parameter };
  sort?: { parameter: string; example: string; default?: string; level: Level };
  filter?: { parameter: string; fields: string[]; ranges: string[]; level: Level };
  undocumentedSuccess: Level;
}

export type Equality = 'exact' | 'decimal' | 'instant' | 'number' | 'json';
export type WayIn = 'create' | 'read' | 'list' | 'update';

/** How a value that was written is read back. */
export interface RoundTrip {
  presence: Level;
  equality: Equality;
  from: 'create' | 'update';
  ways: WayIn[];
  ignore: string[];
  whenAbsent?: Level;
  /** No keyword says how it is read back: that a response property of the same name stands for it is inferred. */
  inferred: boolean;
  /** Pointer relative to the record. */
  at: string;
}

/** A top-level property of a request body. */
export interface RequestField {
  name: string;
  required: boolean;
  schema: Schema;
  pointer: string;
  fixture?: string;
  refusalStatus?: number[];
  refusedFixtures: Record<string, number>;
  roundTrip?: RoundTrip;
}

/** A property of the record as it is read back. */
export interface RecordField {
  name: string;
  required: boolean;
  schema: Schema;
  pointer: string;
  readOnly: boolean;
  immutable: boolean;
  advances?: Level;
  link?: string;
}

/** One kind of record, and the operations that reach it. */
export interface Resource {
  create?: Operation;
  read?: Operation;
  list?: Operation;
  update?: Operation;
  /** Further reads of the same record: a status, a list of recordings. */
  relatedReads: Operation[];
  /** Name of the record's id property. */
  idField: string;
  /** Pointer of the id in the create response. */
  idPointer: string;
  /** Where the record stands in each response (`''` = the whole body). */
  recordAt: { create: string; read: string; update: string };
  /** Pointer of the array of records in the list response. */
  itemsAt: string;
  /** Name of the path parameter that takes the id. */
  idParameter: string;
  createFields: RequestField[];
  updateFields: RequestField[];
  recordFields: RecordField[];
}
