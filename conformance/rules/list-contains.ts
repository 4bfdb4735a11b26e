import type { Contract, Operation } from '../contract/types.ts';
import { isPlain } from './kit/law.ts';
import { broken, notTested, pass, show } from './kit/outcome.ts';
import { listRule } from './kit/list-rule.ts';
import { recordsOf } from './kit/steps.ts';
import { idOf, walk } from './kit/walk.ts';

/** A list that takes a query may leave records out by a default of its own, which the document need not say. */
function mayLeaveOut(contract: Contract, list: Operation): boolean {
  const known = [list.pagination?.page.name, list.pagination?.size.name];
  return isPlain(contract) && list.parameters.some((one) => one.in === 'query' && !known.includes(one.name));
}

/** Every record that was created stands in the list. */
export const listContains = listRule(
  'list-contains',
  {
    title: 'the list holds every record that was created',
    about: 'When all writing is done the list is walked, and every record of the run is looked for.',
    example: 'A call that GET answers is in no page of the list.',
    sentence: 'The list holds every record that was created.',
  },
  ({ resource, list }) => [
    {
      title: `${list.id} holds every record that the run created`,
      run: async (session) => {
        const walked = await walk(session, resource);
        if (walked.items.length > 0 && walked.items.every((item) => idOf(resource, item) === ''))
          return notTested(`the list tells no ${resource.idField}`, `value|${resource.idField}`);
        const expected = recordsOf(session, resource).filter(({ unexpected }) => unexpected !== true);
        const lost = expected.filter(({ id }) => !walked.byId.has(id));
        if (lost.length === 0) return pass(...walked.exchanges);
        if (!walked.complete)
          return notTested(
            `${String(lost.length)} records were not found within the first ${String(walked.pages)} pages, where the walk ends`,
          );
        return broken({
          ...(mayLeaveOut(session.contract, list) ? { level: 'SHOULD' as const } : {}),
          kind: 'not-listed',
          cause: `list-lost|${list.id}`,
          message: `${list.id} was walked to its end (${String(walked.pages)} ${walked.pages === 1 ? 'page' : 'pages'}, ${String(walked.items.length)} items) and does not hold ${String(lost.length)} of the ${String(expected.length)} records that were created, such as ${show(lost[0]?.id)}.`,
          suggestion: 'List every record that was created.',
          severity: 'critical',
          evidence: { sent: lost[0]?.id, got: [{ where: 'list', missing: true, ok: false }] },
          exchanges: walked.exchanges,
        });
      },
    },
  ],
);
