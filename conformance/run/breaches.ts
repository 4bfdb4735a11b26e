/** From what a case came to to the breaches that its result carries: bounded, masked, with commands where they lead their cause. */
import type { Contract } from '../contract/types.ts';
import { driftLeads } from '../model/breach/drift.ts';
import { groupsOf } from '../model/breach/findings.ts';
import { explain } from '../model/breach/explain.ts';
import { leadOf } from '../model/breach/lead.ts';
import type { Breach, CaseBreach, CaseResult, Exchange } from '../model/index.ts';
import type { Outcome } from '../rules/types.ts';
import { maskExchange } from '../target/index.ts';
import { boundedBreach } from './bearable.ts';
import { curlSequence, type CurlContext } from './curl.ts';
import { documentChange } from './drift.ts';
import { namesIn } from './own-words.ts';
import { maskBreach, maskTexts } from './mask-report.ts';

interface Seen {
  result: CaseResult;
  outcome?: Outcome;
  /** Where the requirement stands in the contract. */
  pointer: string;
}

/** @returns the breach of an outcome: its own, or what a rule outside of RingTrue says in its own words */
export function breachOf(outcome: Outcome): Breach {
  if (outcome.breach) return outcome.breach;
  const { kind = 'broken', message = '', suggestion, severity, cause, evidence } = outcome;
  return {
    kind: 'custom',
    word: kind,
    message,
    remedy: suggestion,
    severity,
    cause,
    sent: evidence?.sent,
    seen: evidence?.got,
  };
}

/** @returns what a case's outcome says in one sentence */
export function sentenceOf(contract: Contract, outcome: Outcome, operation: string): string | undefined {
  if (!outcome.breach) return outcome.message;
  const one = contract.operations.find(({ id }) => id === operation);
  const address = one ? `${one.method} ${one.path}` : operation;
  return explain(outcome.breach, { operation, address, level: outcome.level ?? 'MUST' }).sentence;
}

/**
 * Gives each result its breaches, and those that lead their cause the commands that show it.
 *
 * @param contract the contract
 * @param seen the results, which are changed, with what they came to
 * @param mask takes secrets out of a text
 * @param words whose token an exchange carried, and how a shell finds what is masked
 * @returns the exchanges that the leading breaches rest on
 */
export async function attachBreaches(
  contract: Contract,
  seen: readonly Seen[],
  mask: (text: string) => string,
  { roleOf, secrets }: Pick<CurlContext, 'roleOf' | 'secrets'>,
): Promise<Exchange[]> {
  const names = namesIn(contract);
  const exchangesOf = new Map<CaseBreach, Exchange[]>();
  for (const { result, outcome, pointer } of seen) {
    if (outcome?.blockedBy !== undefined) result.blockedBy = mask(outcome.blockedBy);
    if (outcome?.status !== 'broken') continue;
    const breaches = [outcome, ...(outcome.also ?? [])].flatMap((each): CaseBreach[] => {
      const level = each.level ?? result.level;
      if (level === 'MAY') return [];
      const exchanges = uniqueExchanges(each.exchanges ?? []);
      const place = each.pointer ?? pointer;
      const one: CaseBreach = {
        breach: maskBreach(boundedBreach(breachOf(each)), mask, names),
        level,
        operation: each.operation ?? result.operation,
        field: masked(each.field ?? result.field, (text) => (names.has(text) ? text : mask(text))),
        contract: { pointer: `#${place}`, file: contract.file, line: contract.lineOf(place) },
        exchangeIds: exchanges.map(({ id }) => id),
      };
      exchangesOf.set(one, exchanges);
      return [one];
    });
    if (breaches.length > 0) result.breaches = breaches;
  }
  const groups = groupsOf(seen.map(({ result }) => result));
  for (const lead of groups.flatMap(driftLeads)) {
    const change = await documentChange(contract, lead);
    if (change) lead.own.change = maskTexts(change, mask);
  }
  return groups.flatMap(({ members }) => {
    const { own } = leadOf(members);
    const exchanges = exchangesOf.get(own) ?? [];
    const shown = exchanges.map((exchange) => maskExchange(exchange, mask));
    own.reproduce = curlSequence(shown, { operations: contract.operations, roleOf, secrets });
    return exchanges;
  });
}

function masked(text: string | undefined, mask: (text: string) => string): string | undefined {
  return text === undefined ? undefined : mask(text);
}

function uniqueExchanges(exchanges: readonly Exchange[]): Exchange[] {
  return [...new Map(exchanges.map((exchange) => [exchange.id, exchange])).values()].sort((a, b) => a.id - b.id);
}
