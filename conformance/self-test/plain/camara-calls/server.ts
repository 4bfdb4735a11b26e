/** As CAMARA answers: ErrorInfo, the correlator given back or made; and Twilio's queues in forms. Nothing is dialled: calls are records. */
import { randomUUID } from 'node:crypto';
import type { JsonObject } from '../../fault.ts';
import { isObject } from '../../json.ts';
import { checkOf, picked } from '../check.ts';
import { application, Refusal, Table, type PlainAnswer, type PlainHandler, type PlainRequest } from '../server.ts';
import { call, changeableNames, document } from './document.ts';

const check = checkOf(document);
const codes: Readonly<Record<number, string>> = {
  400: 'INVALID_ARGUMENT',
  404: 'NOT_FOUND',
  405: 'METHOD_NOT_ALLOWED',
};

/** @returns ErrorInfo */
export function errorInfo(status: number, message: string): PlainAnswer {
  return { status, headers: { 'x-correlator': 'none' }, json: { status, code: codes[status] ?? 'OTHER', message } };
}

function validated({ body, headers }: PlainRequest, schema: string): JsonObject {
  if (!/^application\/json\b/.test(headers['content-type'] ?? '')) throw new Refusal(errorInfo(415, 'not JSON'));
  const [wrong] = check(schema, body);
  if (wrong || !isObject(body))
    throw new Refusal(errorInfo(400, `${wrong?.place.join('.') ?? 'body'}: ${wrong?.message ?? ''}`));
  return body;
}

/** The fields of a form, with their types. */
function formOf({ body }: PlainRequest, schema: string): JsonObject {
  const given = isObject(body) ? body : {};
  const size = given.MaxSize;
  const read = typeof size === 'string' && /^\d{1,9}$/.test(size) ? { ...given, MaxSize: Number(size) } : given;
  const [wrong] = check(schema, read);
  if (wrong) throw new Refusal(errorInfo(400, `${wrong.place.join('.')}: ${wrong.message}`));
  return {
    ...(read.FriendlyName === undefined ? {} : { friendly_name: read.FriendlyName }),
    ...(read.MaxSize === undefined ? {} : { max_size: read.MaxSize }),
  };
}

function found(table: Table, id: string | undefined): JsonObject {
  const row = table.get(id);
  if (!row) throw new Refusal(errorInfo(404, 'The specified resource is not found'));
  return row;
}

function removed(table: Table, id: string | undefined): PlainAnswer {
  found(table, id);
  table.rows.delete(String(id));
  return { status: 204 };
}

/** The one account that there is. */
export const ACCOUNT = `AC${'0a'.repeat(16)}`;

/** @returns a server without calls */
export function serve(): PlainHandler {
  const calls = new Table();
  const subscriptions = new Table();
  const queues = new Table();
  const inAccount = (account: string | undefined): void => {
    if (account !== ACCOUNT) throw new Refusal(errorInfo(404, 'no such account'));
  };
  const base = '/2010-04-01/Accounts/{account}/Queues';
  const app = application(
    {
      'GET /calls': () => ({ status: 200, json: [...calls.rows.values()] }),
      'POST /calls': (_values, request) => {
        const body = validated(request, 'CreateCall');
        const callId = randomUUID();
        return {
          status: 201,
          json: calls.put(callId, { callId, ...picked(body, Object.keys(call)), status: 'REQUESTED' }),
        };
      },
      'GET /calls/{id}': ({ id }) => ({ status: 200, json: found(calls, id) }),
      'PATCH /calls/{id}': ({ id }, request) => {
        const row = found(calls, id);
        return {
          status: 200,
          json: calls.put(id, { ...row, ...picked(validated(request, 'PatchCall'), changeableNames) }),
        };
      },
      'DELETE /calls/{id}': ({ id }) => removed(calls, id),
      'POST /retrieve-calls': (_values, request) => {
        const { device } = validated(request, 'RetrieveCalls');
        const wanted = JSON.stringify(device);
        return {
          status: 200,
          json: [...calls.rows.values()].filter(({ caller }) => JSON.stringify(caller) === wanted),
        };
      },
      'POST /subscriptions': (_values, request) => {
        const body = validated(request, 'SubscriptionRequest');
        const id = `sub-${String(subscriptions.nextId())}`;
        return { status: 201, json: subscriptions.put(id, { id, ...picked(body, ['sink', 'protocol', 'types']) }) };
      },
      'GET /subscriptions/{id}': ({ id }) => ({ status: 200, json: found(subscriptions, id) }),
      'DELETE /subscriptions/{id}': ({ id }) => removed(subscriptions, id),
      [`POST ${base}.json`]: ({ account }, request) => {
        inAccount(account);
        const sid = `QU${randomUUID().replaceAll('-', '')}`;
        return { status: 201, json: queues.put(sid, { sid, max_size: 100, ...formOf(request, 'CreateQueueRequest') }) };
      },
      [`GET ${base}/{sid}.json`]: ({ account, sid }) => {
        inAccount(account);
        return { status: 200, json: found(queues, sid) };
      },
      [`POST ${base}/{sid}.json`]: ({ account, sid }, request) => {
        inAccount(account);
        return {
          status: 200,
          json: queues.put(sid, { ...found(queues, sid), ...formOf(request, 'UpdateQueueRequest') }),
        };
      },
      [`DELETE ${base}/{sid}.json`]: ({ account, sid }) => {
        inAccount(account);
        return removed(queues, sid);
      },
    },
    { path: errorInfo(404, 'no such path'), method: errorInfo(405, 'no such method') },
  );
  return (request) => {
    const given = request.headers['x-correlator'];
    if (given !== undefined && check('XCorrelator', given).length > 0) return errorInfo(400, 'x-correlator is invalid');
    const answer = app(request);
    return { ...answer, headers: { ...answer.headers, 'x-correlator': given ?? randomUUID() } };
  };
}
