import { at, isObject } from '../contract/resolve.ts';
import type { Operation, Resource } from '../contract/types.ts';
import type { Exchange } from '../model/index.ts';
import type { Case, Outcome, Rule, Session, StoredRecord } from './types.ts';
import { serverError } from './kit/answers.ts';
import { caseId } from './kit/case-id.ts';
import { makeable } from './kit/each.ts';
import { explanationOf } from './kit/explanation.ts';
import { isServerError } from './kit/law.ts';
import { breached, notApplicable, notTested, pass, show } from './kit/outcome.ts';
import { createdRecord, readOnce, standingRecord, succeeded } from './kit/steps.ts';
import { idOf, largestPage, walkWith } from './kit/walk.ts';

/** A record that was deleted is gone, and no other one with it (RFC 9110 section 9.3.5). */
export const deleteRemoves: Rule = {
  id: 'delete-removes',
  title: 'a deleted record is gone, and no other one',
  about:
    'A record is made for it and deleted; then it is read, looked for in the list and deleted once more, and records that were made before and after it are read. A record that says of itself that it is deleted, by a property or a state of the document, may still be read.',
  example: 'DELETE is answered with 204, and GET of the record with 200.',
  sentence: 'A record that was deleted is neither read nor listed, and no other record is gone with it.',
  profile: 'full',
  cases: (contract) =>
    makeable(contract).flatMap((resource): Case[] => {
      const operation = resource.delete;
      if (!operation) return [];
      const caseOf = (detail: string | undefined, title: string, run: Case['run']): Case => ({
        id: caseId('delete-removes', operation.id, detail),
        level: 'MUST',
        title,
        operation: operation.id,
        phase: 'write',
        pointer: operation.pointer,
        writes: [
          ...['before', 'gone', 'after'].map((key) => `${resource.create?.id ?? ''}:delete-${key}`),
          `${operation.id}:delete`,
          ...(detail === 'again' ? [`${operation.id}:delete-again`] : []),
        ],
        run,
      });
      return [
        ...(resource.read
          ? [
              caseOf(undefined, `what ${operation.id} removed is not read`, (session) =>
                unread(session, resource, operation),
              ),
              caseOf('others', `${operation.id} removes no other record`, (session) =>
                others(session, resource, operation),
              ),
            ]
          : [
              caseOf(undefined, `${operation.id} takes the record that was made for it`, (session) =>
                taken(session, resource, operation),
              ),
            ]),
        ...(resource.list
          ? [
              caseOf('list', `what ${operation.id} removed is not listed`, (session) =>
                unlisted(session, resource, operation),
              ),
            ]
          : []),
        caseOf('again', `${operation.id} of a record that is gone earns no 5xx`, (session) =>
          again(session, resource, operation),
        ),
      ];
    }),
};

interface Deleted {
  record: StoredRecord;
  neighbours: StoredRecord[];
  exchange: Exchange;
}

/** The one DELETE that all cases look at. */
function deleted(session: Session, resource: Resource, operation: Operation): Promise<Deleted> {
  return session.once(`deleted:${operation.id}`, async () => {
    const before = await standingRecord(session, resource, 'delete-before');
    const { record } = await createdRecord(session, resource, 'delete-gone');
    const after = await standingRecord(session, resource, 'delete-after');
    if (resource.read) await readOnce(session, resource, record.id);
    const exchange = await session.send({
      operation,
      pathParameters: { [resource.idParameter]: record.id },
      valid: true,
    });
    // Nothing is expected of it any more, wherever records of the run are looked for.
    if (succeeded(exchange)) {
      record.unexpected = true;
      session.records.splice(session.records.indexOf(record), 1);
    }
    return { record, neighbours: [before, after], exchange };
  });
}

/** A refused DELETE proves nothing on a plain document. */
function refusedDelete(session: Session, operation: Operation, exchange: Exchange): Outcome | undefined {
  if (succeeded(exchange)) return undefined;
  const status = exchange.response?.status ?? 0;
  const message = `${operation.id} answered ${String(status)}${explanationOf(exchange).said} for a record that the run made`;
  if (!isServerError(session.contract, exchange)) return notTested(message, `delete|${operation.id}`);
  return breached(serverError(exchange, { of: 'valid' }), { exchanges: [exchange] });
}

