/** What else shows the same breach: further values, further operations, further fields. */
import { causeOf } from './cause.ts';
import { differenceWords } from './difference.ts';
import { askedWords, valueWords } from './asked-words.ts';
import type { Group, Member } from './findings.ts';
import { listed, place, showShort } from './words.ts';

/** So many values are shown one by one. */
const SHOWN = 6;

/**
 * @param lead the breach that is quoted
 * @param members all breaches of its subject
 * @returns a sentence that names the other values, or nothing
 */
export function alsoSeen(lead: Member, members: readonly Member[]): string {
  const others = members.filter((member) => member !== lead);
  const values = distinct(others.flatMap((other) => valueOf(lead, other) ?? []));
  const said = values.length === 0 ? [] : [`${leadIn(lead)} ${some(values)}.`];
  if (lead.breach.kind !== 'accepted-invalid') return said.join(' ');
  // Operations that accept the same are named by `sameFor`.
  const differing = operationsOf(members).filter(
    (name) => name !== lead.operation && !acceptsAlike(members, lead.operation, name),
  );
  return [
    ...said,
    ...differing.map((name) => {
      const own = members.filter(({ operation }) => operation === name);
      return `${name} accepts: ${some(distinct(own.flatMap(invalidOf)))}.`;
    }),
  ].join(' ');
}

function leadIn({ breach }: Member): string {
  if (breach.kind === 'accepted-invalid') return 'It accepts as well:';
  return breach.kind === 'altered' || breach.kind === 'not-persisted' ? 'Other values:' : 'The same answer to:';
}

function some(values: readonly string[]): string {
  const more = values.length - SHOWN;
  return (more > 1 ? [...values.slice(0, SHOWN), `${String(more)} more`] : values).join('; ');
}

function operationsOf(members: readonly Member[]): string[] {
  return distinct(members.map(({ operation }) => operation));
}

/** Whether two operations accept the same invalid values. */
function acceptsAlike(members: readonly Member[], one: string, other: string): boolean {
  const kinds = (name: string): string =>
    distinct(
      members
        .filter(({ operation }) => operation === name)
        .map((member) => causeOf({ ...member, operation: '' }).variant ?? ''),
    )
      .sort()
      .join('\n');
  return kinds(one) === kinds(other);
}

function invalidOf({ breach }: Pick<Member, 'breach'>): string[] {
  if (breach.kind !== 'accepted-invalid' || breach.asked.of !== 'invalid') return [];
  return [
    breach.asked.at === '' ? askedWords(breach.asked) : `${place(breach.asked.at)} ${short(valueWords(breach.asked))}`,
  ];
}

/** The other value that a case tried, and what came of it. */
function valueOf(lead: Member, { breach, operation, result }: Member): string | undefined {
  const { breach: quoted } = lead;
  if (
    breach.kind === 'altered' &&
    breach.value !== undefined &&
    (quoted.kind === 'altered' || quoted.kind === 'not-persisted')
  )
    return `${showShort(breach.sent)} came back as ${showShort(breach.got)} (${differenceWords(breach.difference)})`;
  if (
    breach.kind === 'not-persisted' &&
    breach.value !== undefined &&
    (quoted.kind === 'altered' || quoted.kind === 'not-persisted')
  ) {
    // Where the usual value is lost, the special ones are too.
    if (quoted.kind === 'not-persisted' && quoted.value === undefined) return undefined;
    return `${showShort(breach.sent)} did not come back`;
  }
  if (breach.kind === 'filter-ignored' && quoted.kind === 'filter-ignored' && breach.how !== quoted.how)
    return `${breach.parameter} ${breach.how === 'greater' || breach.how === 'less' ? `${breach.how} than ` : ''}${showShort(breach.value)}`;
  if ((breach.kind === 'role-accepted' || breach.kind === 'role-rejected') && 'role' in quoted)
    return breach.role === quoted.role ? undefined : `the role ${breach.role}`;
  if (breach.kind !== quoted.kind || !('asked' in breach) || !('asked' in quoted)) return undefined;
  if (JSON.stringify(breach.asked) === JSON.stringify(quoted.asked)) return undefined;
  // Another case says what was special about such a request.
  if (breach.asked.of === 'request') return undefined;
  const inOther = result.operation !== lead.result.operation || operation !== lead.operation;
  if (breach.kind === 'accepted-invalid' && breach.asked.of === 'invalid') {
    // The same invalid value in another operation is said once, by that operation's name.
    return inOther ? undefined : invalidOf({ breach })[0];
  }
  return inOther ? undefined : short(askedWords(breach.asked));
}

function short(words: string): string {
  return words.length <= 100 ? words : `${words.slice(0, 70)}…${words.slice(-25)}`;
}

/**
 * @param lead the breach that is quoted
 * @param first its own group
 * @param groups all groups of the finding: their subjects show the very same
 * @returns a sentence that names them, or nothing
 */
export function sameFor(lead: Member, first: Group, groups: readonly Group[]): string {
  const byField = lead.field !== undefined && groups.some((group) => group.members[0]?.field !== lead.field);
  const fields = byField ? distinct(groups.flatMap(({ members }) => members.flatMap(({ field }) => field ?? []))) : [];
  const otherFields = fields.filter((field) => field !== lead.field);
  const inAll = groups.length > 1 && !byField ? groups : [first];
  const operations = distinct(
    inAll.flatMap(({ members }) => members.filter((member) => member.breach.kind === lead.breach.kind).map(writer)),
  );
  const otherOperations = operations.filter(
    (name) =>
      name !== writer(lead) &&
      (lead.breach.kind !== 'accepted-invalid' || acceptsAlike(first.members, lead.operation, name)),
  );
  const also = [otherFields, otherOperations].filter((names) => names.length > 0).map((names) => listed(names));
  return also.length === 0 ? '' : `The same holds for ${also.join(', and in ')}.`;
}

/** The operation that a breach is about: of a value that was written the write. */
function writer({ breach, operation, result }: Member): string {
  return 'sent' in breach && 'seen' in breach ? result.operation : operation;
}

function distinct(names: readonly string[]): string[] {
  return [...new Set(names)];
}
