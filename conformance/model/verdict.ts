/** Requirement levels, RFC 2119. */
export type Level = 'MUST' | 'SHOULD' | 'MAY';

/**
 * What became of a case:
 * - `pass`            the question was asked and the answer keeps the requirement
 * - `fail`            the answer breaks a MUST
 * - `warn`            the answer breaks a SHOULD
 * - `not-applicable`  the contract or the options leave nothing to ask (no role token, no second fixture)
 * - `not-tested`      the question could not be asked (its control failed, the target did not answer)
 * - `error`           a mistake of RingTrue, never of the target
 */
export type CaseStatus = 'pass' | 'fail' | 'warn' | 'not-applicable' | 'not-tested' | 'error';

/** The verdict on a whole run. `model/outcome.ts` is its only definition. */
export type Verdict = 'conformant' | 'non-conformant' | 'incomplete';

/** How much a documentation or implementation fix matters to a user of the API. */
export type Severity = 'critical' | 'major' | 'minor';
