import type { Case, Outcome, Rule, Session } from './types.ts';
import { caseId } from './kit/case-id.ts';
import { serverError } from './kit/answers.ts';
import { judgePlaces } from './kit/compare.ts';
import { writers, type WriterOf } from './kit/each.ts';
import { explanationOf } from './kit/explanation.ts';
import { isPlain, isServerError } from './kit/law.ts';
import { breached, notApplicable, notTested, pass } from './kit/outcome.ts';
import { places } from './kit/places.ts';
import { control, create, documentedSuccess, read, readBack, succeeded } from './kit/steps.ts';

const count = 8;

/** Records that are created at once are all there, each with its own data. */
export const concurrentCreates: Rule = {
  id: 'concurrent-creates',
  title: 'records that are created at once do not mix',
  about:
    'Eight creates are sent at once, each with its own value in every property; each record is then read back on its own.',
  example: 'Two records that were created at once carry the same value, although each was sent its own.',
  sentence: 'Records that are created at once are all stored, each with its own data.',
  profile: 'full',
  cases: (contract) =>
    writers(contract)
      .filter(({ writer }) => writer === 'create')
      .map((part): Case => ({
        id: caseId('concurrent-creates', part.operation.id),
        level: 'MUST',
        title: `${String(count)} creates at once give ${String(count)} records, each with its own data`,
        operation: part.operation.id,
        phase: 'write',
        pointer: part.operation.pointer,
        writes: Array.from({ length: count }, (_, index) => `${part.operation.id}:concurrent:${String(index)}`),
        run: (session) => race(session, part),
      })),
};

async function race(session: Session, part: WriterOf): Promise<Outcome> {
  const before = await control(session, part.resource, 'create');
  // If no record can be read at all, nothing is lost by concurrency.
  if (before.record && part.resource.read) await readBack(session, part.resource, before.record);
  const written = await Promise.all(
    Array.from({ length: count }, (_, index) => create(session, part.resource, `concurrent-${String(index)}`)),
  );
  const failed = written.find(({ ok }) => !ok);
  if (failed) {
    const status = failed.exchange.response?.status ?? 0;
    if (isPlain(session.contract) && !isServerError(session.contract, failed.exchange))
      return notTested(
        `${part.operation.id} answered ${String(status)}${explanationOf(failed.exchange).said} to one of several creates at once`,
      );
    return breached(
      status >= 500
        ? serverError(failed.exchange, { of: 'race', count })
        : {
            kind: 'rejected-valid',
            status,
            asked: { of: 'race', count },
            documented: documentedSuccess(part.operation),
          },
      { exchanges: [failed.exchange] },
    );
  }
  const ids = written.map(({ record }) => record?.id);
  if (ids.some((id) => id === undefined)) return notApplicable('the create response returns no id');
  const twin = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twin !== undefined)
    return breached(
      { kind: 'id-repeated', idField: part.resource.idField, id: twin, atOnce: count },
      { field: part.resource.idField, exchanges: written.map(({ exchange }) => exchange).slice(0, 3) },
    );
  const exchanges = [];
  for (const one of written) {
    if (!one.record) continue;
    if (part.resource.read) {
      const found = await read(session, part.resource, one.record);
      if (!succeeded(found))
        return breached(
          {
            kind: 'lost',
            id: one.record.id,
            status: found.response?.status ?? 0,
            atOnce: count,
            read: part.resource.read.id,
          },
          { exchanges: [one.exchange, found] },
        );
    }
    const found = await places(session, part, one, one.record);
    exchanges.push(...found.map(({ exchange }) => exchange));
    for (const field of part.fields) {
      if (!field.roundTrip || !Object.hasOwn(one.body, field.name)) continue;
      const { ways } = field.roundTrip;
      const looked = found.filter(({ way }) => ways.includes(way === 'get' ? 'read' : 'create'));
      const outcome = judgePlaces(session, part.resource, field, one.body[field.name], looked, one.record);
      if (outcome.status === 'broken') return outcome;
    }
  }
  return pass(...exchanges.slice(0, 3));
}
