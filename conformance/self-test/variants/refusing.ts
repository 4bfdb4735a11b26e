import type { Asked, Behaviour, JsonObject } from '../fault.ts';

/**
 * Refuses with 400 what the reference server would take; whoever may not ask at all is told so first.
 * @param when which requests
 * @returns the behaviour
 */
export function refusing(when: (asked: Asked, known: Readonly<JsonObject>) => boolean): Behaviour {
  return (api) => async (asked, next) => {
    // Only what would have succeeded: other refusals come first.
    if (asked.operation === undefined || !when(asked, api.samples)) return next(asked);
    const dry = await next({
      ...asked,
      // On this path a write is let in for the same roles as a create.
      method: asked.method === 'GET' || api.contract !== 'voice-calls' ? 'GET' : 'PUT',
      path: api.pathOf('unknown'),
      query: '',
      body: undefined,
      raw: undefined,
    });
    return dry.status === 401 || dry.status === 403 ? dry : api.refusal(400);
  };
}
