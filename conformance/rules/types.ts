/** What a rule is, what a case is, and what a case is handed. */
import type { Contract, Operation, Parameter, Resource } from '../contract/types.ts';
import type { Breach, Evidence, Exchange, Level, Severity } from '../model/index.ts';
import type { PatternTexts } from './kit/pattern-types.ts';

/** Rules of the core profile are those of required fields and round-trips, and the checks of every exchange. */
export type Profile = 'core' | 'full';

export interface RuleOptions {
  /** Names of the roles for which a token is at hand. */
  roles: string[];
  /** Names of the fixtures that have a value. */
  fixtures: string[];
  /** Generated valid requests per write operation. */
  explore: number;
  readOnly: boolean;
}

export interface Rule {
  id: string;
  /** A fact about a right target, for `ringtrue list --rules`. */
  title: string;
  /** What is asked and why, for `ringtrue explain`. */
  about: string;
  /** One broken answer, in words. */
  example: string;
  profile: Profile;
  /** The sentence that stands for the requirement when a contract has no row of its own. */
  sentence: string;
  /** Those of a rule with several cases a field are made one after the other: a contract may have thousands of fields. */
  cases: (contract: Contract, options: RuleOptions) => Iterable<Case>;
}

/**
 * - `first`  the create that everything rests on, alone: nothing overlaps it
 * - `write`  may write to the target
 * - `quiet`  nothing is written any more: lists are walked
 * - `alone`  one case after the other, and nothing else: races, and what has to be seen at once
 * - `end`    every exchange has been seen
 */
export type Phase = 'first' | 'write' | 'quiet' | 'alone' | 'end';

export interface Case {
  id: string;
  level: Level;
  title: string;
  operation: string;
  field?: string;
  way?: string;
  phase: Phase;
  /** Pointer into the contract of what is tested. */
  pointer: string;
  /** Keys of the writes that it needs; the same key is written once however many cases need it. */
  writes: string[];
  /** What a `quiet` case needs written beforehand. */
  prepare?: (session: Session) => Promise<unknown>;
  run: (session: Session) => Promise<Outcome>;
  /** It judges what other cases saw: of a split run every shard has it for its own cases, and `merge` joins them. */
  everywhere?: boolean;
}

/** What a case found. `broken` becomes `fail` or `warn` by its level. */
export interface Outcome {
  status: 'pass' | 'broken' | 'not-applicable' | 'not-tested';
  /** Where it differs from the case's own. */
  level?: Level;
  /** What is wrong, as data. */
  breach?: Breach;
  message?: string;
  /** Short machine word for the kind of breach. */
  kind?: string;
  /** Equal causes are one finding. */
  cause?: string;
  suggestion?: string;
  severity?: Severity;
  /** The operation to blame, where it is not the case's own. */
  operation?: string;
  field?: string;
  evidence?: Omit<Evidence, 'exchangeIds'>;
  exchanges?: Exchange[];
  /** The cause of the failure that kept this case from being asked. */
  blockedBy?: string;
  pointer?: string;
  /** Further breaches with causes of their own, seen by the same case. */
  also?: Outcome[];
}

/** Whose credentials go with a request. */
export type Auth = 'main' | 'none' | { role: string } | { garbage: true } | { wrongScheme: true };

/** What an exchange is held to. */
export type Judging = 'all' | 'success' | 'server-error';

export interface Ask {
  operation: Operation;
  /** Overrides for a request that is no operation of the contract. */
  method?: string;
  path?: string;
  pathParameters?: Record<string, string>;
  /** Names and values, and how a pair is written where its style leaves more than one way. */
  query?: [name: string, value: string, written?: string][];
  /** What stands in the path where its style makes more of a value than its text. */
  writtenPath?: Record<string, string>;
  headers?: Record<string, string>;
  /** A body to be sent as JSON. */
  json?: unknown;
  /** A body to be sent as it is; bytes where it is to be no UTF-8. */
  raw?: string | Uint8Array;
  contentType?: string;
  auth?: Auth;
  /**
   * - `all` (default): every check of every exchange
   * - `success`: which status answers is open; a body under a documented success keeps its schema all the same
   * - `server-error`: only that no 5xx is answered
   */
  judge?: Judging;
  /** One parameter that is left out, or has this value however wrong it is; a plain document's own affair. */
  change?: { parameter: Parameter; value?: string };
  /** The request claims to keep the contract: if it does not, that is a mistake of ours. */
  valid?: boolean;
}

/** A breach that was seen on some exchange, whatever case sent it. */
export interface Problem {
  rule: string;
  operation: string;
  level: Level;
  breach: Breach;
  field?: string;
  pointer: string;
  exchange: Exchange;
}

