/** Rules that are not part of RingTrue: those that somebody hands to a run. */
import type { Contract } from '../contract/types.ts';
import type { Exchange, Level, Severity } from '../model/index.ts';
import { caseId } from './kit/case-id.ts';
import { breached, notTested } from './kit/outcome.ts';
import {
  BlockedError,
  UnansweredError,
  type Case,
  type Outcome,
  type Phase,
  type Rule,
  type RuleOptions,
  type Session,
} from './types.ts';

/** One thing that a rule asks. */
export interface OwnCase {
  /** The operation that is asked, or to blame: its `operationId`. */
  operation: string;
  field?: string;
  /** What tells this case from others of the same rule, operation and field; a part of its id. */
  name?: string;
  /** MUST unless said otherwise. */
  level?: Level;
  /** A fact about a right target; the rule's title unless said otherwise. */
  title?: string;
  /** `write` unless said otherwise: the case may write, and others write meanwhile. */
  phase?: Phase;
  /** It sends nothing that writes, and so may be asked with `--read-only`. */
  readsOnly?: boolean;
  run: (session: Session) => Promise<Outcome>;
}

/** A rule in the words of its author. */
export interface OwnRule {
  /** Lower case, digits and hyphens, and none of RingTrue's: `acme-request-id`. */
  id: string;
  /** A fact about a right target. */
  title: string;
  /** The requirement's sentence; the title unless said otherwise. */
  sentence?: string;
  about?: string;
  example?: string;
  /** Whether `--profile core` asks it too. */
  profile?: 'core' | 'full';
  cases: (contract: Contract, options: RuleOptions) => Iterable<OwnCase>;
}

/** A rule that cannot be used; the message says why and what to do. */
export class OwnRuleError extends Error {
  override name = 'OwnRuleError';
}

/**
 * Makes a rule for `run({ rules: [...] })`.
 *
 * @param rule what it is called and what it asks
 * @throws OwnRuleError when its id is none, or a part is missing
 */
export function defineRule(rule: OwnRule): Rule {
  const { id, title, sentence = title, about = title, example = '', profile = 'full' } = rule;
  if (typeof id !== 'string' || !/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(id))
    throw new OwnRuleError(
      `A rule's id consists of lower-case letters, digits and hyphens, such as "acme-request-id", not ${JSON.stringify(id)}.`,
    );
  if (typeof title !== 'string' || title.trim() === '')
    throw new OwnRuleError(`The rule ${id} needs a title: a fact about a right target.`);
  if (typeof rule.cases !== 'function')
    throw new OwnRuleError(`The rule ${id} needs cases: a function from a contract to what is asked.`);
  const cases = function* (contract: Contract, options: RuleOptions): Generator<Case> {
    for (const own of rule.cases(contract, options)) yield caseOf(id, title, own, contract);
  };
  return { id, title, sentence, about, example, profile, cases };
}

function caseOf(rule: string, ruleTitle: string, own: OwnCase, contract: Contract): Case {
  const operation = contract.operations.find((one) => one.id === own.operation);
  if (!operation)
    throw new OwnRuleError(
      `The rule ${rule} has a case for ${JSON.stringify(own.operation)}, which is no operation of ${contract.name}; \`ringtrue list\` shows them.`,
    );
  if (typeof own.run !== 'function')
    throw new OwnRuleError(`A case of the rule ${rule} needs run: a function that asks.`);
  const id = caseId(rule, own.operation, own.field, own.name);
  return {
    id,
    level: own.level ?? 'MUST',
    title: own.title ?? ruleTitle,
    operation: own.operation,
    field: own.field,
    phase: own.phase ?? 'write',
    pointer: operation.pointer,
    writes: own.readsOnly === true ? [] : [`${own.operation}:${id}`],
    run: (session) => asked(rule, own, session),
  };
}

/** A rule that throws has asked nothing: the case is not tested, and the rest of the run goes on. */
async function asked(rule: string, own: OwnCase, session: Session): Promise<Outcome> {
  try {
    return await own.run(session);
  } catch (error) {
    if (error instanceof UnansweredError || error instanceof BlockedError) throw error;
    return notTested(`the rule ${rule} failed: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/**
 * What a rule of one's own says of an answer that breaks it.
 *
 * @param what.word a short word for the kind of breach: cases with the same word, operation and field are one finding
 * @param what.message what came back, and what was expected, as one sentence
 * @param what.remedy what to do, as one sentence
 * @param exchanges those that show it
 */
export function broken(
  what: { word: string; message: string; remedy?: string; severity?: Severity; sent?: unknown },
  ...exchanges: Exchange[]
): Outcome {
  return breached({ kind: 'custom', ...what }, { exchanges });
}

/**
 * @param rules rules that a run is handed
 * @param known ids that are taken
 * @throws OwnRuleError when two have one id, or one is no rule
 */
export function checkOwnRules(rules: readonly Rule[], known: ReadonlySet<string>): void {
  const ids = new Set(known);
  for (const rule of rules) {
    if (typeof rule !== 'object' || typeof rule.cases !== 'function')
      throw new OwnRuleError('Each of rules has to be what defineRule of ringtrue/rules returns.');
    if (ids.has(rule.id))
      throw new OwnRuleError(
        `The rule id ${rule.id} is taken; give yours a name of its own, such as "acme-${rule.id}".`,
      );
    ids.add(rule.id);
  }
}
