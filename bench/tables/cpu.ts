/** CPU time of a full run against that of a bare loop that sends the same requests. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cli, inFolder, meter, startReference } from '../helpers/processes.ts';
import { median, time, times } from '../helpers/statistics.ts';
import type { Table } from '../helpers/table.ts';

const loop = fileURLToPath(new URL('../helpers/bare-loop.mjs', import.meta.url));
const ROUNDS = 5;

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
      const server = await startReference();
      try {
        const [har, json, plain] = ['run.har', 'run.json', 'requests.json'].map((name) => join(folder, name)) as [
          string,
          string,
          string,
        ];
        const suite = [cli, 'run', '--url', server.url, '--seed', '1', '--quiet'];
        await meter([...suite, '--report', `har=${har}`, '--report', `json=${json}`]);
        const { log } = JSON.parse(readFileSync(har, 'utf8')) as Har;
        writeFileSync(plain, JSON.stringify(log.entries.map(({ request }) => bare(request))));
        const { summary } = JSON.parse(readFileSync(json, 'utf8')) as { summary: { cases: number; requests: number } };

        const cost: Record<'run' | 'list' | 'loop' | 'nothing', number[]> = {
          run: [],
          list: [],
          loop: [],
          nothing: [],
        };
        let memory = 0;
        for (let round = 0; round < ROUNDS; round += 1) {
          const full = await meter(suite);
          memory = Math.max(memory, full.maxMiB);
          cost.run.push(full.cpuMs);
          cost.list.push((await meter([cli, 'list'])).cpuMs);
          cost.loop.push((await meter([loop, plain, server.url])).cpuMs);
          cost.nothing.push((await meter(['-e', '0'])).cpuMs);
        }
        const [run, list, bareLoop, nothing] = [cost.run, cost.list, cost.loop, cost.nothing].map(median) as [
          number,
          number,
          number,
          number,
        ];
        const ratio = run / bareLoop;
        return {
          columns: ['process', 'CPU, median', 'against the loop'],
          rows: [
            ['full run, server elsewhere', time(run), times(ratio)],
            ['of it start-up and plan (list)', time(list), times(list / bareLoop)],
            ['bare loop, server elsewhere', time(bareLoop), times(1)],
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
                  : `Reading the contract, planning, compiling its schemas, recording, masking and judging cost ${time(run - bareLoop)} beyond sending; without the start of both processes it is ${times((run - list) / (bareLoop - nothing))}`,
            },
            { wanted: 'memory under 200 MiB', measured: `${memory.toFixed(0)} MiB`, holds: memory < 200 },
          ],
          notes: [
            `${String(summary.requests)} requests for ${String(summary.cases)} cases: ${(summary.requests / summary.cases).toFixed(2)} requests a case.`,
          ],
        };
      } finally {
        await server.close();
      }
    }),
};

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
