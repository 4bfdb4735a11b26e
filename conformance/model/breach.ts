/**
 * What can be wrong with an answer: plain data, one kind for each way of being wrong. Nothing here is a sentence; `breach/explain.ts`
 * alone turns a breach into words, `breach/cause.ts` says which breaches are the same, `breach/findings.ts` puts them together.
 */
import type { Level } from './verdict.ts';

/** One place in which a value was looked for. `got` is absent when the property was missing there. */
export interface Seen {
  /** `create response`, `get`, `list`, `get after update`, … */
  where: string;
  got?: unknown;
  missing?: boolean;
  ok: boolean;
}

/** How a value that came back differs from the one that was sent; `breach/difference.ts` is its only judge. */
export type Difference =
  | { kind: 'same' }
  | { kind: 'missing' }
  | { kind: 'null' }
  /** The record's own earlier value. */
  | { kind: 'stale' }
  | { kind: 'another-record' }
  /** Another JSON type. */
  | { kind: 'type'; type: string }
  | { kind: 'inverted' }
  | { kind: 'emptied' }
  | { kind: 'lower-cased' }
  | { kind: 'upper-cased' }
  | { kind: 'case' }
  | { kind: 'trimmed' }
  | { kind: 'white-space' }
  | { kind: 'truncated'; to: number; of: number }
  /** As if a text were a number: leading zeros or trailing ones are lost. */
  | { kind: 'number-coercion' }
  | { kind: 'unicode' }
  | { kind: 'non-ascii' }
  | { kind: 'markup-escaped' }
  | { kind: 'percent-decoded' }
  /** The same time of day, without its offset. */
  | { kind: 'time-zone-lost' }
  | { kind: 'fraction-lost' }
  /** The same instant in another notation. */
  | { kind: 'same-instant' }
  /** Moved by so many minutes. */
  | { kind: 'shifted'; minutes: number }
  /** So many items or members are gone. */
  | { kind: 'shorter'; by: number }
  | { kind: 'other'; from: number };

/** What makes a request invalid; the ids of the rules that ask it. */
export type Alteration =
  | 'required-missing'
  | 'required-null'
  | 'empty-value'
  | 'wrong-type'
  | 'enum-refused'
  | 'pattern-refused'
  | 'format-refused'
  | 'bounds-refused'
  | 'unknown-property'
  | 'duplicate-items'
  | 'malformed-json'
  | 'wrong-json-shape'
  | 'refused-fixture';

/** What was asked, where the answer's status is what is wrong. */
export type Asked =
  /** A request that keeps the contract; with the value of one property, where that is what was tried. */
  | { of: 'valid'; field?: string; value?: unknown }
  | {
      of: 'invalid';
      alteration: Alteration;
      /** JSON Pointer into the body, `''` for all of it. */
      at: string;
      value?: unknown;
      /** The keyword that forbids the value. */
      keyword?: string;
      /** What the contract or the rule calls the value. */
      title?: string;
    }
  /** A parameter that is missing, or whose value breaks its schema: `bound` says how. */
  | { of: 'parameter'; in: string; name: string; bound: string; value?: string }
  | { of: 'id'; id: string; malformed: boolean }
  | { of: 'credentials'; which: string }
  | { of: 'role'; role: string; may: boolean }
  | { of: 'method'; method: string; path: string }
  | { of: 'media-type'; mediaType: string }
  /** `bound` says where an invalid value lies: `too-small`, `no-number`, … */
  | { of: 'query'; name: string; value: string; within?: boolean; bound?: string }
  /** A repeat under an idempotency key. */
  | { of: 'repeat'; header: string; otherBody?: boolean; afterFailure?: boolean; later?: boolean }
  /** Several equal requests at once. */
  | { of: 'race'; count: number; header?: string }
  /** A request of the run, of which no more is known. */
  | { of: 'request'; method: string; path: string }
  /** A request that the contract does not describe, and that must not earn a 5xx. */
  | { of: 'odd'; title: string; at?: string }
  /** A request that differs from a valid one in this: `its JSON is cut off`. */
  | { of: 'fact'; fact: string };

