/** CPU time of a full run against that of a bare loop that sends the same requests. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cli, inFolder, meter, startReference } from '../helpers/processes.ts';
import { median, time, times } from '../helpers/statistics.ts';
import type { Table } from '../helpers/table.ts';

const loop = fileURLToPath(new URL('../helpers/bare-loop.mjs', import.meta.url));
const ROUNDS = 7;

interface Har {
  log: { entries: { request: HarRequest }[] };
}
interface HarRequest {
  method: string;
  url: string;
  headers: { name: string; value: string }[];
  postData?: { text: string };
}

export const cpu: Table = {
  id: 'cpu',
  title: 'CPU: a full run of voice-calls against a bare undici loop with the same requests',
  measure: () =>
    inFolder(async (folder) => {
      const [har, json, plain] = ['run.har', 'run.json', 'requests.json'].map((name) => join(folder, name)) as [
        string,
        string,
        string,
      ];
      const cost: Record<'run' | 'list' | 'loop' | 'fresh' | 'nothing', number[]> = {
        run: [],
        list: [],
        loop: [],
        fresh: [],
        nothing: [],
      };
      let memory = 0;
      for (let round = 0; round < ROUNDS; round += 1) {
        // A server that holds the records of earlier rounds has longer lists to walk.
        await onServer(async (url) => {
          const full = await meter(suite(url));
          memory = Math.max(memory, full.maxMiB);
          cost.run.push(full.cpuMs);
        });
        cost.list.push((await meter([cli, 'list'])).cpuMs);
        // The loop asks the server that the requests were recorded on: there the records are whose ids stand in them.
        await onServer(async (url) => {
          await meter([...suite(url), '--report', `har=${har}`, '--report', `json=${json}`]);
          const { log } = JSON.parse(readFileSync(har, 'utf8')) as Har;
          writeFileSync(plain, JSON.stringify(log.entries.map(({ request }) => bare(request))));
          cost.loop.push((await meter([loop, plain, url])).cpuMs);
          cost.fresh.push((await meter([loop, plain, url, 'fresh-posts'])).cpuMs);
        });
        cost.nothing.push((await meter(['-e', '0'])).cpuMs);
      }
      const { summary } = JSON.parse(readFileSync(json, 'utf8')) as { summary: { cases: number; requests: number } };
      const [run, list, bareLoop, freshLoop, nothing] = [cost.run, cost.list, cost.loop, cost.fresh, cost.nothing].map(
        median,
      ) as [number, number, number, number, number];
      // Round by round: a slow minute strikes both.
      const ratioTo = (other: number[]): number => median(cost.run.map((ms, round) => ms / (other[round] ?? NaN)));
      const ratio = ratioTo(cost.loop);
      return {
        columns: ['process', 'CPU, median', 'against the loop'],
        rows: [
          ['full run, server elsewhere', time(run), times(ratio)],
          ['of it start-up and plan (list)', time(list), times(list / bareLoop)],
          ['bare loop, server elsewhere', time(bareLoop), times(1)],
          ['the same, a connection of its own for each POST', time(freshLoop), times(freshLoop / bareLoop)],
          ['node -e 0', time(nothing), times(nothing / bareLoop)],
        ],
        targets: [
          {
            wanted: 'at most 1.5 × the CPU time of the bare loop',
            measured: times(ratio),
            holds: ratio <= 1.5,
            why:
              ratio <= 1.5
                ? undefined
                : `Of the ${time(run - bareLoop)} beyond the loop ${time(freshLoop - bareLoop)} are connections of their own for POSTs, which may not be sent twice (against a loop that makes them too: ${times(ratioTo(cost.fresh))}); ${time(list - nothing)} are start-up, contract and plan; the rest is making, recording, masking and judging`,
          },
          { wanted: 'memory under 200 MiB', measured: `${memory.toFixed(0)} MiB`, holds: memory < 200 },
        ],
        notes: [
          `${String(summary.requests)} requests for ${String(summary.cases)} cases: ${(summary.requests / summary.cases).toFixed(2)} requests a case.`,
        ],
      };
    }),
};

const suite = (url: string): string[] => [cli, 'run', '--url', url, '--seed', '1', '--quiet'];

async function onServer(work: (url: string) => Promise<void>): Promise<void> {
  const server = await startReference();
  try {
    await work(server.url);
  } finally {
    await server.close();
  }
}

/** As undici takes it; what the report masks is put back. */
function bare({ method, url, headers, postData }: HarRequest): object {
  const { pathname, search } = new URL(url);
  return {
    method,
    path: pathname + search,
    headers: Object.fromEntries(
      headers
        .filter(({ name }) => !/^(host|connection|content-length)$/i.test(name))
        .map(({ name, value }) => [name, value.replace('***', 'staff-token')]),
    ),
    body: postData?.text,
  };
}
