import { typesOf } from '../contract/resolve.ts';
import type { Operation, Parameter } from '../contract/types.ts';
import type { Asked, Breach, Exchange } from '../model/index.ts';
import { serverError } from './kit/answers.ts';
import { explanationOf } from './kit/explanation.ts';
import { isPlain, isServerError } from './kit/law.ts';
import { breached, notTested, pass } from './kit/outcome.ts';
import { listRule, type ListCase } from './kit/list-rule.ts';
import { documentedSuccess } from './kit/steps.ts';
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
      const boundsCase = (bound: Bound, title: string, right: (status: number) => boolean): ListCase => ({
        field: parameter.name,
        detail: bound.detail,
        title: `${list.id} answers ${title} to ${parameter.name}=${bound.value}`,
        pointer: `${parameter.pointer}/schema`,
        run: async (session) => {
          const query: [string, string][] = [...scope(session, list), [parameter.name, bound.value]];
          const exchange = await session.send({ operation: list, query });
          const status = exchange.response?.status ?? 0;
          if (right(status)) return pass(exchange);
          if (plain && status >= 300 && !isServerError(contract, exchange))
            return !bound.within && status >= 400
              ? pass(exchange)
              : notTested(
                  `${list.id} answered ${String(status)}${explanationOf(exchange).said} to ${parameter.name}=${bound.value}`,
                );
          const lenient = !bound.within && isUndocumented422(list, status);
          return breached(breachAt(list, parameter, bound, exchange), {
            ...((plain && status < 300) || lenient ? { level: 'SHOULD' as const } : {}),
            field: parameter.name,
            exchanges: [exchange],
          });
        },
      });
      return [
        ...inside(parameter).map((bound) => boundsCase(bound, 'the list', (status) => status < 400)),
        ...outside(parameter).map((bound) => boundsCase(bound, '400', (status) => status === 400)),
      ];
    });
  },
);

function isUndocumented422(list: Operation, status: number): boolean {
  return status === 422 && !list.responses.some((response) => response.status === '422');
}

function breachAt(list: Operation, { name }: Parameter, { value, detail, within }: Bound, exchange: Exchange): Breach {
  const status = exchange.response?.status ?? 0;
  const asked: Asked = { of: 'query', name, value, ...(within ? { within } : { bound: detail }) };
  if (status >= 500) return serverError(exchange, asked);
  if (within) return { kind: 'rejected-valid', status, asked, documented: documentedSuccess(list) };
  const expected = ['400'];
  if (isUndocumented422(list, status)) return { kind: 'other-status', status, expected, asked };
  return { kind: status < 300 ? 'accepted-invalid' : 'wrong-status', status, expected, asked };
}

interface Bound {
  /** Tells its case from the others. */
  detail: string;
  value: string;
  within: boolean;
}

/** The smallest and the biggest; a far page is past the end, and what that answers is open. */
function inside({ schema }: Parameter): Bound[] {
  const found: Bound[] = [];
  if (typeof schema.minimum === 'number')
    found.push({ detail: 'smallest', value: String(schema.minimum), within: true });
  if (typeof schema.maximum === 'number' && schema.maximum <= 1000)
    found.push({ detail: 'biggest', value: String(schema.maximum), within: true });
  return found;
}

function outside({ schema }: Parameter): Bound[] {
  const found: Bound[] = [];
  if (typeof schema.minimum === 'number')
    found.push(
      { detail: 'too-small', value: String(schema.minimum - 1), within: false },
      { detail: 'negative', value: '-1', within: false },
    );
  if (typeof schema.maximum === 'number')
    found.push({ detail: 'too-big', value: String(schema.maximum + 1), within: false });
  if (typesOf(schema).includes('integer'))
    found.push(
      { detail: 'no-number', value: 'abc', within: false },
      { detail: 'half-number', value: '10abc', within: false },
    );
  return found;
}
