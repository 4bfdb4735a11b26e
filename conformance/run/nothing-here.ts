/** A target of which nothing answers: a base path was left out, or it is another one. */
import type { Contract } from '../contract/types.ts';
import { isObject } from '../contract/resolve.ts';

/**
 * @param contract the contract
 * @param url the target
 * @param statuses how often each status was answered in the whole run
 * @returns one sentence in place of findings when every answer of the run was a 404
 */
export function nothingHere(
  contract: Contract,
  url: string,
  statuses: ReadonlyMap<number, number>,
): string | undefined {
  const answers = [...statuses.values()].reduce((sum, count) => sum + count, 0);
  if (answers === 0 || statuses.get(404) !== answers) return undefined;
  const base = basePathOf(contract);
  const target = new URL(url);
  const here = target.pathname.replace(/\/$/, '');
  const times = `nothing of ${contract.name} answers at ${url.replace(/\/$/, '')}: all ${String(answers)} requests were answered with 404`;
  if (base === undefined || here.endsWith(base)) return capital(`${times}; is --url right?`);
  return capital(`${times}; servers[0].url says ${base}: give --url ${target.origin}${here}${base}`);
}

/** The path of the first server (OpenAPI 3.1, Server Object), with its variables' defaults. */
function basePathOf(contract: Contract): string | undefined {
  const { servers } = contract.document;
  const first: unknown = Array.isArray(servers) ? servers[0] : undefined;
  if (!isObject(first) || typeof first.url !== 'string') return undefined;
  const variables = isObject(first.variables) ? first.variables : {};
  const filled = first.url.replaceAll(/\{([^}]+)\}/g, (_all, name: string) => {
    const variable = variables[name];
    return isObject(variable) ? String(variable.default) : '';
  });
  const path = URL.canParse(filled, 'http://server.example') ? new URL(filled, 'http://server.example').pathname : '';
  return path.replace(/\/$/, '') === '' ? undefined : path.replace(/\/$/, '');
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
