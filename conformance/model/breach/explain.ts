/** Turns a breach into words: the only place that does. */
import type { Breach } from '../breach.ts';
import type { Severity } from '../verdict.ts';
import { explainAnswer } from './explain-answers.ts';
import { explainList } from './explain-lists.ts';
import { explainValue } from './explain-values.ts';

export interface Explained {
  /** One plain sentence: what was sent, what came back, where. */
  sentence: string;
  /** What to do about it: one sentence. */
  remedy: string;
  severity: Severity;
}

export interface ExplainContext {
  /** The operation to blame. */
  operation: string;
  /** `POST /calls`, where it is an operation of the contract. */
  address: string;
  /** The level at which it is told. */
  level: 'MUST' | 'SHOULD' | 'MAY';
}

/**
 * @param breach what is wrong
 * @param context where
 * @returns sentence, remedy and severity
 */
export function explain(breach: Breach, context: ExplainContext): Explained {
  if (breach.kind === 'custom')
    return {
      sentence: breach.message,
      remedy: breach.remedy ?? `Change ${context.operation} so that the requirement is met.`,
      severity: breach.severity ?? (context.level === 'MUST' ? 'major' : 'minor'),
    };
  const told = explainValue(breach, context) ?? explainList(breach, context) ?? explainAnswer(breach, context);
  // What a contract only wishes is never critical.
  return context.level === 'MUST' ? told : { ...told, severity: 'minor' };
}

/**
 * @param breach what is wrong
 * @returns its place among findings of one level: what is lost and what belongs to others comes first
 */
export function rankOf(breach: Breach): number {
  switch (breach.kind) {
    // Where two records have one id, what is read of either says little about the rest.
    case 'id-repeated':
      return 0;
    case 'leaked-record':
    case 'changed-other':
    case 'deleted-other':
    case 'wrong-parent':
    case 'write-only-returned':
    case 'unauthorized-accepted':
    case 'role-accepted':
      return 1;
    case 'altered':
    case 'changed':
      return breach.difference.kind === 'another-record' ? 1 : 2;
    case 'not-persisted':
    case 'forged-applied':
    case 'lost':
    case 'not-listed':
    case 'not-readable':
    case 'refused-yet-stored':
    case 'refused-yet-changed':
    case 'created-by-update':
    case 'older-record':
    case 'changed-unnamed':
    case 'not-replaced':
    case 'still-readable':
    case 'still-listed':
      return 2;
    case 'repeated':
    case 'race':
    case 'key-used-up':
    case 'key-mixed-up':
    case 'lost-between-pages':
    case 'page-ignored':
    case 'listed-twice':
    case 'made-twice':
    case 'made-again':
      return 3;
    case 'accepted-invalid':
    case 'rejected-valid':
      return 4;
    case 'server-error':
      return 5;
    case 'custom':
      return breach.severity === 'critical' ? 2 : 6;
    default:
      return 6;
  }
}

/**
 * Why a breach is told at a lower level than the requirement that it belongs to.
 * @param breach what is wrong
 * @returns a sentence
 */
export function levelReason(breach: Breach): string {
  switch (breach.kind) {
    case 'other-status':
      return 'A refusal with 422 is right by HTTP (RFC 9110, section 15.5.21); it only is not documented.';
    case 'undocumented-status':
      return breach.status === 422
        ? 'A refusal with 422 is right by HTTP (RFC 9110, section 15.5.21); it only is not documented.'
        : 'The contract asks for this very status as a SHOULD only.';
    case 'contradicting-content-types':
    case 'body-with-204':
      return 'The answer breaks HTTP, and can be read all the same.';
    case 'odd-json':
      return 'RFC 8259 advises against it and does not forbid it.';
    case 'accepted-media-type':
      return 'The body was what it should be; only its Content-Type was not.';
    case 'not-returned':
    case 'default-not-returned':
      return 'The contract wishes the value in the response and does not require it.';
    case 'stood-still':
      return 'No source says that the time moves on.';
    case 'converted-invalid':
      return 'The value was converted for all to see, and not lost.';
    case 'bound-included':
      return 'An instant may be stored finer than it is returned, which cannot be seen from outside.';
    case 'not-listed':
    case 'listed-late':
      return 'A list may leave records out by a default of its own.';
    case 'accepted-invalid':
      return breach.asked.of === 'parameter'
        ? 'Many servers ignore what they cannot read in a query or a header.'
        : 'No source states this limit: the contract gives it as a SHOULD.';
    case 'write-only-returned':
      return 'What is returned is not the value that was written.';
    default:
      return 'The contract gives it as a SHOULD.';
  }
}
