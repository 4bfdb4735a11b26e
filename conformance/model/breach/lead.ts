/** Which of several equal breaches a finding quotes. */
import type { Asked, Breach, Seen } from '../breach.ts';
import type { Member } from './findings.ts';

/** A read shows what was stored, so it comes first. */
const ways = ['get', 'get after update', 'create response', 'update response', 'list', 'list after update'];

/**
 * @param members breaches with one cause, sorted by the ids of their cases
 * @returns the one that is quoted: the same one in whatever order, and of however many shards, they come
 */
export function leadOf(members: readonly Member[]): Member {
  const [first, ...rest] = members;
  if (!first) throw new Error('a cause without a case');
  return rest.reduce((best, one) => (weight(one) < weight(best) ? one : best), first);
}

function weight({ breach, result }: Member): number {
  switch (breach.kind) {
    case 'not-persisted':
    case 'altered':
      if (breach.value !== undefined) return 20;
      return result.way === undefined ? 15 : ways.indexOf(result.way);
    case 'invalid-body':
      return 30;
    // That a record was made says more than the status.
    case 'created-by-update':
      return -1;
    case 'repeated':
      return repeatWeight(breach.asked);
    case 'wrong-status':
      return breach.asked.of === 'repeat' ? repeatWeight(breach.asked) : 0;
    case 'race':
      return 5;
    case 'server-error':
      // That a valid request fails says more than that a strange one does.
      if (breach.asked.of === 'valid') return 0;
      return (
        [
          'valid',
          'invalid',
          'odd',
          'fact',
          'query',
          'id',
          'credentials',
          'role',
          'method',
          'media-type',
          'repeat',
          'race',
          'request',
        ].indexOf(breach.asked.of) + (result.field === undefined ? 5 : 0)
      );
    default:
      return 0;
  }
}

/** The plain repeat says it best. */
function repeatWeight(asked: Asked): number {
  if (asked.of !== 'repeat') return 0;
  return (asked.later ? 1 : 0) + (asked.otherBody ? 2 : 0) + (asked.afterFailure ? 3 : 0);
}

/**
 * @param lead the breach that is quoted
 * @param members all that have its cause
 * @returns it, with what the others saw of the same value in other places
 */
export function joined(lead: Member, members: readonly Member[]): Breach {
  const { breach } = lead;
  if (breach.kind !== 'not-persisted' && breach.kind !== 'altered' && breach.kind !== 'not-returned') return breach;
  const rows = new Map<string, Seen>();
  const add = (seen: readonly Seen[]): void => {
    for (const row of seen) {
      const known = rows.get(row.where);
      if (!known || (known.ok && !row.ok)) rows.set(row.where, row);
    }
  };
  add(breach.seen);
  for (const member of members) {
    const other = member.breach;
    if (member.result.operation !== lead.result.operation || other.kind !== breach.kind) continue;
    if ('value' in other !== 'value' in breach) continue;
    if ('value' in other && 'value' in breach && other.value !== breach.value) continue;
    if (breach.kind === 'altered' && other.kind === 'altered' && other.difference.kind !== breach.difference.kind)
      continue;
    // What one shard wrote is not what another one reads: only that it is missing can be put beside it.
    const same = JSON.stringify(other.sent) === JSON.stringify(breach.sent);
    add(same ? other.seen : other.seen.filter(({ ok }) => !ok).map((row) => withoutValue(row, breach)));
  }
  return { ...breach, seen: [...rows.values()].sort((a, b) => wayOrder(a.where) - wayOrder(b.where)) };
}

function withoutValue(row: Seen, breach: Breach): Seen {
  return breach.kind === 'altered' ? { ...row, got: breach.got } : row;
}

const shown = ['create response', 'get', 'list', 'update response', 'get after update', 'list after update'];

function wayOrder(where: string): number {
  const at = shown.indexOf(where);
  return at === -1 ? shown.length : at;
}
