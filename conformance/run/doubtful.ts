/** What was seen in answers that may be a gateway's doing and could not be asked for again: proven by all others being like it. */
import { causeOf, sameCause } from '../model/breach/cause.ts';
import type { Operation } from '../contract/types.ts';
import type { Exchange } from '../model/index.ts';
import type { Problem } from '../rules/types.ts';

/** One such answer is an accident. */
const ENOUGH = 2;

export class Doubtful {
  readonly #problems: Problem[] = [];
  /** By operation: how many valid requests got an answer in doubt. */
  readonly #inDoubt = new Map<string, number>();
  readonly #settled = new Set<string>();

  /** Takes note of the answer to a valid request. */
  settled(operation: Operation, { doubt }: Exchange): void {
    if (doubt) this.#inDoubt.set(operation.id, (this.#inDoubt.get(operation.id) ?? 0) + 1);
    else this.#settled.add(operation.id);
  }

  /** @returns whether the problem is kept here, since the answer that shows it is in doubt */
  keep({ doubt }: Exchange, problem: Problem): boolean {
    if (!doubt) return false;
    if (!this.#problems.some((one) => one.rule === problem.rule && sameCause(causeOf(one), causeOf(problem))))
      this.#problems.push(problem);
    return true;
  }

  /** @returns what the operation's answers in doubt show, if no valid request of it was answered in another way */
  proven(rule: string, operation: string): Problem[] {
    if (this.#settled.has(operation) || (this.#inDoubt.get(operation) ?? 0) < ENOUGH) return [];
    return this.#problems.filter((problem) => problem.rule === rule && problem.operation === operation);
  }
}
