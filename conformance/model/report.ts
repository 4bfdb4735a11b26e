/**
 * The report of a run: what every reporter renders and what `--report json` writes (schemaVersion 1, pinned).
 * Properties may be added, never renamed or removed within schemaVersion 1.
 */
import type { Breach, CaseBreach, Seen } from './breach.ts';
import type { Exchange } from './exchange.ts';
import type { CaseStatus, Level, Severity, Verdict } from './verdict.ts';

export interface Report {
  schemaVersion: 1;
  tool: { name: string; version: string };
  contract: { name: string; version: string; sha256: string; file?: string };
  target: { url: string };
  seed: number;
  /** Which part of a split run this is; absent for a whole one. */
  shard?: { index: number; count: number };
  /** ISO 8601, UTC. */
  startedAt: string;
  durationMs: number;
  verdict: Verdict;
  /** The file of failures that are known, as the user named it. */
  expectedFrom?: string;
  /** What the verdict rests on besides the cases, so that it can be worked out anew. */
  judging?: { strict: boolean; stale: boolean; cutShort: boolean };
  /** How much of a document without requirements was judged; absent for a contract that has some. */
  coverage?: Coverage;
  /** Why the run is incomplete or stopped early: plain sentences; empty when nothing is to be said. */
  notes: string[];
  summary: Summary;
  findings: Finding[];
  cases: CaseResult[];
  /** The contract's requirements, for reports that quote them or show a matrix. */
  requirements: RequirementInfo[];
  /** The contract's operations, in its order, with the fields that a matrix shows. */
  operations: OperationInfo[];
  /** Operations and requirements of the contract that no case touched, each with the reason. */
  untouched: { kind: 'operation' | 'requirement'; id: string; reason: string }[];
  /** What was inferred for want of a keyword; empty for contracts that say everything themselves. */
  inferred: string[];
  /** How each fixture got its value. */
  fixtures: FixtureInfo[];
  /** Every record that the run created on the target, or may have created, so that it can be found and removed. */
  ledger: LedgerEntry[];
  /** What became of them when the run cleaned up (--cleanup); absent when it was not asked to. */
  cleanup?: CleanupEntry[];
  /** Ways out where the target steadily does otherwise than the contract. */
  drift: DriftSuggestion[];
  /** A request of each operation that succeeded, as really sent. */
  verifiedRequests: VerifiedRequest[];
  /** Recorded exchanges (masked): those of findings, or all of them when a reporter asked. Not part of the JSON report. */
  exchanges?: Exchange[];
}

/** Operations of which at least one success was held to the document, or a MUST of which is broken. */
export interface Coverage {
  operations: number;
  judged: number;
  /** Whole percents, rounded down. */
  percent: number;
  /** Below so many percent nothing is said to conform (--min-coverage). */
  minimum: number;
}

export interface Summary {
  cases: number;
  pass: number;
  fail: number;
  warn: number;
  notApplicable: number;
  notTested: number;
  error: number;
  requests: number;
}

export interface CaseResult {
  /** Stable: `rule.operation.field.detail`. */
  id: string;
  rule: string;
  /** Id of the requirement row that the case tests. */
  requirement: string;
  level: Level;
  /** A fact: "an unknown uid answers 404". */
  title: string;
  /** operationId. */
  operation: string;
  /** The property's JSON name. */
  field?: string;
  /** For round-trips: `create response`, `get`, `list`, `update response`, `get after update`, `list after update`. */
  way?: string;
  status: CaseStatus;
  message?: string;
  durationMs: number;
  /** Ids of the exchanges that the verdict rests on. */
  exchangeIds?: number[];
  /** Set when an expected-failures file names the case. */
  expectedFailure?: string;
  /** What is wrong, as data: of a case that failed or warned. Findings, merge, diff and baseline rest on it. */
  breaches?: CaseBreach[];
  /** It judges what other cases saw: every shard of a split run has it. */
  everywhere?: boolean;
  /** What kept the case from being asked, as the run names it. */
  blockedBy?: string;
}

/** Failed cases with one cause, told once. */
export interface Finding {
  id: string;
  level: Level;
  /** Why it is told at this level, where that is not the requirement's own. */
  levelReason?: string;
  /** The breach's kind: `not-persisted`, `altered`, `accepted-invalid`, `undocumented-status`, … */
  kind: string;
  operation: string;
  field?: string;
  /** One plain sentence: what was sent, what came back, where. */
  message: string;
  /** What to do about it. */
  suggestion: string;
  severity: Severity;
  requirement: { id: string; level: Level; sentence: string; source?: string };
  /** Where in the contract the requirement stands. `file` and `line` are there when the contract is a file. */
  contract: { pointer: string; file?: string; line?: number };
  /** All cases that failed for this cause. */
  cases: string[];
  /** Stable ids of what it puts together: one for each subject that shows the same breach. */
  causes: string[];
  /** What is wrong, as data. */
  breach: Breach;
  /** How many further cases could not be asked because of this cause. */
  blocked: number;
  /** curl commands that show it, in order; the token stands as `$RINGTRUE_TOKEN`. */
  reproduce: string[];
  evidence?: Evidence;
  expectedFailure?: string;
}

/** What the finding rests on: a small table of sent and got, place by place. */
export interface Evidence {
  sent?: unknown;
  /** One row per place that was looked at. */
  got: Seen[];
  exchangeIds: number[];
}

export interface RequirementInfo {
  id: string;
  level: Level;
  sentence: string;
  source?: string;
}

export interface OperationInfo {
  operationId: string;
  method: string;
  path: string;
  summary?: string;
  tags: string[];
  /** Names of the top-level request properties. */
  requestFields: string[];
  /** Names of the record's properties in a response. */
  responseFields: string[];
  /** Whether it was judged; absent where `coverage` is. */
  judged?: boolean;
}

export interface FixtureInfo {
  name: string;
  /** Masked when the fixture is a secret. */
  value: string;
  /** `flag`, `env NAME`, `config`, `default`, `GET /path#/pointer`, `POST /path#/pointer`. */
  via: string;
  /** The request that was to find it, when it was to be found on the target. */
  source?: string;
  /** The request that was to create it where none was found. */
  fallback?: string;
}

export interface LedgerEntry {
  operation: string;
  /** The record's id as the target told it; absent when the response named none. */
  id?: string;
  url: string;
  marker?: string;
  at: string;
  /** The request was sent and no answer came: the record may exist. */
  unconfirmed?: true;
  /** The status of the answer: 201 says that the record was not there before. */
  status?: number;
  /** The record is gone: the operation that removed it, and what it answered. Only in the ledger's file, in a line of its own. */
  deleted?: { operation: string; status: number };
}

/** What became of one record of the ledger when the run cleaned up. */
export interface CleanupEntry {
  /** The operation that created it, as in the ledger. */
  operation: string;
  id?: string;
  /** `deleted`; `gone`, it was not there any more; `left`, and why. */
  status: 'deleted' | 'gone' | 'left';
  reason?: string;
}

export interface DriftSuggestion {
  operation: string;
  field?: string;
  observed: string;
  /** The change to the implementation, one sentence. */
  implementation: string;
  /** The change to the contract as a unified diff of its YAML, or a sentence where no diff can be made. */
  contractChange: string;
  favours: 'implementation' | 'contract';
  why: string;
}

export interface VerifiedRequest {
  operation: string;
  method: string;
  /** Path and query as sent. */
  path: string;
  body?: unknown;
  status: number;
}
