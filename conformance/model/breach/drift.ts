/** Where a target steadily does otherwise than the contract: both ways out. */
import type { CaseBreach } from '../breach.ts';
import type { CaseResult, DriftSuggestion } from '../report.ts';
import { groupsOf, type Group, type Member } from './findings.ts';
import { joined, leadOf } from './lead.ts';
import { listed, place } from './words.ts';
import { placeWords } from './explain-values.ts';

/**
 * @param one a breach
 * @returns whether a change of the document may settle it
 */
export function mayBeDrift({ breach }: Pick<CaseBreach, 'breach'>): boolean {
  switch (breach.kind) {
    case 'undocumented-status':
    case 'other-status':
      return breach.status < 300 || breach.status === 422;
    case 'accepted-invalid':
      return breach.asked.of === 'invalid' && breach.asked.alteration === 'required-missing';
    case 'not-persisted':
      return breach.value === undefined;
    case 'not-returned':
      return true;
    case 'invalid-body':
      return breach.missing && breach.field !== undefined;
    default:
      return false;
  }
}

/**
 * @param group what one subject shows of one cause
 * @returns of each operation the breach that a change of the document is made for
 */
export function driftLeads({ members }: Pick<Group, 'members'>): Member[] {
  const byOperation = new Map<string, Member[]>();
  for (const member of members.filter(mayBeDrift)) {
    // Of a value that no read returns one change is enough, whichever operation wrote it.
    const key = member.breach.kind === 'accepted-invalid' ? member.operation : member.breach.kind;
    byOperation.set(key, [...(byOperation.get(key) ?? []), member]);
  }
  return [...byOperation.values()].map((own) => leadOf(own));
}

/**
 * @param cases the results, with the changes that were made where their breaches were seen
 * @returns a suggestion for each habit that a change of the document could settle as well
 */
export function suggestDrift(cases: readonly CaseResult[]): DriftSuggestion[] {
  const found = groupsOf(cases).flatMap((group) =>
    driftLeads(group).flatMap((lead) => (lead.change ? (suggestion(lead, group) ?? []) : [])),
  );
  // Two findings may show one and the same habit.
  return [...new Map(found.map((one) => [`${one.operation}|${one.field ?? ''}|${one.contractChange}`, one])).values()];
}

function suggestion(lead: Member, { members }: Group): DriftSuggestion | undefined {
  const { breach, change, operation } = lead;
  if (!change) return undefined;
  const words = (said: {
    operation?: string;
    field?: string;
    observed: string;
    implementation: string;
  }): DriftSuggestion => ({
    operation,
    ...said,
    contractChange: change.text,
    favours: change.favours,
    why: change.why,
  });
  switch (breach.kind) {
    case 'undocumented-status':
    case 'other-status': {
      const wanted = breach.status === 422 ? '400' : breach.kind === 'undocumented-status' ? (breach.wanted ?? '') : '';
      return words({
        observed: `${operation} answers ${String(breach.status)} where the contract documents ${wanted}.`,
        implementation:
          breach.status === 422
            ? `Answer 400 to a request that breaks the contract of ${operation}.`
            : `Answer ${wanted} when ${operation} succeeds.`,
      });
    }
    case 'accepted-invalid': {
      const name = breach.asked.of === 'invalid' ? place(breach.asked.at) : '';
      return words({
        field: name,
        observed: `${operation} accepts a body without ${name}, which the contract requires.`,
        implementation: `Refuse a body without ${name} in ${operation}.`,
      });
    }
    case 'not-persisted':
    case 'not-returned': {
      const whole = joined(lead, members);
      const rows = 'seen' in whole ? (whole.seen ?? []) : [];
      // An echo is no habit: only the write's own response together with a read says that it is returned nowhere.
      const everywhere =
        rows.every(({ ok }) => !ok) &&
        rows.some(({ where }) => where.endsWith('response')) &&
        rows.some(({ where }) => /^(get|list)\b/.test(where));
      if (!everywhere) return undefined;
      return words({
        operation: lead.result.operation,
        field: breach.field,
        observed: `${breach.field} is written, and no response returns it (${listed(rows.map(({ where }) => placeWords(where)))}).`,
        implementation: `Store ${breach.field}, and return it in every response.`,
      });
    }
    case 'invalid-body': {
      const showing = new Set(
        members
          .filter((member) => member.breach.kind === 'invalid-body' && member.breach.missing)
          .map((member) => member.operation),
      );
      if (breach.field === undefined || !(change.needs ?? []).every((name) => showing.has(name))) return undefined;
      return words({
        field: breach.field,
        observed: `No response returns ${breach.field} (${listed([...showing])}).`,
        implementation: `Return ${breach.field} in every response.`,
      });
    }
    default:
      return undefined;
  }
}
