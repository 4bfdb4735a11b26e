import { typesOf } from '../contract/resolve.ts';
import type { Operation } from '../contract/types.ts';
import type { Asked, Exchange } from '../model/index.ts';
import type { Ask, Case, Outcome, Rule } from './types.ts';
import { serverError } from './kit/answers.ts';
import { caseId } from './kit/case-id.ts';
import { jsonWriters, operationsOf, writers } from './kit/each.ts';
import { breached, pass, show } from './kit/outcome.ts';
import { refusalTarget } from './kit/refusal.ts';
import { body, control, remember, standingRecord, succeeded } from './kit/steps.ts';
import { scope } from './kit/walk.ts';

/** Odd input earns a success or a refusal, and never a 5xx. */
export const robustInput: Rule = {
  id: 'robust-input',
  title: 'odd input never earns a 5xx',
  about:
    'Very long texts, control characters, lone surrogates, deep and wide JSON, prototype keys, null for optional properties, odd ids and odd query values: taking and refusing them are both right.',
  example: 'POST with a NUL character in a text is answered with 500.',
  sentence: 'No input earns a 5xx.',
  profile: 'full',
  cases: (contract) => [
    ...jsonWriters(contract).flatMap((part) =>
      oddBodies.map(({ id, what, make }): Case => ({
        id: caseId('robust-input', part.operation.id, id),
        level: 'MUST',
        title: `${part.operation.id} answers no 5xx when ${what}`,
        operation: part.operation.id,
        phase: 'write',
        pointer: part.operation.requestBody?.pointer ?? part.operation.pointer,
        writes: [`${part.operation.id}:robust:${id}`],
        run: async (session) => {
          await control(session, part.resource, part.writer);
          const key = `robust-${part.operation.id}-${id}`;
          const text = part.fields.find(
            (field) =>
              typesOf(field.schema).includes('string') &&
              field.fixture === undefined &&
              field.schema.enum === undefined &&
              field.schema.pattern === undefined,
          )?.name;
          const optional = part.fields.filter((field) => !field.required).map((field) => field.name);
          const raw = make(body(session, part.resource, part.writer, key), text, optional);
          const target =
            part.writer === 'update' ? await standingRecord(session, part.resource, `${refusalTarget}-odd`) : undefined;
          const ask: Ask = {
            operation: part.operation,
            raw,
            judge: 'server-error',
            pathParameters: target ? { [part.resource.idParameter]: target.id } : {},
          };
          const exchange = await session.send(ask);
          if (!target && succeeded(exchange)) remember(session, part.resource, key, {}, exchange);
          // The text that was changed is named, where there is one.
          const own = text !== undefined && what.startsWith(A_TEXT);
          const fact = own ? `${text}${what.slice(A_TEXT.length)}` : what;
          return judge(exchange, { of: 'fact', fact }, own ? text : undefined);
        },
      })),
    ),
    ...writers(contract).flatMap(({ resource, writer, operation }): Case[] => {
      const { idempotency } = operation;
      if (!idempotency) return [];
      return [
        {
          id: caseId('robust-input', operation.id, 'odd-key'),
          level: 'MUST',
          title: `${operation.id} answers no 5xx to an odd ${idempotency.header}`,
          operation: operation.id,
          phase: 'write',
          pointer: `${operation.pointer}/x-ringtrue-idempotency`,
          writes: [`${operation.id}:robust:odd-key`],
          run: async (session) => {
            await control(session, resource, writer);
            const key = `robust-${operation.id}-odd-key`;
            const exchange = await session.send({
              operation,
              json: body(session, resource, writer, key),
              headers: { [idempotency.header]: `no UUID; ${'x'.repeat(200)}` },
              judge: 'server-error',
            });
            if (succeeded(exchange)) remember(session, resource, key, {}, exchange);
            return judge(exchange, { of: 'fact', fact: `the header ${idempotency.header} is not a UUID` });
          },
        },
      ];
    }),
    ...operationsOf(contract).flatMap(({ operation, resource, role }) => {
      if (!resource || (role !== 'read' && role !== 'list')) return [];
      const odd = role === 'read' ? oddIds : { ...oddQueries, ...oddPages(operation) };
      return Object.entries(odd).map(([id, value]): Case => ({
        id: caseId('robust-input', operation.id, id),
        level: 'MUST',
        title: `${operation.id} answers no 5xx to ${role === 'read' ? 'the id' : 'the query'} ${show(value)}`,
        operation: operation.id,
        phase: 'write',
        pointer: operation.pointer,
        writes: [],
        run: async (session) => {
          const ask: Ask = { operation, judge: 'server-error' };
          if (role === 'read') ask.pathParameters = { [resource.idParameter]: value };
          else ask.query = [...scope(session, operation), ...[...new URLSearchParams(value)]];
          const exchange = await session.send(ask);
          return judge(
            exchange,
            role === 'read'
              ? { of: 'id', id: value, malformed: true }
              : { of: 'odd', title: `the query ${show(value)}` },
          );
        },
      }));
    }),
  ],
};

