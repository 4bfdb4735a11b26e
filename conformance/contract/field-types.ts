/** Schemas, the properties that a request or a record has of them, and how a value is followed through them. */
import type { Level } from '../model/index.ts';

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type JsonObject = Record<string, unknown>;
/** A JSON Schema object with `$ref` already followed at its own level. */
export type Schema = JsonObject;

/** Where the value of a parameter or a property comes from: it names a record. */
export interface ValueSource {
  /** Name of the resource whose record it names. */
  resource: string;
  /** JSON Pointer of the value in that record. */
  at: string;
  /** Said by a link; else inferred. */
  said: boolean;
  /** The property is a list of such values. */
  many?: boolean;
  /** The property holds the record itself, and not its id: `"type": {"id": 1, "name": "cat"}`. */
  whole?: boolean;
  /** Only what stands behind the last slash of the value: `memos/x` is asked for as `x`. */
  tail?: boolean;
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
  /** The record that its value names: a foreign key. */
  from?: ValueSource;
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
  /** What a new record has here, and how sure that is. */
  first?: { value: unknown; level: Level };
  link?: string;
}
