/** The records behind a contract's operations: what makes, reads, changes and removes them, and how they hang together. */
import type { RecordField, RequestField } from './field-types.ts';
import type { Operation } from './operation-types.ts';

/** A record above a resource: `project` in `/projects/{project}/tasks`. */
export interface Parent {
  /** Name of the resource; undefined when no operation of the document reaches such records. */
  resource?: string;
  /** The path parameter that names it. */
  parameter: string;
}

/**
 * - `collection` its records are made by POST, at an id of the server's choice
 * - `keyed`      they are made by PUT, at a key of the client's choice
 * - `singleton`  one record that is always there, for each parent if it has some: `GET` and `PUT /account`
 * - `given`      nothing in the document makes its records; they can be read or listed, changed or removed
 */
export type ResourceKind = 'collection' | 'keyed' | 'singleton' | 'given';

/** An operation that changes a record. */
export interface Updater {
  operation: Operation;
  /** PUT: what is left out is gone. */
  replaces: boolean;
  /** Where the record stands in its success; undefined when it answers none. */
  recordAt?: string;
  fields: RequestField[];
}

/** One kind of record, and the operations that reach it. */
export interface Resource {
  /** `tasks`, or `projects/tasks` where the document has several tasks. Stable as long as the paths are. */
  name: string;
  kind: ResourceKind;
  /** The records above it in the path of its create (else of its list or read), from the outermost. */
  parents: Parent[];
  create?: Operation;
  read?: Operation;
  list?: Operation;
  /** The first of the updates. */
  update?: Operation;
  /** All operations that change a record: PUT and PATCH. */
  updates: Updater[];
  delete?: Operation;
  /** Further creates and lists of the same records, below another parent. */
  otherCreates: Operation[];
  otherLists: Operation[];
  /** Operations on one record that are more than a change of it: `POST /orders/{id}/cancel`. */
  actions: Operation[];
  /** POST that retrieves: `/search`. */
  searches: Operation[];
  /** Further reads of the same record, which a link names: a status, a list of recordings. */
  relatedReads: Operation[];
  /** Name of the record's id property; empty when there is none. */
  idField: string;
  /** Where a run found the id to be told, where the document does not say it. */
  found?: { idFrom: 'body' | 'location' | 'request' | 'nowhere'; idPointer: string };
  /** Pointer of the id in the create response. */
  idPointer: string;
  /**
   * Where the id of a new record is learnt: in the body of the create response, from its `Location` header, from the request (a key
   * of the client's choice), or nowhere.
   */
  idFrom: 'body' | 'location' | 'request' | 'nowhere';
  /** The path takes only what stands behind the last slash of the id: `memos/x` is asked for as `x`. */
  idTail: boolean;
  /** Where the record stands in each response (`''` = the whole body). */
  recordAt: { create: string; read: string; update: string };
  /** Pointer of the array of records in the list response. */
  itemsAt: string;
  /** Name of the path parameter that takes the id. */
  idParameter: string;
  /** Path parameters that together name one record, each with its place in the record: `{owner}/{repo}`. */
  keys: { parameter: string; at: string }[];
  createFields: RequestField[];
  updateFields: RequestField[];
  recordFields: RecordField[];
}
