/** A rule about every exchange of an operation: its cases gather what was seen when the run is over. */
import type { Contract, Operation } from '../../contract/types.ts';
import type { Level } from '../../model/index.ts';
import type { Case, Outcome, Problem, Rule } from '../types.ts';
import { caseId } from './case-id.ts';
import { isPlain } from './law.ts';
import { makeable } from './each.ts';
import { breached, notApplicable, pass } from './outcome.ts';

/**
 * @param id the rule's id
 * @param level its level
 * @param title the case's title, after the operation's name
 * @param words about the rule
 * @param idle why there is nothing to assert about an operation; by default there always is something
 */
export function exchangeRule(
  id: string,
  level: Level,
  title: string,
  words: Pick<Rule, 'title' | 'about' | 'example' | 'sentence'>,
  idle: (contract: Contract, operation: Operation) => string | undefined = () => undefined,
): Rule {
  return {
    id,
    ...words,
    profile: 'core',
    cases: (contract) =>
      contract.operations
        .filter(
          (operation) =>
            isPlain(contract) ||
            makeable(contract).some((resource) =>
              [resource.create, resource.read, resource.list, resource.update, ...resource.relatedReads].includes(
                operation,
              ),
            ),
        )
        .map((operation): Case => ({
          id: caseId(id, operation.id),
          level,
          title: `${operation.id} ${title}`,
          operation: operation.id,
          phase: 'end',
          everywhere: true,
          pointer: `${operation.pointer}/responses`,
          writes: [],
          run: async (session) => {
            const outcomes = session.problems(id, operation.id).map(toOutcome);
            // The case's own verdict is that of the worst of them.
            const [first, ...also] = [
              ...outcomes.filter((outcome) => outcome.level === 'MUST'),
              ...outcomes.filter((outcome) => outcome.level !== 'MUST'),
            ];
            await Promise.resolve();
            if (first) return { ...first, also };
            const nothing = idle(contract, operation);
            if (nothing !== undefined) return notApplicable(nothing);
            return session.judged(operation.id) > 0
              ? pass()
              : notApplicable(`no case of this run got an answer of ${operation.id}`);
          },
        })),
  };
}

function toOutcome({ breach, level, field, pointer, exchange }: Problem): Outcome {
  return breached(breach, { level, field, pointer, exchanges: [exchange] });
}
