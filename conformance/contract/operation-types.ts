/** Operations as the rules read them. */
import type { Level } from '../model/index.ts';
import type { JsonObject, RequestField, Schema, ValueSource } from './field-types.ts';

export interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header' | 'cookie';
  required: boolean;
  schema: Schema;
  /** How its value is written (OpenAPI 3.1, Parameter Object, `style`); the default of its place when the document says none. */
  style: string;
  explode: boolean;
  /** Whether reserved characters go out as they are: `allowReserved`, or a path parameter whose pattern spans segments. */
  reserved: boolean;
  /** Set when the value is written in a media type (`content`) and not in a style. */
  mediaType?: string;
  description?: string;
  /** Values that the document shows. */
  examples: unknown[];
  /** The record that its value names; undefined when nothing in the document makes one. */
  from?: ValueSource;
  /** Name of the request property that this query parameter filters by. */
  filtersBy?: string;
  pointer: string;
}

/** One media type of a request body (OpenAPI 3.1, Media Type Object). */
export interface RequestBody {
  required: boolean;
  mediaType: string;
  schema: Schema;
  schemaPointer: string;
  pointer: string;
  /** Each is what stands for the fields: with an envelope, what the document shows inside it. */
  examples: { name: string; value: unknown }[];
  /** How single fields of a form are written. */
  encoding?: Record<string, FieldEncoding>;
  /** The fields stand inside: `{"data": {…}}`, JSON:API's `{"data": {"type": "notes", "attributes": {…}}}`. */
  envelope?: Envelope;
}

/** How a field of a form is written (OpenAPI 3.1.1, Encoding Object). */
export interface FieldEncoding {
  /** Undefined when the document says nothing of style: then its media type tells how it is written. */
  style?: string;
  explode: boolean;
  reserved: boolean;
  /** Media types of the field, parted by commas. */
  contentType?: string;
}

/** What a body has around its fields. */
export interface Envelope {
  /** JSON Pointer of the object that holds the fields. */
  at: string;
  /** The body without the fields. */
  around: JsonObject;
  /** Where the id of the record that is changed has to stand as well (JSON:API, section Updating Resources). */
  idAt?: string;
}

/** What an operation does with the records of its resource. */
export type OperationRole =
  'create' | 'read' | 'list' | 'update' | 'delete' | 'related' | 'action' | 'search' | 'other';

export interface ResponseSpec {
  /** `200`, `4XX`, `default`. */
  status: string;
  pointer: string;
  mediaTypes: string[];
  /** Canonical pointer of the JSON body's schema, for the validator. */
  schemaPointer?: string;
  schema?: Schema;
  headers: { name: string; required: boolean; schemaPointer?: string }[];
  links: { operationId: string; operationPointer?: string; parameters: Record<string, string> }[];
}

/** One way of proving who asks (OpenAPI 3.1, Security Scheme Object). */
export interface SecurityScheme {
  name: string;
  kind: 'bearer' | 'basic' | 'apiKey' | 'mutualTLS' | 'other';
  /** The scheme's own type: `http`, `apiKey`, `oauth2`, `openIdConnect`, `mutualTLS`; or what the document says in its place. */
  type: string;
  /** For `apiKey`: where it goes, and its name there. */
  in?: 'header' | 'query' | 'cookie';
  parameter?: string;
  /** For `oauth2`: where a client fetches a token by its own credentials. */
  tokenUrl?: string;
}

/** A scheme that a request needs, and the scopes or roles that it names. */
export interface SecurityNeed {
  scheme: SecurityScheme;
  roles: string[];
}

/** Bounds of a page's size. */
export interface PageSize {
  parameter: Parameter;
  least?: number;
  most?: number;
}

/** How a list is asked for its next page, as it was found in the document. */
export interface Paging {
  /**
   * - `page`    by the number of the page
   * - `offset`  by how many records stand before it
   * - `cursor`  by a value that the answer before returned
   * - `last-id` by the id of the last record
   * - `link`    at an address that the answer before returned
   * - `size`    not at all: only how many records come is said
   */
  by: 'page' | 'offset' | 'cursor' | 'last-id' | 'link' | 'size';
  /** The query parameter that takes it; none for a link. */
  parameter?: Parameter;
  size?: PageSize;
  /** Number of the first page, where the document says it. */
  first?: number;
  /** Pointers in the answer's body of the next cursor or link: the first that has a value counts. */
  next: string[];
  /** Pointer of the boolean that says whether there is a next page. */
  more?: string;
}

export interface Operation {
  id: string;
  method: string;
  path: string;
  pointer: string;
  summary?: string;
  tags: string[];
  parameters: Parameter[];
  /** The body as it is sent: in JSON where it can be, else as a form, a text or bytes; undefined where nothing can write it. */
  requestBody?: RequestBody;
  /** The body in every media type of the document, the one to be sent first. */
  bodies: RequestBody[];
  /** Top-level properties of the JSON body, or of the form; inside the envelope, if it has one. */
  fields: RequestField[];
  responses: ResponseSpec[];
  /** The schemes of all alternatives in one list; empty for an operation that anyone may ask. */
  security: SecurityNeed[];
  /** One of these is enough, and all schemes of it are needed (OpenAPI 3.1, Security Requirement Object); empty as above. */
  access: SecurityNeed[][];
  role: OperationRole;
  /** Name of the resource that it reaches. */
  resource?: string;
  /** Why it cannot be asked, although the others can: a clause with its remedy. No case is made for it. */
  unusable?: string;
  idempotency?: { header: string; status: number; reference: string };
  pagination?: { page: Parameter; size: Parameter };
  /** How a list without that keyword is asked for its next page, where the document shows it. */
  paging?: Paging;
  sort?: { parameter: string; example: string; default?: string; level: Level };
  filter?: { parameter: string; fields: string[]; ranges: string[]; level: Level };
  undocumentedSuccess: Level;
}