export type Breach =
  // --- values -----------------------------------------------------------------------------------------------------------------
  /** Accepted, and no read returns it. `value` names a special value; without it it is the field's usual one.
   * `generated` is the value that was generated first, of which it is the smallest that shows the same. */
  | {
      kind: 'not-persisted';
      field: string;
      sent: unknown;
      as: 'missing' | 'null';
      seen: Seen[];
      value?: string;
      generated?: unknown;
    }
  | {
      kind: 'altered';
      field: string;
      sent: unknown;
      got: unknown;
      difference: Difference;
      seen: Seen[];
      value?: string;
      generated?: unknown;
    }
  /** Where the contract only wishes that it is returned. */
  | { kind: 'not-returned'; field: string; sent: unknown; seen: Seen[] }
  | { kind: 'wrong-default'; field: string; wanted: unknown; got: unknown; seen: Seen[] }
  | { kind: 'default-not-returned'; field: string; wanted: unknown; seen: Seen[] }
  /** What never changes has changed. */
  | {
      kind: 'changed';
      field: string;
      before: unknown;
      got: unknown;
      difference: Difference;
      seen: Seen[];
      identity: boolean;
    }
  | { kind: 'went-back'; field: string; before: unknown; got: unknown; seen: Seen[] }
  | { kind: 'stood-still'; field: string; before: unknown; seen: Seen[] }
  | { kind: 'forged-applied'; field: string; sent: unknown; seen: Seen[] }
  /** A property that is only ever written stands in a response. */
  | { kind: 'write-only-returned'; field: string; at: string; sent: unknown; got: unknown; seen: Seen[] }
  /** What the server sets by itself does not begin with the documented value. */
  | { kind: 'wrong-first-value'; field: string; wanted: unknown; got: unknown }
  /** A time of the server's own, far from the Date header of the answer that sets it. */
  | { kind: 'time-off'; field: string; got: unknown; date: string; offMs: number; where: string }
  /** An update of one record changed another. */
  | {
      kind: 'changed-other';
      field: string;
      id: string;
      before: unknown;
      got: unknown;
      owner?: string;
      /** Properties in which the two records are equal. */
      shared?: string[];
    }
  /** A PATCH changed what it did not name. */
  | { kind: 'changed-unnamed'; field: string; sent: unknown; before: unknown; got: unknown }
  /** A property that a PUT left out still has the value of the PUT before. */
  | { kind: 'not-replaced'; field: string; sent: unknown; got: unknown }
  /** A read of one record answered another one. */
  | { kind: 'leaked-record'; id: string; got: unknown; idField: string }
  // --- requests ---------------------------------------------------------------------------------------------------------------
  | { kind: 'server-error'; status: number; asked: Asked; answer?: string }
  | { kind: 'accepted-invalid'; field?: string; status: number; expected: string[]; asked: Asked }
  /** Accepted, and visibly turned into a value that keeps the schema. */
  | {
      kind: 'converted-invalid';
      field: string;
      status: number;
      asked: Asked;
      sent: unknown;
      got: unknown;
      where: string;
    }
  | {
      kind: 'rejected-valid';
      field?: string;
      status: number;
      asked: Asked;
      sent?: unknown;
      value?: string;
      said?: string;
      documented: string;
    }
  | { kind: 'wrong-status'; status: number; expected: string[]; asked: Asked }
  /** 422 where the contract documents 400 alone. */
  | { kind: 'other-status'; status: number; expected: string[]; asked: Asked }
  | { kind: 'undocumented-status'; status: number; documented: string[]; wanted?: string }
  | { kind: 'unauthorized-accepted'; status: number; asked: Asked; undocumented?: boolean }
  | { kind: 'role-accepted'; status: number; role: string }
  | { kind: 'role-rejected'; status: number; role: string }
  | { kind: 'accepted-media-type'; status: number; mediaType: string }
  | { kind: 'not-readable'; status: number; documented: string; id?: string }
  | { kind: 'created-by-update'; status: number; id: string }
  | { kind: 'still-readable'; status: number; id: string; read: string; readStatus: number }
  | { kind: 'still-listed'; status: number; id: string; list: string }
  | { kind: 'deleted-other'; id: string; other: string; read: string; readStatus: number }
  /** A record was read or listed below another parent than its own. */
  | { kind: 'wrong-parent'; parameter: string; parent: string; status: number; id: string; listed: boolean }
  /** A write was refused, and what it sent stands in a record. */
  | { kind: 'refused-yet-stored'; status: number; asked: Asked; id?: string; listed?: boolean; more: number }
  /** A property of the record moved on although every update was refused. */
  | { kind: 'refused-yet-changed'; field: string; id: string; before: unknown; got: unknown }
  | { kind: 'field-not-named'; field: string; names: string[] }
  // --- responses --------------------------------------------------------------------------------------------------------------
  | { kind: 'missing-header'; status: number; header: string }
  | {
      kind: 'invalid-body';
      status: number;
      at: string;
      keyword: string;
      /** The property of the record that it is about, if it stands in one. */
      field?: string;
      /** The values that are allowed, or the format: what the keyword says. */
      says?: string;
      got?: unknown;
      missing: boolean;
    }
  | { kind: 'broken-body'; status: number; how: 'bytes' | 'empty' | 'no-json'; why?: string; documented: string[] }
  | { kind: 'undocumented-content-type'; status: number; type: string; documented: string[] }
  | { kind: 'contradicting-content-types'; status: number; types: string }
  | { kind: 'body-with-204'; announced: string }
  | { kind: 'odd-json'; oddity: string }
  | { kind: 'wrong-status-in-body'; status: number; at: string; got: unknown }
  // --- links ------------------------------------------------------------------------------------------------------------------
  | { kind: 'link-to-other-origin'; link: string; to: string }
  | { kind: 'link-broken'; link: string; to: string; status: number; expected: string; leadsTo: string }
  | { kind: 'link-to-other-record'; link: string; to: string; id: string; got: unknown }
  // --- lists ------------------------------------------------------------------------------------------------------------------
  | {
      kind: 'filter-ignored';
      parameter: string;
      value: unknown;
      /** What the filter asks for; `none`: no record has the value. */
      how: 'equals' | 'greater' | 'less' | 'none';
      /** What a record has that should not be there. */
      got?: unknown;
      /** A record that should be there. */
      lost?: { id: string; has: unknown };
    }
  /** A filter beyond a bound returns what lies at the bound. */
  | { kind: 'bound-included'; parameter: string; how: 'greater' | 'less'; bound: unknown; got: unknown }
  /** `within`: among records that are equal in this property, the first one of several keys. */
  | { kind: 'wrong-order'; parameter?: string; order: string; within?: string; first: unknown; second: unknown }
  | { kind: 'page-size'; parameter: string; wanted: number; got: number }
  | { kind: 'default-page-size'; parameter: string; wanted: number; got: number }
  | { kind: 'listed-twice'; size: number; count: number; id: unknown }
  /** What was asked for as the next page returned nothing but the records of the one before. */
  | { kind: 'page-ignored'; next: string }
  | { kind: 'lost-between-pages'; size: number; pages: number; id: string }
  | { kind: 'not-listed'; pages: number; items: number; lost: number; created: number; id?: string }
  | { kind: 'listed-late'; create: string; id: string }
  // --- identity, concurrency, idempotency -------------------------------------------------------------------------------------
  | { kind: 'id-repeated'; idField: string; id: unknown; atOnce?: number }
  /** A second create was answered with the record of the first, which has the same values in `shared`. */
  | { kind: 'older-record'; status: number; id: string; shared: string[] }
  | { kind: 'made-twice'; id: string; twin: string; list: string }
  | { kind: 'lost'; id: string; status: number; atOnce: number; read: string }
  | { kind: 'repeated'; status: number; expected: string; asked: Asked }
  | { kind: 'race'; made: number; statuses: number[]; count: number; header: string; expected: number }
  | { kind: 'no-reference'; header: string; reference: string; id: string; status: number }
  | { kind: 'key-used-up'; header: string; failed: number; status: number }
  /** Two equal requests under one key made two records. */
  | { kind: 'made-again'; header: string; id: string; twin: string; status: number }
  /** A request was carried out although its condition did not hold. */
  | { kind: 'precondition-ignored'; header: string; etag: string; status: number; expected: string }
  /** The same body under another key, or under none, was not a request of its own; `again`: an earlier record was returned. */
  | { kind: 'key-mixed-up'; header: string; status: number; key: 'another' | 'none'; again: boolean }
  // --- a sentence of a rule's own ---------------------------------------------------------------------------------------------
  /** For rules that are not part of RingTrue: it says itself what is wrong. */
  | {
      kind: 'custom';
      word: string;
      message: string;
      remedy?: string;
      severity?: 'critical' | 'major' | 'minor';
      cause?: string;
      sent?: unknown;
      seen?: Seen[];
    };

export type BreachKind = Breach['kind'];

/** A breach with what is known of it where it was seen. It is all that findings, merge, diff and baseline rest on. */
export interface CaseBreach {
  breach: Breach;
  level: Level;
  /** The operation to blame. */
  operation: string;
  field?: string;
  /** Where in the contract the requirement stands. */
  contract: { pointer: string; file?: string; line?: number };
  /** Ids of the exchanges that show it. */
  exchangeIds: number[];
  /** Commands that show it; only where this breach leads its cause within its run. */
  reproduce?: string[];
  /** What to change in the document instead, where that may settle it; only where this breach leads its cause. */
  change?: DocumentChange;
}

/** A change of the document that would agree with the target. */
export interface DocumentChange {
  /** A unified diff of the document, or a sentence where no diff can be made. */
  text: string;
  favours: 'implementation' | 'contract';
  why: string;
  /** Operations of which each has to show it before it is a habit. */
  needs?: string[];
}
