import { typesOf } from '../contract/resolve.ts';
import type { Parameter } from '../contract/types.ts';
import type { Outcome } from './types.ts';
import { explanationOf } from './kit/explanation.ts';
import { isPlain, isServerError } from './kit/law.ts';
import { broken, notTested, pass, show } from './kit/outcome.ts';
import { listRule, type ListCase } from './kit/list-rule.ts';
import { scope } from './kit/walk.ts';

/** Query parameters outside their bounds are refused. */
export const listBounds = listRule(
  'list-bounds',
  {
    title: 'a page or size outside its bounds answers 400',
    about: 'Page and size are asked for at their bounds, one below, one above, and as no number.',
    example: 'A page size of 101, where 100 is the most, is answered with 200.',
    sentence: 'A page or page size that is outside its bounds or no number is answered with 400.',
  },
  ({ list }, contract) => {
    const plain = isPlain(contract);
    const { pagination } = list;
    if (!pagination) return [];
    return [pagination.page, pagination.size].flatMap((parameter) => {
      const boundsCase = (
        { detail, value }: Bound,
        title: string,
        judge: (status: number) => Wrong | undefined,
      ): ListCase => ({
        field: parameter.name,
        detail,
        title: `${list.id} answers ${title} to ${parameter.name}=${value}`,
        pointer: `${parameter.pointer}/schema`,
        run: async (session) => {
          const query: [string, string][] = [...scope(session, list), [parameter.name, value]];
          const exchange = await session.send({ operation: list, query });
          const status = exchange.response?.status ?? 0;
          const wrong = judge(status);
          if (!wrong) return pass(exchange);
          if (plain && status >= 300 && !isServerError(contract, exchange))
            return wrong.kind === 'accepted-invalid' && status >= 400
              ? pass(exchange)
              : notTested(
                  `${list.id} answered ${String(status)}${explanationOf(exchange).said} to ${parameter.name}=${value}`,
                );
          const { says, ...details } = wrong;
          return broken({
            ...details,
            ...(plain && status < 300 ? { level: 'SHOULD' as const } : {}),
            ...(status >= 500 ? { kind: 'server-error', cause: `server-error|${list.id}` } : {}),
            message: `${list.id} answered ${String(status)} to ${parameter.name}=${show(value)}, which is ${says}.`,
            field: parameter.name,
            evidence: { sent: value, got: [{ where: 'status', got: status, ok: false }] },
            exchanges: [exchange],
          });
        },
      });
      return [
        ...inside(parameter).map((bound) =>
          boundsCase(bound, 'the list', (status) =>
            status < 400
              ? undefined
              : {
                  kind: 'refused-valid',
                  cause: `bounds|${parameter.name}`,
                  says: 'within its bounds',
                  suggestion: `Answer the list to every ${parameter.name} that is within its bounds.`,
                },
          ),
        ),
        ...outside(parameter).map((bound) =>
          boundsCase(bound, '400', (status) => {
            if (status === 400) return undefined;
            const lenient = status === 422 && !list.responses.some((response) => response.status === '422');
            return {
              level: lenient ? 'SHOULD' : 'MUST',
              kind: 'accepted-invalid',
              cause: lenient ? `status-422|${list.id}` : `bounds|${parameter.name}`,
              says: 'outside its bounds; the contract wants 400',
              suggestion: `Answer 400 to a ${parameter.name} that is outside its bounds or no number.`,
            };
          }),
        ),
      ];
    });
  },
);

interface Wrong extends Pick<Outcome, 'level' | 'cause' | 'suggestion'> {
  kind: string;
  /** What the value is, as a clause. */
  says: string;
}

interface Bound {
  /** Tells its case from the others. */
  detail: string;
  value: string;
}

/** The smallest and the biggest; a far page is past the end, and what that answers is open. */
function inside({ schema }: Parameter): Bound[] {
  const found: Bound[] = [];
  if (typeof schema.minimum === 'number') found.push({ detail: 'smallest', value: String(schema.minimum) });
  if (typeof schema.maximum === 'number' && schema.maximum <= 1000)
    found.push({ detail: 'biggest', value: String(schema.maximum) });
  return found;
}

function outside({ schema }: Parameter): Bound[] {
  const found: Bound[] = [];
  if (typeof schema.minimum === 'number')
    found.push({ detail: 'too-small', value: String(schema.minimum - 1) }, { detail: 'negative', value: '-1' });
  if (typeof schema.maximum === 'number') found.push({ detail: 'too-big', value: String(schema.maximum + 1) });
  if (typesOf(schema).includes('integer'))
    found.push({ detail: 'no-number', value: 'abc' }, { detail: 'half-number', value: '10abc' });
  return found;
}
