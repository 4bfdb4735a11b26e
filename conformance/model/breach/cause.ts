/** Which breaches are one and the same: equal breaches are one finding. */
import type { Asked, Breach, CaseBreach } from '../breach.ts';

export interface Cause {
  /** Breaches of different families are never told together. */
  family: string;
  /** What it strikes: a field, an operation, a place in a body. */
  subject: string;
  /** What else has to be equal before two subjects are told together. `undefined` says nothing about it. */
  variant?: string;
  /** So many subjects have to show the same before the cause is taken to lie beneath them. */
  together: number;
}

/** The values of a record are matters of their own, until this many of them go wrong in the same way. */
const BENEATH = 4;

/**
 * @param one a breach where it was seen
 * @returns its cause; two breaches with one family and subject have one cause
 */
export function causeOf(one: Pick<CaseBreach, 'breach' | 'operation' | 'field'>): Cause {
  const { breach, operation } = one;
  const field = one.field ?? '';
  const of = (family: string, subject: string, variant?: string, together = 2): Cause => ({
    family,
    subject,
    variant,
    together,
  });
  switch (breach.kind) {
    case 'not-persisted':
    case 'altered':
    case 'changed':
    case 'wrong-default':
      if (breach.kind === 'changed' && breach.identity) return of('identity', breach.field);
      if ('difference' in breach && breach.difference.kind === 'time-zone-lost') return of('time-zone', breach.field);
      return of('value', breach.field, valueVariant(breach), BENEATH);
    case 'invalid-body':
      if (breach.field === undefined)
        return of(
          breach.status >= 400 ? 'error-body' : 'body',
          breach.at.replaceAll(/\/\d+(?=\/|$)/g, '/*'),
          breach.keyword,
          BENEATH,
        );
      if (breach.keyword === 'format' && breach.says === 'time-zone-lost') return of('time-zone', breach.field);
      return of('value', breach.field, undefined, BENEATH);
    case 'leaked-record':
      return of('leaked-record', operation);
    case 'not-returned':
    case 'default-not-returned':
      return of(breach.kind, breach.field, wrongWays(breach.seen));
    case 'write-only-returned':
    case 'went-back':
    case 'stood-still':
    case 'forged-applied':
    case 'wrong-first-value':
    case 'time-off':
      return of(breach.kind, breach.field);
    case 'converted-invalid':
      return of(
        breach.kind,
        breach.field,
        breach.asked.of === 'invalid' ? `${operation} ${askedVariant(breach.asked)}` : operation,
      );
    case 'field-not-named':
      return of(breach.kind, breach.field, String(breach.names.length > 0));
    case 'accepted-invalid':
      if (breach.asked.of === 'query')
        return of('accepted-query', `${operation}.${breach.asked.name}`, `${operation} ${breach.asked.bound ?? ''}`);
      if (breach.asked.of === 'parameter')
        return of(
          'accepted-parameter',
          `${operation}.${breach.asked.name}`,
          `${breach.asked.in} ${breach.asked.value === undefined ? 'missing' : 'invalid'}`,
        );
      if (breach.asked.of !== 'invalid') return of(`accepted-${breach.asked.of}`, field || operation);
      if (breach.field === undefined) return of(`accepted-${breach.asked.alteration}`, operation);
      return of('accepted-invalid', breach.field, `${operation} ${askedVariant(breach.asked)}`);
    case 'rejected-valid':
      if (breach.field !== undefined) return of('rejected-valid', breach.field, undefined, BENEATH);
      return breach.asked.of === 'query'
        ? of('rejected-query', `${operation}.${breach.asked.name.replace(/\[.*$/, '')}`, String(breach.status))
        : of(breach.asked.of === 'race' ? 'concurrent' : 'rejected-valid', operation);
    case 'server-error':
      // A valid request that fails is another matter than input that nobody expected.
      return of(
        'server-error',
        operation,
        `${String(breach.status)} ${breach.asked.of === 'valid' ? 'valid' : 'input'}`,
      );
    case 'undocumented-status':
    case 'other-status':
      return of(`undocumented-status.${String(breach.status)}`, operation);
    case 'wrong-status':
      if (breach.asked.of === 'repeat') return of('repeated', operation);
      return of(
        breach.asked.of === 'invalid' ? 'wrong-status' : `wrong-status.${breach.asked.of}`,
        operation,
        String(breach.status),
      );
    case 'unauthorized-accepted':
      return of(breach.kind, operation);
    case 'role-accepted':
    case 'role-rejected':
      return of(breach.kind, operation, breach.role);
    case 'accepted-media-type':
      return of(breach.kind, operation, breach.mediaType);
    case 'missing-header':
      return of(breach.kind, operation, breach.header);
    case 'broken-body':
      return of(`broken-body.${breach.how}`, operation);
    case 'undocumented-content-type':
      return of(breach.kind, operation, `${breach.type} ${String(breach.status)[0] ?? ''}`);
    case 'contradicting-content-types':
    case 'body-with-204':
      return of(breach.kind, operation);
    case 'odd-json':
      return of(breach.kind, breach.oddity.replaceAll(/\d+|"[^"]*"/g, ''));
    case 'wrong-status-in-body':
      return of(breach.kind, breach.at);
    case 'link-to-other-origin':
    case 'link-broken':
    case 'link-to-other-record':
      return of('link', field || breach.link, breach.kind);
    case 'filter-ignored':
      // A range that is ignored says nothing of equality: it is a matter of its own until all of them are.
      return of(
        breach.kind,
        `${operation}.${breach.parameter}`,
        `${operation} ${breach.lost === undefined ? 'stray' : 'lost'}`,
      );
    case 'bound-included':
      return of(breach.kind, `${operation}.${breach.parameter}`, breach.how);
    case 'id-repeated':
      return of('identity', breach.idField);
    case 'listed-twice':
    case 'lost-between-pages':
    case 'page-ignored':
      return of('pages', operation);
    case 'wrong-order':
      if (breach.within !== undefined) return of('sort-within', operation);
      return of(breach.parameter === undefined ? 'default-order' : 'sort', operation);
    // An update that makes the record that it names answers an id that no record has.
    case 'created-by-update':
      return of('wrong-status.id', operation, 'created');
    // Where the key says nothing at all, a race shows the same.
    case 'repeated':
    case 'race':
      return of('repeated', operation);
    case 'refused-yet-stored':
    case 'refused-yet-changed':
      return of('refused-yet-stored', operation);
    case 'precondition-ignored':
      return of(breach.kind, operation, breach.header);
    case 'custom': {
      const [family = breach.word, ...rest] = (breach.cause ?? `${breach.word}|${operation}|${field}`).split('|');
      return of(family, rest.join('.'), rest.join('.'));
    }
    case 'changed-other':
    case 'changed-unnamed':
    case 'not-replaced':
    case 'still-readable':
    case 'still-listed':
    case 'deleted-other':
    case 'wrong-parent':
    case 'older-record':
    case 'made-twice':
    case 'listed-late':
    case 'not-readable':
    case 'page-size':
    case 'default-page-size':
    case 'not-listed':
    case 'lost':
    case 'no-reference':
    case 'key-used-up':
    case 'made-again':
    case 'key-mixed-up':
      return of(breach.kind, operation);
  }
}

/** @returns whether two breaches show the very same, to the variant */
export function sameCause(one: Cause, other: Cause): boolean {
  return one.family === other.family && one.subject === other.subject && one.variant === other.variant;
}

/** @returns the stable id of a cause */
export function causeId({ family, subject }: Cause, level: string): string {
  const id = [family, subject]
    .filter((part) => part !== '')
    .join('.')
    .replaceAll(/[^A-Za-z0-9_$-]+/g, '.')
    .replaceAll(/^\.|\.$/g, '');
  return `${id.slice(0, 110)}${level === 'MUST' ? '' : `.${level.toLowerCase()}`}`;
}

/**
 * What cannot be asked because of a breach, as the steps of a run name it.
 * @param one a breach where it was seen
 */
export function blocksOf(one: Pick<CaseBreach, 'breach' | 'operation'>): string[] {
  const { breach, operation } = one;
  switch (breach.kind) {
    case 'server-error':
      return [
        `server-error|${operation}`,
        ...(breach.asked.of === 'valid' && breach.asked.field === undefined
          ? [`accepts|${operation}`, `read|${operation}`]
          : []),
      ];
    case 'rejected-valid':
      return breach.asked.of === 'valid' ? [`accepts|${operation}`] : [];
    case 'not-readable':
      return [`read|${operation}`];
    case 'not-listed':
      return [`list-lost|${operation}`];
    case 'not-persisted':
    case 'altered':
      return [`value|${breach.field}`];
    case 'invalid-body':
      return breach.field === undefined ? [] : [`value|${breach.field}`];
    case 'wrong-status':
      return breach.asked.of === 'id' ? [`unknown-id|${operation}`] : [];
    case 'created-by-update':
      return [`unknown-id|${operation}`];
    case 'custom':
      return breach.cause === undefined ? [] : [breach.cause];
    default:
      return [];
  }
}

type ValueBreach = Extract<Breach, { kind: 'not-persisted' | 'altered' | 'changed' | 'wrong-default' }>;

/** Special values are asked of some fields only: they say nothing about what two fields have in common. */
function valueVariant(breach: ValueBreach): string | undefined {
  if ('value' in breach && breach.value !== undefined) return undefined;
  const how = breach.kind === 'not-persisted' ? breach.as : 'difference' in breach ? breach.difference.kind : '';
  return `${breach.kind} ${how} ${wrongWays(breach.seen)}`;
}

function wrongWays(seen: readonly { where: string; ok: boolean }[]): string {
  return seen
    .filter(({ ok }) => !ok)
    .map(({ where }) => where)
    .join(',');
}

function askedVariant(asked: Extract<Asked, { of: 'invalid' }>): string {
  const kind = asked.alteration === 'wrong-type' ? typeKind(asked.value) : (asked.keyword ?? '');
  const within = asked.at.split('/').slice(2).join('.');
  return `${asked.alteration} ${kind} ${within}`;
}

function typeKind(value: unknown): string {
  return Array.isArray(value) ? 'array' : value === null ? 'null' : typeof value;
}