async function taken(session: Session, resource: Resource, operation: Operation): Promise<Outcome> {
  const { exchange } = await deleted(session, resource, operation);
  return refusedDelete(session, operation, exchange) ?? pass(exchange);
}

async function unread(session: Session, resource: Resource, operation: Operation): Promise<Outcome> {
  const { record, exchange } = await deleted(session, resource, operation);
  const refused = refusedDelete(session, operation, exchange);
  if (refused) return refused;
  const read = await session.eventually(
    () => readOnce(session, resource, record.id),
    (answer) => !succeeded(answer),
  );
  if (!succeeded(read)) return pass(exchange, read);
  if (saysItIsGone(record, at(read.response?.json, resource.recordAt.read)))
    return { ...pass(exchange, read), message: 'the record says of itself that it is deleted' };
  // 202 promises no more than that it will be done (RFC 9110 section 15.3.3).
  if (exchange.response?.status === 202)
    return notTested(
      `${operation.id} answered 202, and the record is not gone yet; --consistency SECONDS waits for it`,
    );
  return breached(
    {
      kind: 'still-readable',
      status: exchange.response?.status ?? 0,
      id: record.id,
      read: resource.read?.id ?? operation.id,
      readStatus: read.response?.status ?? 0,
    },
    { exchanges: [exchange, read] },
  );
}

async function others(session: Session, resource: Resource, operation: Operation): Promise<Outcome> {
  const { record, neighbours, exchange } = await deleted(session, resource, operation);
  const refused = refusedDelete(session, operation, exchange);
  if (refused) return refused;
  for (const neighbour of neighbours) {
    const read = await session.eventually(() => readOnce(session, resource, neighbour.id), succeeded);
    if (succeeded(read) || ![404, 410].includes(read.response?.status ?? 0)) continue;
    return breached(
      {
        kind: 'deleted-other',
        id: record.id,
        other: neighbour.id,
        read: resource.read?.id ?? operation.id,
        readStatus: read.response?.status ?? 0,
      },
      { exchanges: [exchange, read] },
    );
  }
  return pass(exchange);
}

async function unlisted(session: Session, resource: Resource, operation: Operation): Promise<Outcome> {
  const { record, exchange } = await deleted(session, resource, operation);
  const refused = refusedDelete(session, operation, exchange);
  const { list } = resource;
  if (refused || !list) return refused ?? notApplicable('there is no list');
  const find = async (): Promise<{ item: unknown; exchanges: Exchange[] }> => {
    const walked = await walkWith(session, resource, largestPage(list));
    return { item: walked.items.find((one) => idOf(resource, one) === record.id), exchanges: walked.exchanges };
  };
  const { item, exchanges } = await session.eventually(find, (found) => found.item === undefined);
  if (item === undefined || saysItIsGone(record, item)) return pass(exchange, ...exchanges);
  if (exchange.response?.status === 202)
    return notTested(`${operation.id} answered 202, and the record is still listed`);
  return breached(
    { kind: 'still-listed', status: exchange.response?.status ?? 0, id: record.id, list: list.id },
    { exchanges: [exchange, ...exchanges] },
  );
}

async function again(session: Session, resource: Resource, operation: Operation): Promise<Outcome> {
  const { record, exchange } = await deleted(session, resource, operation);
  const refused = refusedDelete(session, operation, exchange);
  if (refused) return refused;
  const second = await session.send({ operation, pathParameters: { [resource.idParameter]: record.id } });
  if (!isServerError(session.contract, second)) return pass(second);
  return breached(serverError(second, { of: 'fact', fact: `the record ${show(record.id)} is deleted already` }), {
    exchanges: [exchange, second],
  });
}

/** Names and values by which a record says that it is deleted: a property that was not so before. */
function saysItIsGone(record: StoredRecord, seen: unknown): boolean {
  if (!isObject(seen)) return false;
  const before = isObject(record.created) ? record.created : {};
  return Object.entries(seen).some(([name, value]) => {
    if (JSON.stringify(before[name]) === JSON.stringify(value) || value === null || value === false) return false;
    if (/delet|remov|archiv|trash|discard/i.test(name)) return true;
    if (/^(is_?)?(active|enabled)$/i.test(name)) return value === false;
    return (
      typeof value === 'string' &&
      /^(deleted|removed|archived|trashed|cancell?ed|inactive|disabled|deleting)$/i.test(value)
    );
  });
}
