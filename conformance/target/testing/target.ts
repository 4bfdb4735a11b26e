/** A client with short limits, for tests. */
import { createTarget } from '../client.ts';
import type { RequestSpec, Target, TargetOptions } from '../types.ts';

const open = new Set<Target>();

/** @returns a client that gives up early; options may say otherwise */
export function testTarget(url: string, options: Partial<TargetOptions> = {}): Target {
  const target = createTarget({
    url,
    timeoutMs: 2000,
    maxBodyBytes: 64 * 1024,
    retryAfterBudgetMs: 1500,
    secrets: ['sekret-token-123'],
    ...options,
  });
  open.add(target);
  return target;
}

/** Closes all clients that were opened here. */
export async function closeTargets(): Promise<void> {
  const all = [...open];
  open.clear();
  await Promise.all(all.map((target) => target.close()));
}

/** A read of some path. */
export function get(path = '/calls', more: Partial<RequestSpec> = {}): RequestSpec {
  return { operation: 'read', method: 'GET', path, ...more };
}

/** A write of some JSON. */
export function post(path = '/calls', more: Partial<RequestSpec> = {}): RequestSpec {
  const headers = { 'content-type': 'application/json' };
  return { operation: 'create', method: 'POST', path, headers, body: '{"a":1}', ...more };
}
