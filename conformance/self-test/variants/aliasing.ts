import { recordsSeen } from '../behaviours/altering.ts';
import type { Answered, Behaviour } from '../fault.ts';

/**
 * Gives records ids of another shape.
 * @param make the id of the n-th record
 * @param shape the shape that every id has; another one in a path answers 400. Without it, 404
 * @returns the behaviour
 */
export function aliasing(make: (count: number) => string, shape?: RegExp): Behaviour {
  return (api) => {
    const aliases = new Map<string, string>();
    const reals = new Map<string, string>();
    const dress = (answered: Answered, wanted: Iterable<string>): Answered => {
      let text = JSON.stringify(answered.body);
      for (const real of wanted) text = text.replaceAll(real, aliases.get(real) ?? real);
      return { ...answered, body: JSON.parse(text) as unknown };
    };
    return async (asked, next) => {
      if (asked.id !== undefined && shape?.test(asked.id) === false) return api.refusal(400);
      const real = asked.id === undefined ? undefined : (reals.get(asked.id) ?? 'unknown');
      const path =
        asked.id === undefined || real === undefined ? asked.path : asked.path.replace(`/${asked.id}`, `/${real}`);
      const answered = await next({ ...asked, path });
      if (answered.body === undefined) return answered;
      const ids = recordsSeen(api, asked, answered).map(({ id }) => id);
      for (const id of ids) {
        if (aliases.has(id)) continue;
        const alias = make(aliases.size + 1);
        aliases.set(id, alias);
        reals.set(alias, id);
      }
      // A status, a recording or a 409 names records without holding any.
      return dress(answered, ids.length > 0 ? ids : real !== undefined && real !== 'unknown' ? [real] : aliases.keys());
    };
  };
}
