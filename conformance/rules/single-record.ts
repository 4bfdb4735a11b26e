import type { Outcome, Session } from './types.ts';
import { isPlain } from './kit/law.ts';
import { listRule, type ListPart } from './kit/list-rule.ts';
import { breached, notApplicable, pass } from './kit/outcome.ts';
import { control, recordsOf } from './kit/steps.ts';
import { idOf, walk } from './kit/walk.ts';

/** One create makes one record. */
export const singleRecord = listRule(
  'single-record',
  {
    title: 'one create makes one record',
    about:
      'The list is walked for records that hold the texts of one create, which no other request of any run has, and that the run did not make.',
    example: 'One POST, and the list holds two records with its values.',
    sentence: 'One create makes one record.',
  },
  (part, contract) =>
    part.resource.create
      ? [
          {
            level: isPlain(contract) ? 'SHOULD' : 'MUST',
            title: `one create makes one record in ${part.list.id}`,
            run: (session) => lookForTwin(session, part),
          },
        ]
      : [],
);

async function lookForTwin(session: Session, { resource, list }: ListPart): Promise<Outcome> {
  const { record, exchange } = await control(session, resource, 'create');
  if (!record) return notApplicable('the create response has no id');
  const walked = await walk(session, resource);
  const { token } = session.fresh(record.key);
  const has = (item: unknown): boolean => JSON.stringify(item ?? null).includes(token);
  if (!has(walked.byId.get(record.id))) return notApplicable(`${list.id} shows no text that this create alone sent`);
  const known = new Set(recordsOf(session, resource).map(({ id }) => id));
  const twin = walked.items.find((item) => !known.has(idOf(resource, item)) && has(item));
  if (twin === undefined) return pass(...walked.exchanges);
  return breached(
    { kind: 'made-twice', id: record.id, twin: idOf(resource, twin), list: list.id },
    { operation: resource.create?.id, exchanges: [exchange, ...walked.exchanges] },
  );
}
