import { typesOf } from '../contract/resolve.ts';
import type { Parameter } from '../contract/types.ts';
import type { Session } from './types.ts';
import { broken, pass, show } from './kit/outcome.ts';
import { listRule } from './kit/list-rule.ts';
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
  ({ list }) => {
    const { pagination } = list;
    if (!pagination) return [];
    return [pagination.page, pagination.size].flatMap((parameter) => [
      ...inside(parameter).map(({ detail, value }) => ({
        field: parameter.name,
        detail,
        title: `${list.id} answers the list to ${parameter.name}=${value}`,
        pointer: `${parameter.pointer}/schema`,
        run: async (session: Session) => {
          const exchange = await session.send({
            operation: list,
            query: [...scope(session, list), [parameter.name, value]],
          });
          const status = exchange.response?.status ?? 0;
          if (status < 400) return pass(exchange);
          return broken({
            kind: status >= 500 ? 'server-error' : 'refused-valid',
            cause: status >= 500 ? `server-error|${list.id}` : `bounds|${parameter.name}`,
            message: `${list.id} answered ${String(status)} to ${parameter.name}=${show(value)}, which is within its bounds.`,
            suggestion: `Answer the list to every ${parameter.name} that is within its bounds.`,
            field: parameter.name,
            evidence: { sent: value, got: [{ where: 'status', got: status, ok: false }] },
            exchanges: [exchange],
          });
        },
      })),
      ...outside(parameter).map(({ detail, value }) => ({
        field: parameter.name,
        detail,
        title: `${list.id} answers 400 to ${parameter.name}=${value}`,
        pointer: `${parameter.pointer}/schema`,
        run: async (session: Session) => {
          const exchange = await session.send({
            operation: list,
            query: [...scope(session, list), [parameter.name, value]],
          });
          const status = exchange.response?.status ?? 0;
          if (status === 400) return pass(exchange);
          const lenient = status === 422 && !list.responses.some((response) => response.status === '422');
          return broken({
            level: lenient ? 'SHOULD' : 'MUST',
            kind: status >= 500 ? 'server-error' : 'accepted-invalid',
            cause:
              status >= 500
                ? `server-error|${list.id}`
                : lenient
                  ? `status-422|${list.id}`
                  : `bounds|${parameter.name}`,
            message: `${list.id} answered ${String(status)} to ${parameter.name}=${show(value)}, which is outside its bounds; the contract wants 400.`,
            suggestion: `Answer 400 to a ${parameter.name} that is outside its bounds or no number.`,
            field: parameter.name,
            evidence: { sent: value, got: [{ where: 'status', got: status, ok: false }] },
            exchanges: [exchange],
          });
        },
      })),
    ]);
  },
);

/** The smallest and the biggest; a far page is past the end, and what that answers is open. */
function inside({ schema }: Parameter): { detail: string; value: string }[] {
  const found: { detail: string; value: string }[] = [];
  if (typeof schema.minimum === 'number') found.push({ detail: 'smallest', value: String(schema.minimum) });
  if (typeof schema.maximum === 'number' && schema.maximum <= 1000)
    found.push({ detail: 'biggest', value: String(schema.maximum) });
  return found;
}

function outside({ schema }: Parameter): { detail: string; value: string }[] {
  const found: { detail: string; value: string }[] = [];
  if (typeof schema.minimum === 'number')
    found.push({ detail: 'too-small', value: String(schema.minimum - 1) }, { detail: 'negative', value: '-1' });
  if (typeof schema.maximum === 'number') found.push({ detail: 'too-big', value: String(schema.maximum + 1) });
  if (typesOf(schema).includes('integer'))
    found.push({ detail: 'no-number', value: 'abc' }, { detail: 'half-number', value: '10abc' });
  return found;
}