/** A page further than any number goes. */
function oddPages({ pagination }: Operation): Record<string, string> {
  return pagination ? { 'query-far': `${encodeURIComponent(pagination.page.name)}=${'9'.repeat(20)}` } : {};
}

function judge(exchange: Exchange, asked: Asked, field?: string): Outcome {
  if ((exchange.response?.status ?? 0) < 500) return pass(exchange);
  return breached(serverError(exchange, asked), { field, exchanges: [exchange] });
}

interface OddBody {
  id: string;
  what: string;
  make: (valid: Record<string, unknown>, text: string | undefined, optional: string[]) => string;
}

function withText(valid: Record<string, unknown>, name: string | undefined, value: string): string {
  return JSON.stringify(name === undefined ? { ...valid, ringtrue: value } : { ...valid, [name]: value });
}

const A_TEXT = 'a text';

const oddBodies: OddBody[] = [
  {
    id: 'long-text',
    what: 'a text has 20,000 characters',
    make: (valid, name) => withText(valid, name, 'x'.repeat(20_000)),
  },
  { id: 'nul', what: 'a text holds a NUL character', make: (valid, name) => withText(valid, name, 'ring\0true') },
  {
    id: 'lone-surrogate',
    what: 'a text holds half a character',
    make: (valid, name) => withText(valid, name, 'ring').replace('"ring"', String.raw`"ring\ud83d"`),
  },
  {
    id: 'deep',
    what: 'its JSON is nested 2,000 levels deep',
    make: (valid) => JSON.stringify(valid).replace(/\}$/, `,"ringtrue":${'['.repeat(2000)}${']'.repeat(2000)}}`),
  },
  {
    id: 'prototype',
    what: 'it has a key __proto__',
    make: (valid) =>
      JSON.stringify(valid).replace(/\}$/, ',"__proto__":{"ringtrue":true},"constructor":{"prototype":1}}'),
  },
  {
    id: 'duplicate-key',
    what: 'it has a key twice',
    make: (valid) => {
      const [[name, value] = ['ringtrue', true]] = Object.entries(valid);
      const again = `${JSON.stringify(name)}:${JSON.stringify(value)}`;
      return JSON.stringify({ ...valid, [name]: value }).replace(/^\{/, () => `{${again},`);
    },
  },
  {
    id: 'huge-number',
    what: 'it holds the number 1e400',
    make: (valid) => JSON.stringify(valid).replace(/\}$/, ',"ringtrue":1e400}'),
  },
  {
    id: 'null-optional',
    what: 'its optional properties are null',
    make: (valid, _name, optional) =>
      JSON.stringify({ ...valid, ...Object.fromEntries(optional.map((name) => [name, null])) }),
  },
];

const oddIds: Record<string, string> = {
  'id-percent': '%00',
  'id-long': 'x'.repeat(2000),
  'id-dots': '../x',
  'id-quote': "' OR 1=1 --",
};

const oddQueries: Record<string, string> = {
  'query-unknown': 'ringtrue=1',
  'query-repeated': 'ringtrue=1&ringtrue=2',
  'query-brackets': 'filter[=x&sort=,,:&filter[__proto__]=1',
};
