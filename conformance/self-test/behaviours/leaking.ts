import type { Api, Answered, Asked, Behaviour, JsonObject } from '../fault.ts';
import { isObject } from '../json.ts';

/**
 * Refuses a write and stores it all the same: the request is made right with sample values, or with `fallback`, for
 * whatever the refusal names, and sent again behind the client's back.
 * @param operation which write
 * @param statuses the refusals that leave a trace
 * @param fallback the values that stand in for the refused ones; samples unless named
 * @returns the behaviour
 */
export function leaking(
  operation: string,
  statuses: readonly number[],
  fallback: (api: Api, asked: Asked, next: (asked: Asked) => Promise<Answered>) => Promise<JsonObject> = async (api) =>
    api.samples,
): Behaviour {
  return (api) => async (asked, next) => {
    const answered = await next(asked);
    if (asked.operation !== operation || !statuses.includes(answered.status) || !isObject(asked.body)) return answered;
    const spare = await fallback(api, asked, next);
    const headers = { ...asked.headers, ...api.credentials, 'content-type': 'application/json' };
    let body: JsonObject = asked.body;
    for (let round = 0; round < 3; round += 1) {
      const again = await next({ ...asked, headers, body, raw: undefined });
      if (again.status < 400) break;
      const named = api.fieldsNamedIn(again.body).map((field) => [field, spare[field] ?? api.samples[field]]);
      body = { ...body, ...(Object.fromEntries(named) as JsonObject) };
    }
    return answered;
  };
}
