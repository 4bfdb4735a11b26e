/** What the bench of plain documents has of one API: its document, a right server, faults and variants. */
import type { JsonObject } from '../fault.ts';
import type { PlainHandler, PlainMiddleware } from './server.ts';

export interface PlainFault {
  /** API and name, as in `fastapi-items/description-lost`. */
  readonly id: string;
  /** What the server does wrong, as a fact. */
  readonly title: string;
  readonly level: 'MUST' | 'SHOULD';
  /** The operation or field that a finding has to name; any one of several. */
  readonly names: readonly string[];
  /** Ids of rules of which one has to find it. */
  readonly rules?: readonly string[];
  /** A middleware with state of its own, once per server. */
  readonly behaviour: () => PlainMiddleware;
}

/** A server that differs from the plain one and is right all the same. */
export interface PlainVariant {
  readonly id: string;
  readonly title: string;
  readonly behaviour?: () => PlainMiddleware;
  /** What is given with --fixture. */
  readonly fixtures?: Readonly<Record<string, string>>;
  /** The budget within which what was written becomes visible; the suite has to be told. */
  readonly consistencyMs?: number;
  /** Findings of level SHOULD that it earns, by a word of their message; it earns no others. */
  readonly wishes?: readonly string[];
}

export interface PlainApi {
  readonly name: string;
  readonly document: JsonObject;
  /** Path that every path of the document stands below. */
  readonly base?: string;
  /** What is given with --fixture to every run. */
  readonly fixtures?: Readonly<Record<string, string>>;
  /** A right server, with nothing in it but what it has from the start. */
  readonly serve: () => PlainHandler;
  readonly faults: readonly PlainFault[];
  readonly variants: readonly PlainVariant[];
}
