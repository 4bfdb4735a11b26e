import { recordsSeen } from '../behaviours/altering.ts';
import { answering, changingAnswers, changingRequests, statusIs } from '../behaviours/answering.ts';
import type { Behaviour, JsonObject, Variant } from '../fault.ts';
import { dig, isObject } from '../json.ts';
import { refusing } from './refusing.ts';
import { each, everyContract } from './row.ts';

const QUERY = /^(page|per_page|sort|callTemplateId|filter\[.+)$/;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const OPTIONAL = [
  'phoneNumberId',
  'fromPhoneNumber',
  'toEmailAddress',
  'status',
  'telephonyProvider',
  'callDelayedUntil',
  'phoneCallWebhooks',
];

const NULLABLE = ['handled_by_staff_uid', 'record', 'metadata', ...OPTIONAL];

/** What is refused, taken, or taken differently. */
export const requests: readonly Variant[] = [
  ...each(
    everyContract,
    'unknown-fields-refused',
    'unknown request fields are refused',
    refusing((asked, known) => isObject(asked.body) && Object.keys(asked.body).some((name) => !(name in known))),
  ),
  ...each(
    everyContract,
    'unknown-query-refused',
    'unknown query parameters are refused',
    refusing((asked) => [...new URLSearchParams(asked.query).keys()].some((name) => !QUERY.test(name))),
  ),
  ...each(
    everyContract,
    'null-refused',
    'null is refused for optional fields whose list of values does not name it',
    refusing(({ body }) => isObject(body) && NULLABLE.some((name) => body[name] === null)),
  ),
  ...each(
    everyContract,
    'null-taken',
    'null for an optional field is taken as if it were left out',
    changingRequests((asked) =>
      isObject(asked.body) && NULLABLE.some((name) => dig(asked.body, name) === null)
        ? {
            ...asked,
            body: Object.fromEntries(
              Object.entries(asked.body).filter(([name, value]) => value !== null || !NULLABLE.includes(name)),
            ),
          }
        : asked,
    ),
  ),
  ...each(
    ['voice-calls'],
    'handled-by-cleared',
    'an update without handled_by_staff_uid clears it',
    handledByCleared(),
  ),
  ...each(
    ['voice-calls'],
    'outer-spaces-refused',
    'identifiers with outer spaces are refused',
    refusing(({ body }) =>
      ['external_uuid', 'source_id'].some((name) => {
        const value = dig(body, name);
        return typeof value === 'string' && value !== value.trim();
      }),
    ),
  ),
  ...each(
    ['voice-calls'],
    'repeated-uuid-refused',
    'an external_uuid that another call has is refused',
    repeatsRefused(),
  ),
  ...each(['aicaller'], 'repeated-bodies-refused', 'a body that was sent before is refused', repeatedBodiesRefused()),
  ...each(
    ['voice-calls'],
    'sort-leniently',
    'an unknown sort field is ignored',
    changingRequests((asked) =>
      asked.operation === 'listVoiceCalls' && /sort=(?!created_at|updated_at)/.test(asked.query)
        ? { ...asked, query: asked.query.replace(/sort=[^&]*/, '') }
        : asked,
    ),
  ),
  ...each(
    ['voice-calls'],
    'ids-of-other-shapes-400',
    'a uid that is no UUID answers 400',
    answering(
      ({ id }) => id !== undefined && !UUID.test(id),
      (_asked, api) => api.refusal(400),
    ),
  ),
  ...each(['voice-calls'], 'unknown-uid-first', 'an unknown uid answers 404 whatever the body says', unknownFirst()),
  ...each(
    ['voice-calls'],
    'empty-texts-refused',
    'empty texts are refused',
    refusing(({ body }) => isObject(body) && Object.values(body).includes('')),
  ),
  ...each(
    ['aicaller'],
    'empty-texts-refused',
    'empty texts are refused',
    refusing(({ body }) => isObject(body) && Object.values(body).includes('')),
  ),
  ...each(
    ['calldesk'],
    'empty-texts-refused',
    'empty texts in metadata are refused',
    refusing(({ body }) => Object.values((dig(body, 'metadata') ?? {}) as JsonObject).includes('')),
  ),
  ...each(
    ['aicaller'],
    'repeated-keys-refused',
    'repeated keys of variables are refused',
    refusing(({ body }) => {
      const items = dig(body, 'promptVariableValues');
      return Array.isArray(items) && new Set(items.map((item) => dig(item, 'key'))).size < items.length;
    }),
  ),
  ...each(
    ['aicaller'],
    'zero-offset-refused',
    '+00:00 is refused',
    refusing(({ body }) => textOf(dig(body, 'callDelayedUntil')).endsWith('+00:00')),
  ),
  ...each(['calldesk'], 'links-absolute', 'links are absolute, to the own origin', linksAbsolute()),
  ...each(
    ['calldesk'],
    'reference-in-header',
    'the 409 names the original call in a header only',
    changingAnswers(statusIs(409), (answered, _asked, api) => {
      const { body, headers } = api.refusal(409);
      return {
        ...answered,
        body,
        headers: { ...headers, 'x-original-call': textOf(dig(answered.body, 'error', 'call_id')) },
      };
    }),
  ),
  ...each(
    ['calldesk'],
    'reference-in-message',
    'the 409 names the original call in its message only',
    changingAnswers(statusIs(409), (answered) => ({
      ...answered,
      body: { error: { code: 'idempotency_conflict', message: dig(answered.body, 'error', 'message') } },
    })),
  ),
  ...each(
    ['calldesk'],
    'malformed-caller-id-422',
    'a malformed caller_id answers 422',
    changingAnswers(
      (answered, asked) =>
        answered.status === 400 &&
        typeof dig(asked.body, 'caller_id') === 'string' &&
        dig(answered.body, 'error', 'fields', 'caller_id') !== undefined,
      (_answered, _asked, api) => api.refusal(422, 'caller_id'),
    ),
  ),
  ...each(
    ['calldesk'],
    'any-key-taken',
    'an Idempotency-Key that is no UUID is taken and has no effect',
    changingRequests((asked) => {
      const { 'idempotency-key': key, ...headers } = asked.headers;
      return key === undefined || UUID.test(key) ? asked : { ...asked, headers };
    }),
  ),
];

function handledByCleared(): Behaviour {
  return (api) => {
    const cleared = new Set<string>();
    return async (asked, next) => {
      const answered = await next(asked);
      for (const { record, id, way } of recordsSeen(api, asked, answered)) {
        if (way === 'update') {
          if ((dig(asked.body, 'handled_by_staff_uid') ?? null) === null) cleared.add(id);
          else cleared.delete(id);
        }
        if (cleared.has(id)) record['handled_by_staff_uid'] = null;
      }
      return answered;
    };
  };
}

function repeatsRefused(): Behaviour {
  return (api) => {
    const owner = new Map<string, string>();
    return async (asked, next) => {
      const value = dig(asked.body, 'external_uuid');
      const writes = asked.operation === 'createVoiceCall' || asked.operation === 'updateVoiceCall';
      const owned = typeof value === 'string' ? owner.get(value) : undefined;
      if (writes && owned !== undefined && owned !== asked.id) {
        const refused = await next({
          ...asked,
          body: { ...(asked.body as JsonObject), external_uuid: null },
          raw: undefined,
        });
        return refused.status === 400 ? api.refusal(400, 'external_uuid') : refused;
      }
      const answered = await next(asked);
      if (writes)
        for (const { record, id } of recordsSeen(api, asked, answered)) owner.set(String(record['external_uuid']), id);
      return answered;
    };
  };
}

function repeatedBodiesRefused(): Behaviour {
  return (api) => {
    const seen = new Set<string>();
    return async (asked, next) => {
      if (asked.operation === undefined || api.ways[asked.operation] !== 'create') return next(asked);
      const text = JSON.stringify(asked.body);
      // A body without anything is refused, and so is whoever may not ask.
      if (seen.has(text)) return next({ ...asked, body: {}, raw: undefined });
      const answered = await next(asked);
      if (answered.status < 300) seen.add(text);
      return answered;
    };
  };
}

function unknownFirst(): Behaviour {
  return () => async (asked, next) => {
    const answered = await next(asked);
    if (asked.operation !== 'updateVoiceCall' || answered.status !== 400) return answered;
    const found = await next({ ...asked, method: 'GET', query: '', body: undefined, raw: undefined });
    return found.status === 404 ? found : answered;
  };
}

function linksAbsolute(): Behaviour {
  return (api) => async (asked, next) => {
    const answered = await next(asked);
    for (const { record } of recordsSeen(api, asked, answered)) {
      const { links } = record;
      if (isObject(links))
        record['links'] = Object.fromEntries(
          Object.entries(links).map(([name, path]) => [name, `http://${asked.headers['host'] ?? ''}${String(path)}`]),
        );
    }
    return answered;
  };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
