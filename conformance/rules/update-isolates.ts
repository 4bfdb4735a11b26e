import { at } from '../contract/resolve.ts';
import type { Case, Rule, Session } from './types.ts';
import { caseId } from './kit/case-id.ts';
import { writers, type WriterOf } from './kit/each.ts';
import { breached, notTested, pass } from './kit/outcome.ts';
import { control, createdRecord, readOnce, recordsOf, succeeded, update } from './kit/steps.ts';

/** An update changes the record that it names, and no other. */
export const updateIsolates: Rule = {
  id: 'update-isolates',
  title: 'an update changes no other record',
  about: 'A record is read before and after another one is updated; nothing of it may differ.',
  example: 'After PUT on one call another call has its status.',
  sentence: 'An update changes the record that it names and no other.',
  profile: 'full',
  cases: (contract) =>
    writers(contract)
      .filter(({ writer, resource }) => writer === 'update' && resource.read)
      .map((part): Case => ({
        id: caseId('update-isolates', part.operation.id),
        level: 'MUST',
        title: `${part.operation.id} leaves other records as they were`,
        operation: part.operation.id,
        phase: 'quiet',
        everywhere: true,
        pointer: part.operation.pointer,
        writes: [
          `${part.resource.create?.id ?? ''}:bystander`,
          `${part.resource.create?.id ?? ''}:neighbour`,
          `${part.operation.id}:neighbour`,
        ],
        prepare: async (session) => {
          await updateNeighbour(session, part);
        },
        run: async (session) => {
          await control(session, part.resource, 'update');
          const { record, written } = await updateNeighbour(session, part);
          const exchange = await session.eventually(() => readOnce(session, part.resource, record.id), succeeded);
          if (!succeeded(exchange))
            return notTested('the bystander cannot be read', `read|${part.resource.read?.id ?? ''}`);
          const seen = at(exchange.response?.json, part.resource.recordAt.read);
          const updates = recordsOf(session, part.resource).filter((other) => other !== record && other.updated);
          for (const field of part.fields) {
            const pointer = field.roundTrip?.at;
            if (pointer === undefined) continue;
            const got = at(seen, pointer);
            const before = at(record.created, pointer);
            const owner = updates.find(
              (other) => other.state[field.name] === got && other.state[field.name] !== record.state[field.name],
            );
            if (JSON.stringify(got ?? null) === JSON.stringify(before ?? null)) continue;
            // A value of this run that was never sent to this record was sent to another one, by whichever case.
            const ofTheRun = typeof got === 'string' && got.includes(session.marker);
            if (!owner && (!ofTheRun || Object.hasOwn(record.state, field.name))) continue;
            return breached(
              { kind: 'changed-other', field: field.name, id: record.id, before, got, owner: owner?.id },
              { field: field.name, exchanges: [written.exchange, exchange] },
            );
          }
          return pass(exchange);
        },
      })),
};

/** The bystander is older than the update, and is read again when every update of the run is done. */
async function updateNeighbour(session: Session, { resource }: WriterOf) {
  const bystander = await createdRecord(session, resource, 'bystander');
  const { record } = await createdRecord(session, resource, 'neighbour');
  await update(session, resource, record, 'neighbour');
  return bystander;
}
