/** A fault's or a variant's server without a network. */
import type { Respond } from '../target/index.ts';
import { apis } from './apis/index.ts';
import type { Fault, Variant } from './fault.ts';
import { addedByNode } from '../target/listener.ts';
import { askedFor, bytesOf, handlerOf } from './handler.ts';

/**
 * The same server as `startFaulty` starts, as a function.
 * @param subject the fault or the variant; one whose answers travel in a way of their own has to be asked over HTTP
 * @returns what answers requests, with the headers that Node would add to each answer
 */
export async function respondAs(subject: Fault | Variant): Promise<Respond> {
  const api = apis[subject.contract];
  const handle = await handlerOf(subject);
  return async ({ method, path, headers, body }) => {
    try {
      const answered = await handle(askedFor(api, method, path, headers, body));
      if (answered.wire !== undefined) throw new Error('how an answer travels is not seen in memory');
      const bytes = bytesOf(answered);
      const own = Object.fromEntries(
        Object.entries(answered.headers).map(([name, value]) => [name.toLowerCase(), value]),
      );
      return {
        status: answered.status,
        headers: {
          ...addedByNode(),
          ...own,
          'content-length': String(bytes.length),
        },
        body: bytes,
      };
    } catch (error) {
      // A mistake in a fault must not pass for the fault itself.
      console.error(`The behaviour of ${subject.id} failed:`, error);
      throw error;
    }
  };
}
