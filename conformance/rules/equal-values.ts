import { at } from '../contract/resolve.ts';
import type { Exchange } from '../model/index.ts';
import type { Case, Outcome, Rule, Session, StoredRecord } from './types.ts';
import { caseId } from './kit/case-id.ts';
import { judgePlaces } from './kit/compare.ts';
import { writers, type WriterOf } from './kit/each.ts';
import { isPlain } from './kit/law.ts';
import { breached, notApplicable, notTested, pass } from './kit/outcome.ts';
import { body, createdRecord, read, readBack, refused, refusedMarker, remember, succeeded } from './kit/steps.ts';

/** Records with equal values of the client are records of their own, or the second one is refused. */
export const equalValues: Rule = {
  id: 'equal-values',
  title: 'records with equal client values stay apart',
  about:
    'A second create carries the identifiers of a first one (all of its values, where the contract knows no identifiers). Refusing it with a 4xx and making a record of its own are both right. An update of the second record then leaves the first one as it was.',
  example: 'The second create is answered with 201 and the record of the first one.',
  sentence: 'Two creates with equal client values are refused, or make two records with data of their own.',
  profile: 'full',
  cases: (contract) =>
    writers(contract)
      .filter(({ resource, fields }) => {
        // A client that names its records says by that name which one it means.
        const names = resource.createFields.some(({ name }) => name === resource.idField);
        return resource.create && resource.read && fields.length > 0 && !names;
      })
      .map((part): Case => ({
        id: caseId('equal-values', part.operation.id),
        level: isPlain(contract) ? 'SHOULD' : 'MUST',
        title:
          part.writer === 'create'
            ? `two creates with equal values make two records, or the second is refused`
            : `${part.operation.id} changes one of two records with equal values`,
        operation: part.operation.id,
        phase: 'write',
        pointer: part.operation.pointer,
        writes: [
          `${part.resource.create?.id ?? ''}:equal:0`,
          `${part.resource.create?.id ?? ''}:equal:1`,
          ...(part.writer === 'update' ? [`${part.operation.id}:equal`] : []),
        ],
        run: (session) => (part.writer === 'create' ? judgeCreates(session, part) : judgeUpdate(session, part)),
      })),
};

interface Twins {
  first: StoredRecord;
  made: Exchange;
  /** What the second create has in common with the first. */
  common: Record<string, unknown>;
  again: Exchange;
  /** The id that the second create was answered with. */
  id: unknown;
  second?: StoredRecord;
}

/** Two creates, once per run. */
function twins(session: Session, { resource }: WriterOf): Promise<Twins> {
  return session.once(`equal-values:${resource.create?.id ?? ''}`, async () => {
    const { record: first, written } = await createdRecord(session, resource, 'equal-first');
    const operation = resource.create;
    if (!operation) throw new Error('the resource has no create operation');
    const identifiers = resource.createFields.filter(({ schema }) => schema['x-ringtrue-generate'] === 'identifier');
    const names = identifiers.length > 0 ? identifiers.map(({ name }) => name) : Object.keys(written.body);
    const common = Object.fromEntries(Object.entries(written.body).filter(([name]) => names.includes(name)));
    const json = body(session, resource, 'create', 'equal-second', { set: common });
    // Which status refuses a repeat is open.
    const again = await session.send({ operation, json, judge: 'success' });
    const id = at(again.response?.json, resource.idPointer);
    const second =
      succeeded(again) && String(id) !== first.id
        ? remember(session, resource, 'equal-second', json, again)
        : undefined;
    refusedMarker(session, operation, again, 'equal-second', 'the values of an earlier record are repeated');
    return { first, made: written.exchange, common, again, id, second };
  });
}

async function judgeCreates(session: Session, part: WriterOf): Promise<Outcome> {
  const { resource, operation } = part;
  const { first, made, common, again, id, second } = await twins(session, part);
  if (refused(again)) return pass(made, again);
  const status = again.response?.status ?? 0;
  if (!succeeded(again))
    return notTested(
      `${operation.id} answered ${String(status)} to values that an earlier record has`,
      `server-error|${operation.id}`,
    );
  if (String(id) === first.id) {
    // 201 says that something new was made (RFC 9110 section 15.3.2); another 2xx a plain document may mean as it is.
    if (isPlain(session.contract) && status !== 201)
      return notApplicable(
        `${operation.id} answered ${String(status)} and the earlier record, which the document does not forbid`,
      );
    return breached(
      { kind: 'older-record', status, id: first.id, shared: Object.keys(common) },
      { exchanges: [made, again] },
    );
  }
  if (!second) return notApplicable('the create response has no id');
  for (const record of [first, second]) {
    const { exchange, seen } = await readBack(session, resource, record);
    const place = { way: 'get', record: seen, exchange, operation: resource.read?.id ?? operation.id };
    for (const field of part.fields) {
      if (!field.roundTrip?.ways.includes('read') || !Object.hasOwn(record.state, field.name)) continue;
      const outcome = judgePlaces(session, resource, field, record.state[field.name], [place], record);
      if (outcome.status === 'broken') return { ...outcome, exchanges: [made, again, exchange] };
    }
  }
  return pass(made, again);
}

async function judgeUpdate(session: Session, part: WriterOf): Promise<Outcome> {
  const { resource, operation } = part;
  const { first, common, second } = await twins(session, part);
  if (!second) return notApplicable('the target makes no two records with equal values');
  const before = await readBack(session, resource, first);
  await readBack(session, resource, second);
  const named = new Set(part.fields.map(({ name }) => name));
  const set = Object.fromEntries(Object.entries(common).filter(([name]) => named.has(name)));
  const identical = Object.keys(common).length === Object.keys(first.state).length;
  const json = body(session, resource, 'update', 'equal-update', identical ? {} : { set });
  const written = await session.send({
    operation,
    pathParameters: { [resource.idParameter]: second.id },
    json,
    judge: 'success',
  });
  if (!succeeded(written))
    return notApplicable(
      `${operation.id} answered ${String(written.response?.status)} to values that another record has`,
    );
  second.before = second.state;
  second.state = { ...second.state, ...json };
  second.updated = true;
  second.version += 1;
  await read(session, resource, second);
  // Not from memory: the first record is read anew.
  first.version += 1;
  const after = await readBack(session, resource, first);
  for (const { name, roundTrip } of part.fields) {
    if (!roundTrip?.ways.includes('read')) continue;
    const [was, is] = [at(before.seen, roundTrip.at) ?? null, at(after.seen, roundTrip.at) ?? null];
    if (JSON.stringify(was) === JSON.stringify(is)) continue;
    return breached(
      {
        kind: 'changed-other',
        field: name,
        id: first.id,
        before: was,
        got: is,
        owner: second.id,
        shared: Object.keys(common),
      },
      { field: name, exchanges: [before.exchange, written, after.exchange] },
    );
  }
  return pass(before.exchange, written, after.exchange);
}