/** A record that the run wrote, and what must be read back of it. */
export interface StoredRecord {
  key: string;
  /** The create operation: records of different kinds may have equal ids. */
  of: string;
  id: string;
  /** What was last written, property by property. */
  state: Record<string, unknown>;
  /** What stood there before the last update. */
  before?: Record<string, unknown>;
  /** The record as the create response told it. */
  created: unknown;
  updated: boolean;
  /** The target was to refuse it: nothing is expected of it. */
  unexpected?: boolean;
  /** How many updates it has had; what was read before one says nothing of it afterwards. */
  version: number;
}

/** How the valid requests of an operation are made once the target has refused the first one. */
export interface Learnt {
  /** Optional properties that are not sent. */
  without: Set<string>;
  /** No optional property is sent. */
  requiredOnly: boolean;
  /** Properties that are sent with these values of the document's examples. */
  examples: Map<string, unknown>;
  /** What the target said of the request that it refused. */
  said: string;
}

/** A write that was refused, and the text by which its trace would be known. */
export interface RefusedWrite {
  operation: string;
  field?: string;
  /** What was wrong with it: `external_uuid is missing`. */
  what: string;
  marker: string;
  exchange: Exchange;
}

/** Seeded choices that depend on nothing but the seed and a key: the same in every order of cases. */
export interface Fresh {
  /** A text that no other key of any other run has. */
  token: string;
  /** A whole number from 0 up to, not including, `below`. */
  int: (name: string, below: number) => number;
  /** So many hexadecimal digits. */
  hex: (name: string, length: number) => string;
}

export interface Session {
  contract: Contract;
  /** Whether the target is this machine. */
  isLocal: boolean;
  roles: string[];
  /** Pages that a walk asks for at most. */
  walkLimit: number;
  consistencyMs: number;
  explore: number;
  fixture: (name: string) => string | undefined;
  /** What every fresh text of the run begins with. */
  marker: string;
  fresh: (key: string) => Fresh;
  /** @throws UnansweredError when no response came */
  send: (ask: Ask) => Promise<Exchange>;
  /** Follows a URI reference that a response told; `undefined` when it leads to another origin. */
  follow: (reference: string, operation: Operation, judge?: Judging) => Promise<Exchange | undefined>;
  /** Does a thing once per run, however many cases ask for it. */
  once: <T>(key: string, make: () => Promise<T>) => Promise<T>;
  /** Asks again until it is done or the consistency budget is used up. */
  eventually: <T>(ask: () => Promise<T>, done: (answer: T) => boolean) => Promise<T>;
  records: StoredRecord[];
  /** By operation: values of properties that name other records, or were given; undefined leaves one out. */
  known: Map<string, Record<string, unknown>>;
  /** Finds those of an operation, making the records that they name. @throws BlockedError when a required one is not to be had */
  findReferences: (operation: Operation, resource: Resource | undefined) => Promise<Record<string, unknown>>;
  /** By operation: what a target that refused the first valid request wants otherwise; a plain document's own affair. */
  learnt: Map<string, Learnt>;
  /** By operation: properties whose list value or boolean is another one than usual, because the target refuses the usual one. */
  otherwise: Map<string, Set<string>>;
  refused: RefusedWrite[];
  problems: (rule: string, operation: string) => Problem[];
  /** How many exchanges of the operation were judged. */
  judged: (operation: string) => number;
  /** Milliseconds on a monotonic clock. */
  now: () => number;
  /** Texts for patterns; absent where the document has none. */
  patternTexts?: PatternTexts;
  /** Whether a value keeps a schema of the contract. */
  keeps: (schemaPointer: string, value: unknown) => boolean;
}

/** Thrown by `Session.send` when no response came: the case could not be asked. */
export class UnansweredError extends Error {
  override name = 'UnansweredError';
  readonly exchange: Exchange;

  constructor(exchange: Exchange) {
    super(exchange.error?.message ?? 'no response came');
    this.exchange = exchange;
  }
}

/** Thrown by a step whose outcome is settled before the case's own question: its control failed. */
export class BlockedError extends Error {
  override name = 'BlockedError';
  readonly cause_: string;

  /** @param cause the cause of the finding that tells it */
  constructor(message: string, cause: string) {
    super(message);
    this.cause_ = cause;
  }
}

/** Thrown by `Session.send` for a request with a value that may ring a phone or reach somebody: it was not sent. */
export class UnsafeValueError extends BlockedError {
  override name = 'UnsafeValueError';
}
