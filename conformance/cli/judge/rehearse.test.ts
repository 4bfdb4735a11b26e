/** What a dry run announces is what arrives at a server: counted there, request by request. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '../../../reference-server/index.ts';
import { builtinContracts } from '../../contract/load.ts';
import { prepareRun, run } from '../../index.ts';
import { requestOf, type RunOptions } from './options.ts';
import { prepare } from './prepare.ts';
import { rehearsed } from './rehearse.ts';

/** Writes that arrived, by method and path; a record's id is written as `*`. */
let arrived = new Map<string, number>();
const app = createApp();
const server = createServer((request, response) => {
  const method = request.method ?? '';
  if (!['GET', 'HEAD', 'OPTIONS'].includes(method)) count(arrived, `${method} ${request.url ?? ''}`);
  app(request, response);
});
let url = '';
beforeAll(async () => {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
});
afterAll(() => {
  server.close();
  server.closeAllConnections();
});

function count(counts: Map<string, number>, key: string, by = 1): void {
  counts.set(key, (counts.get(key) ?? 0) + by);
}

/** The same numbers in every run of this test. */
function dice(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

async function announcedAndSent(options: RunOptions): Promise<{ announced: unknown; sent: unknown; exact?: boolean }> {
  const plan = await rehearsed(await prepare(requestOf({ ...options, url }, 7)));
  const operations = new Map(plan.contract.operations.map((one) => [one.id, one]));
  const patterns = plan.contract.operations.map(({ path }) => path);
  const announced = new Map<string, number>();
  for (const { operation, count: times } of plan.writes) {
    const found = operations.get(operation);
    count(announced, found ? `${found.method.toUpperCase()} ${found.path}` : operation, times);
  }
  arrived = new Map();
  await run({ ...options, url, seed: 7 });
  const sent = new Map<string, number>();
  for (const [key, times] of arrived) {
    const [method = '', path = ''] = key.split(' ');
    const known = patterns.find((pattern) =>
      new RegExp(`^${pattern.replaceAll(/\{[^}]*\}/g, '[^/?]+')}(?:\\?.*)?$`).test(path),
    );
    count(sent, `${method} ${known ?? path}`, times);
  }
  return { announced: sorted(announced), sent: sorted(sent), exact: plan.exact };
}

function sorted(counts: Map<string, number>): [string, number][] {
  return [...counts].sort(([a], [b]) => (a < b ? -1 : 1));
}

describe.each(builtinContracts)('%s', (contract) => {
  it('any selection writes what its dry run announces', async () => {
    const { cases } = await prepareRun({ contract });
    const ids = cases.map(({ id }) => id);
    const roll = dice(contract.length);
    for (let selection = 0; selection < 20; selection += 1) {
      const include = Array.from({ length: 1 + roll(6) }, () => ids[roll(ids.length)] ?? '');
      const { announced, sent, exact } = await announcedAndSent({ contract, include, workers: 1 + roll(8) });
      expect(exact, include.join(' ')).toBe(true);
      expect(sent, include.join(' ')).toEqual(announced);
    }
  });

  it('so does a whole run', async () => {
    const { announced, sent, exact } = await announcedAndSent({ contract });
    expect(exact).toBe(true);
    expect(sent).toEqual(announced);
  });
});

it('with --read-only nothing is announced, and nothing is written', async () => {
  const { announced, sent } = await announcedAndSent({ readOnly: true });
  expect({ announced, sent }).toEqual({ announced: [], sent: [] });
});

it('of a plain document a target may know more: its writes are estimated, and the plan says so', async () => {
  const contract = 'examples/own-contract/seed-library.yaml';
  const plan = await rehearsed(await prepare(requestOf({ contract, url, token: 't' }, 7)));
  expect(plan.exact).toBeUndefined();
  expect(plan.writes.length).toBeGreaterThan(0);
});
