import { at, isObject } from '../contract/resolve.ts';
import type { RequestField, Resource } from '../contract/types.ts';
import type { Case, Outcome, Rule, Session } from './types.ts';
import { caseId } from './kit/case-id.ts';
import { writers, type WriterOf } from './kit/each.ts';
import { isEqual } from './kit/equality.ts';
import { mutationsOf } from './kit/mutations.ts';
import { breached, notApplicable, notTested, pass } from './kit/outcome.ts';
import { refusalTarget, sendMutation, untouched } from './kit/refusal.ts';
import { createdRecord, readOnce, succeeded } from './kit/steps.ts';
import { walk } from './kit/walk.ts';

/** What was refused was not written, wholly or in part. */
export const refusedLeavesNoTrace: Rule = {
  id: 'refused-leaves-no-trace',
  title: 'a refused write leaves no trace',
  about:
    'Every refused write of the run carried a text of its own. Refused creates are looked for in the list; the record that every refused update was aimed at is read again.',
  example: 'POST with a bad rate is answered with 400, and the call stands in the list.',
  sentence: 'A refused write leaves no trace.',
  profile: 'core',
  cases: (contract) =>
    writers(contract)
      .filter(({ resource, writer }) => (writer === 'create' ? resource.list : resource.read))
      .map((part): Case => ({
        id: caseId('refused-leaves-no-trace', part.operation.id),
        level: 'MUST',
        title: `what ${part.operation.id} refused was not written`,
        operation: part.operation.id,
        phase: 'quiet',
        everywhere: true,
        pointer: part.operation.pointer,
        writes: [`${part.operation.id}:required-missing:${part.fields[0]?.name ?? ''}:missing`],
        prepare: async (session) => {
          // At least one refusal, however few cases were selected.
          const mutation = fieldsFoundFirst(part)
            .flatMap((field) => mutationsOf(contract, field))
            .find(({ level }) => level === 'MUST');
          if (mutation) await sendMutation(session, part.resource, part.writer, mutation);
        },
        run: (session) => (part.writer === 'create' ? inList(session, part) : onRecord(session, part)),
      })),
};

/** A trace without the property that the list is filtered by would not be seen there. */
function fieldsFoundFirst({ resource, fields }: WriterOf): RequestField[] {
  const filtered = new Set(resource.list?.parameters.map(({ filtersBy }) => filtersBy));
  return [...fields].sort((a, b) => Number(filtered.has(a.name)) - Number(filtered.has(b.name)));
}

async function inList(session: Session, { resource, operation }: WriterOf): Promise<Outcome> {
  const writes = session.refused.filter((write) => write.operation === operation.id);
  if (writes.length === 0) return notApplicable('nothing was refused');
  const walked = await walk(session, resource);
  const found = markersIn(JSON.stringify(walked.items), session.marker, writes);
  const traces = writes.filter(({ marker }) => found.has(marker));
  if (traces.length > 0) return traced(traces);
  return walked.complete ? pass(...walked.exchanges.slice(0, 1)) : pass();
}

/** A list may hold thousands of earlier records: it is read once, and not once for each refused write. */
function markersIn(text: string, beginning: string, writes: Session['refused']): Set<string> {
  const markers = new Set(writes.map(({ marker }) => marker));
  const lengths = new Set(Array.from(markers, (marker) => marker.length));
  const found = new Set<string>();
  for (let at = text.indexOf(beginning); at >= 0; at = text.indexOf(beginning, at + 1))
    for (const length of lengths) {
      const candidate = text.slice(at, at + length);
      if (markers.has(candidate)) found.add(candidate);
    }
  return found;
}

async function onRecord(session: Session, { resource, operation, fields }: WriterOf): Promise<Outcome> {
  const { record } = await createdRecord(session, resource, refusalTarget);
  const writes = session.refused.filter((write) => write.operation === operation.id);
  if (writes.length === 0) return notApplicable('nothing was refused');
  const exchange = await session.eventually(() => readOnce(session, resource, record.id), succeeded);
  if (!succeeded(exchange)) return notTested('the record cannot be read', `read|${resource.read?.id ?? ''}`);
  const seen = at(exchange.response?.json, resource.recordAt.read);
  const text = JSON.stringify(seen ?? null);
  const traces = writes.filter(({ marker }) => text.includes(marker));
  if (traces.length > 0) return traced(traces, record.id);
  const accepted = await session.once(`dirty:${operation.id}`, () => Promise.resolve(false));
  if (accepted) return pass(exchange);
  const moved = await movedInstant(session, resource, seen);
  if (moved)
    return breached(
      {
        kind: 'refused-yet-changed',
        field: moved.field,
        id: record.id,
        before: moved.before,
        got: moved.after,
      },
      { field: moved.field, exchanges: [exchange] },
    );
  // A part without a text of its own (a number, a value of a list) shows only against what was written.
  for (const field of fields) {
    const trip = field.roundTrip;
    if (!trip) continue;
    const got = at(seen, trip.at);
    const created = at(record.created, trip.at);
    if (got == null || created === undefined || isEqual(created, got, trip.equality, trip.ignore)) continue;
    const sent = record.state[field.name];
    if (sent !== undefined && isEqual(sent, got, trip.equality, trip.ignore)) continue;
    const source = writes.find((write) =>
      isEqual(sentIn(write.exchange.request.body, field.name), got, 'exact', trip.ignore),
    );
    if (!source) continue;
    return traced([{ ...source, field: source.field ?? field.name }], record.id);
  }
  return pass(exchange);
}

/** An instant that each write moves on, and that has moved although nothing was to be written. */
async function movedInstant(
  session: Session,
  resource: Resource,
  seen: unknown,
): Promise<{ field: string; before: unknown; after: unknown } | undefined> {
  const first = await untouched(session, resource);
  if (!first || !succeeded(first)) return undefined;
  const before = at(first.response?.json, resource.recordAt.read);
  for (const { name, advances } of resource.recordFields) {
    if (!advances || !isObject(before) || !isObject(seen)) continue;
    if (typeof before[name] === 'string' && typeof seen[name] === 'string' && before[name] !== seen[name])
      return { field: name, before: before[name], after: seen[name] };
  }
  return undefined;
}

function sentIn(body: string | undefined, name: string): unknown {
  try {
    return at(JSON.parse(body ?? 'null'), `/${name}`);
  } catch {
    return undefined;
  }
}

/** @param id the record that shows it; nothing for the list */
function traced(traces: Session['refused'], id?: string): Outcome {
  const first = traces[0];
  return breached(
    {
      kind: 'refused-yet-stored',
      status: first?.exchange.response?.status ?? 0,
      asked: { of: 'fact', fact: first?.what ?? '' },
      ...(id === undefined ? { listed: true } : { id }),
      more: traces.length - 1,
    },
    { field: traces.length === 1 ? first?.field : undefined, exchanges: first ? [first.exchange] : [] },
  );
}
