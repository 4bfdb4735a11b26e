/** Says in one sentence what became of a value that was written: where it is told, and as what. */
import type { Contract } from '../contract/types.ts';
import type { Evidence, Exchange } from '../model/index.ts';
import { show } from '../rules/kit/outcome.ts';
import type { Failure } from './findings.ts';

interface Row {
  where: string;
  got?: unknown;
  missing?: boolean;
  ok: boolean;
}

interface ValueWords {
  message: string;
  kind: string;
  suggestion: string;
  operation?: string;
  evidence?: Omit<Evidence, 'exchangeIds'>;
  exchanges: Exchange[];
}

/**
 * @param contract the contract
 * @param group all failures of one field's value: round-trips, values, schema breaches
 * @param field the property
 */
export function wordValueFinding(
  contract: Contract,
  group: readonly Failure[],
  field: string | undefined,
): ValueWords | undefined {
  if (field === undefined) return undefined;
  const trips = group.filter(
    ({ result }) =>
      result.rule === 'round-trip' || result.rule === 'identifier-values' || result.rule === 'accepts-value',
  );
  const lead = trips.find(({ result }) => result.rule === 'round-trip') ?? trips[0];
  if (!lead) return undefined;
  const sameRule = trips.filter(
    ({ result }) => result.rule === lead.result.rule && result.operation === lead.result.operation,
  );
  const rows =
    lead.result.rule === 'round-trip'
      ? sameRule.flatMap(({ outcome }) => outcome.evidence?.got ?? [])
      : (lead.outcome.evidence?.got ?? []);
  const sent = lead.outcome.evidence?.sent;
  const wrong = rows.filter((row) => !row.ok);
  const writer = contract.operations.find((operation) => operation.id === lead.result.operation);
  const wrote = writer ? `${writer.method} ${writer.path}` : lead.result.operation;
  const echoed = !wrong.some(({ where }) => where.endsWith('response'));
  const operation = culprit(lead, wrong);
  const what = describe(wrong, lead);
  const values = trips.length > sameRule.length || lead.result.rule !== 'round-trip' ? shapes(trips) : '';
  return {
    kind: lead.outcome.kind ?? 'altered',
    message: `${field} was sent to ${wrote} as ${show(sent)} and accepted; ${what}${echoed && wrong.length > 0 && lead.result.rule === 'round-trip' ? ' The response of the write itself tells it rightly: it is echoed, and not stored so.' : ''}${values}`,
    suggestion:
      lead.outcome.kind === 'altered'
        ? `Store ${field} as it was sent, and tell it so in every response.`
        : `Hand ${field} on to the store in ${lead.result.operation}, and tell it in every response.`,
    operation,
    evidence: { sent, got: dedupe(rows) },
    exchanges: sameRule.flatMap(({ outcome }) => outcome.exchanges ?? []),
  };
}

function dedupe(rows: readonly Row[]): Row[] {
  return [...new Map(rows.map((row) => [row.where, row])).values()];
}

function describe(wrong: readonly Row[], lead: Failure): string {
  const first = wrong[0];
  if (!first) return lead.outcome.message ?? '';
  const name = /\(([^()]*)\)$/.exec(lead.outcome.message ?? '')?.[1];
  const places = [...new Set(wrong.map(({ where }) => `the ${where}`))];
  const got = first.missing === true ? 'leave it out' : `tell ${show(first.got)}`;
  const one = first.missing === true ? 'leaves it out' : `tells ${show(first.got)}`;
  return `${listed(places)} ${places.length > 1 ? got : one}${name !== undefined && first.missing !== true ? ` (${name})` : ''}.`;
}

function listed(places: readonly string[]): string {
  return places.length < 2 ? (places[0] ?? '') : `${places.slice(0, -1).join(', ')} and ${places.at(-1) ?? ''}`;
}

/** If one read alone is wrong, it is that read that is to blame. */
function culprit(lead: Failure, wrong: readonly Row[]): string | undefined {
  const ways = new Set(wrong.map(({ where }) => where));
  return ways.size === 1 ? lead.outcome.operation : lead.result.operation;
}

function shapes(trips: readonly Failure[]): string {
  const named = [
    ...new Set(
      trips.filter(({ result }) => result.rule !== 'round-trip').map(({ result }) => result.id.split('.').at(-1) ?? ''),
    ),
  ];
  if (named.length === 0) return '';
  return ` Values that were not kept: ${named.slice(0, 6).join(', ')}${named.length > 6 ? ` and ${String(named.length - 6)} more` : ''}.`;
}
