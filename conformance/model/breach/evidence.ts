/** What a breach rests on, as a small table: what was sent, and what was seen in which place. */
import type { Breach, Seen } from '../breach.ts';

/** @returns what was sent, where that is a value, and what came back, place by place */
export function evidenceOf(breach: Breach): { sent?: unknown; got: Seen[] } {
  const status = (value: number, sent?: unknown) => ({ sent, got: [{ where: 'status', got: value, ok: false }] });
  switch (breach.kind) {
    case 'not-persisted':
    case 'altered':
    case 'not-returned':
    case 'forged-applied':
      return { sent: breach.sent, got: breach.seen };
    case 'changed':
    case 'went-back':
    case 'stood-still':
      return { sent: breach.before, got: breach.seen };
    case 'wrong-default':
    case 'default-not-returned':
      return { got: breach.seen };
    case 'wrong-first-value':
      return { sent: breach.wanted, got: [{ where: 'create response', got: breach.got, ok: false }] };
    case 'time-off':
      return { sent: breach.date, got: [{ where: breach.where, got: breach.got, ok: false }] };
    case 'converted-invalid':
      return { sent: breach.sent, got: [{ where: breach.where, got: breach.got, ok: false }] };
    case 'write-only-returned':
      return { sent: breach.sent, got: breach.seen };
    case 'older-record':
      return { got: [{ where: 'create response', got: breach.id, ok: false }] };
    case 'made-twice':
      return { sent: breach.id, got: [{ where: 'list', got: breach.twin, ok: false }] };
    case 'not-replaced':
    case 'changed-unnamed':
      return { sent: breach.sent, got: [{ where: 'get after update', got: breach.got, ok: false }] };
    case 'still-readable':
      return { got: [{ where: 'get after delete', got: breach.readStatus, ok: false }] };
    case 'still-listed':
      return { got: [{ where: 'list after delete', got: breach.id, ok: false }] };
    case 'deleted-other':
      return { got: [{ where: 'get of another record', got: breach.readStatus, ok: false }] };
    case 'wrong-parent':
      return { got: [{ where: breach.listed ? 'list' : 'get', got: breach.id, ok: false }] };
    case 'changed-other':
    case 'refused-yet-changed':
      return { sent: breach.before, got: [{ where: 'get', got: breach.got, ok: false }] };
    case 'leaked-record':
      return { sent: breach.id, got: [{ where: breach.idField, got: breach.got, ok: false }] };
    case 'accepted-invalid':
    case 'wrong-status':
    case 'other-status':
      return status(
        breach.status,
        breach.asked.of === 'invalid'
          ? breach.asked.value
          : breach.asked.of === 'query' || breach.asked.of === 'parameter'
            ? breach.asked.value
            : undefined,
      );
    case 'rejected-valid':
      return status(breach.status, breach.sent);
    case 'server-error':
      return {
        sent: breach.asked.of === 'invalid' ? breach.asked.value : undefined,
        got: [
          { where: 'status', got: breach.status, ok: false },
          ...(breach.answer === undefined || breach.answer === ''
            ? []
            : [{ where: 'answer', got: breach.answer, ok: false }]),
        ],
      };
    case 'invalid-body':
      return {
        got: [{ where: breach.at === '' ? 'body' : breach.at, got: breach.got, missing: breach.missing, ok: false }],
      };
    case 'wrong-status-in-body':
      return { got: [{ where: breach.at, got: breach.got, ok: false }] };
    case 'link-to-other-origin':
    case 'link-to-other-record':
      return {
        sent: breach.to,
        got: [{ where: breach.link, got: breach.kind === 'link-to-other-record' ? breach.got : breach.to, ok: false }],
      };
    case 'filter-ignored':
      return {
        sent: breach.value,
        got: [{ where: 'list', got: breach.got, missing: breach.got === undefined, ok: false }],
      };
    case 'bound-included':
      return { sent: breach.bound, got: [{ where: 'list', got: breach.got, ok: false }] };
    case 'page-size':
    case 'default-page-size':
      return { sent: breach.wanted, got: [{ where: 'number of records', got: breach.got, ok: false }] };
    case 'listed-twice':
      return { sent: breach.id, got: [{ where: 'list', got: `${String(breach.count + 1)} times`, ok: false }] };
    case 'lost-between-pages':
    case 'not-listed':
    case 'listed-late':
      return { sent: breach.id, got: [{ where: 'list', missing: true, ok: false }] };
    case 'id-repeated':
      return { got: [{ where: 'create response', got: breach.id, ok: false }] };
    case 'no-reference':
      return { sent: breach.id, got: [{ where: 'answer to the repeat', missing: true, ok: false }] };
    case 'field-not-named':
      return { got: [{ where: 'error', got: breach.names, missing: breach.names.length === 0, ok: false }] };
    case 'undocumented-content-type':
      return { got: [{ where: 'content-type', got: breach.type, missing: breach.type === '', ok: false }] };
    case 'missing-header':
      return { got: [{ where: breach.header, missing: true, ok: false }] };
    case 'contradicting-content-types':
      return { got: [{ where: 'content-type', got: breach.types, ok: false }] };
    case 'body-with-204':
    case 'odd-json':
    case 'wrong-order':
    case 'race':
    case 'page-ignored':
      return { got: [] };
    case 'custom':
      return { sent: breach.sent, got: breach.seen ?? [] };
    default:
      return status(breach.status);
  }
}
