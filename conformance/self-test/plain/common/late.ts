/** A server whose reads are a step behind its writes. */
import type { PlainAnswer } from '../server.ts';
import { asks, type Shape } from './shape.ts';
import type { Made } from './touch.ts';

/** The first read or list after a write is answered as it was before it. */
export function answeringLate(shape: Shape): Made {
  return () => {
    const before = new Map<string, PlainAnswer>();
    const stale = new Set<string>();
    return (request, next) => {
      const { method, path, query } = request;
      const key = `${path}?${query.toString()}`;
      if (method !== 'GET' || !asks(request, shape.read, shape.list)) {
        const answer = next(request);
        if (method !== 'GET' && answer.status < 300) for (const known of before.keys()) stale.add(known);
        return answer;
      }
      const answer = next(request);
      const old = before.get(key);
      before.set(key, answer);
      return stale.delete(key) && old !== undefined && old.status < 400 ? old : answer;
    };
  };
}
