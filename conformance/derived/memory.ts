/** Answers the suite's requests without a network. */
import { responseOf } from './node.ts';
import type { Core } from './server.ts';

/** A request and an answer as the suite's target in memory has them. */
type Respond = (request: {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: Buffer;
}) => Promise<{ status: number; headers: Record<string, string>; body: Buffer }>;

/** @returns what answers requests, with the headers that Node would add to each answer */
export function respondAs(core: Core): Respond {
  return async ({ method, path, headers, body }) => {
    const mark = path.indexOf('?');
    const answered = core.answer({
      method,
      path: mark < 0 ? path : path.slice(0, mark),
      query: mark < 0 ? '' : path.slice(mark + 1),
      headers,
      body,
    });
    const whole = await responseOf(answered, method);
    return { ...whole, headers: { date: new Date().toUTCString(), ...whole.headers } };
  };
}
