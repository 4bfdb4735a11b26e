/** Operations that are never sent, by what their names say. */
import type { Operation } from '../../contract/types.ts';
import { wordsOf } from '../../contract/graph/words.ts';

const DANGEROUS =
  /(log|sign)[-_]?(out|off)|revoke|password|passwd|reset|purge|billing|invoice|payment|terminate|deactivate|disable|shut[-_]?down|restart|reboot|wipe|flush|(^|[^a-z])(me|self)([^a-z]|$)|token/i;

/** What belongs to the caller, where it stands in a path without the id of a record. */
const own = new Set(['account', 'me', 'self', 'myself', 'user', 'profile', 'session', 'subscription', 'tenant']);

/**
 * @param operation one that writes
 * @returns why it is not sent, as a clause; undefined when its name says nothing against it
 */
export function dangerOf({ id, method, path, parameters }: Operation): string | undefined {
  const word = DANGEROUS.exec(`${id} ${path}`)?.[0].replaceAll(/[^a-z]/gi, '');
  if (word !== undefined) return `its name says ${word}`;
  const isSingle = !parameters.some((one) => one.in === 'path');
  const last = wordsOf(
    path
      .split('/')
      .filter((part) => part !== '')
      .at(-1) ?? '',
  );
  if (!isSingle || method === 'POST' || !last.some((one) => own.has(one))) return undefined;
  return "it changes the caller's own account";
}
