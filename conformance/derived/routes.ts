/** Finds the operation that a request is for (OpenAPI 3.1, Paths Object: concrete paths win over templated ones). */
import type { Operation } from '../contract/types.ts';
import { isObject } from '../contract/resolve.ts';
import type { Contract } from '../contract/types.ts';

export interface Match {
  operation: Operation;
  /** Values of the path's parameters, as they were written. */
  raw: Record<string, string>;
}

interface Route {
  operations: Map<string, Operation>;
  pattern: RegExp;
  names: string[];
  /** Fixed characters: more of them win. */
  weight: number;
}

export class Routes {
  /** By the number of their segments; 0 for those with a parameter that spans several. */
  readonly #bySegments = new Map<number, Route[]>();
  /** Paths of the document's servers, which may stand before its paths or not. */
  readonly bases: readonly string[];

  constructor(contract: Contract) {
    this.bases = basesOf(contract);
    const byPath = new Map<string, Route>();
    for (const operation of contract.operations) {
      const route = byPath.get(operation.path) ?? routeOf(operation);
      if (!byPath.has(operation.path)) {
        byPath.set(operation.path, route);
        const spans = operation.parameters.some((one) => one.in === 'path' && one.reserved);
        const count = spans ? 0 : segmentsIn(operation.path);
        this.#bySegments.set(count, [...(this.#bySegments.get(count) ?? []), route]);
      }
      route.operations.set(operation.method, operation);
    }
    for (const routes of this.#bySegments.values()) routes.sort((a, b) => b.weight - a.weight);
  }

  /** @returns the operation; the methods of the path where it has no such method; nothing for an unknown path */
  find(method: string, path: string): Match | { allowed: string[] } | undefined {
    const allowed = new Set<string>();
    for (const base of ['', ...this.bases]) {
      if (base !== '' && !path.startsWith(`${base}/`)) continue;
      const own = path.slice(base.length);
      for (const count of [segmentsIn(own), 0]) {
        for (const { pattern, operations, names } of this.#bySegments.get(count) ?? []) {
          const match = pattern.exec(own);
          if (!match) continue;
          const operation = operations.get(method) ?? (method === 'HEAD' ? operations.get('GET') : undefined);
          if (operation) {
            const raw: Record<string, string> = {};
            names.forEach((name, index) => {
              raw[name] = match[index + 1] ?? '';
            });
            return { operation, raw };
          }
          for (const one of operations.keys()) allowed.add(one);
        }
      }
    }
    return allowed.size > 0 ? { allowed: [...allowed] } : undefined;
  }
}

function segmentsIn(path: string): number {
  let count = 0;
  for (let index = 0; index < path.length; index += 1) if (path[index] === '/') count += 1;
  return count;
}

function routeOf(operation: Operation): Route {
  const path = operation.path.split('?', 1)[0] ?? '';
  const names: string[] = [];
  let weight = 0;
  const pattern = path.replaceAll(/\{([^{}]+)\}|[^{}]+/g, (text: string, name: string | undefined) => {
    if (name === undefined) {
      weight += text.length;
      return text.replaceAll(/[.*+?^$()[\]\\|]/g, String.raw`\$&`);
    }
    names.push(name);
    const spans = operation.parameters.some((one) => one.in === 'path' && one.name === name && one.reserved);
    return spans ? '(.+?)' : '([^/]+?)';
  });
  return { operations: new Map(), pattern: new RegExp(`^${pattern}$`), names, weight };
}

function basesOf({ document }: Contract): string[] {
  const servers: unknown[] = Array.isArray(document.servers) ? document.servers : [];
  const paths = servers.flatMap((server) => {
    if (!isObject(server) || typeof server.url !== 'string') return [];
    const variables = isObject(server.variables) ? server.variables : {};
    const url = server.url.replaceAll(/\{([^{}]+)\}/g, (_all, name: string) => {
      const variable = variables[name];
      return isObject(variable) ? String(variable.default) : 'x';
    });
    try {
      return new URL(url, 'http://127.0.0.1').pathname.replace(/\/+$/, '');
    } catch {
      return [];
    }
  });
  return [...new Set(paths.filter((path) => path !== ''))];
}
