/** Waiting is not work: 50 ms on every answer, many workers against one. */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createApp } from '../../reference-server/index.ts';
import { cli, inFolder, run } from '../helpers/processes.ts';
import { time, times } from '../helpers/statistics.ts';
import type { Table } from '../helpers/table.ts';

const LATENCY_MS = 50;

interface Judged {
  summary: { requests: number };
  cases: { id: string; status: string }[];
}

export const latency: Table = {
  id: 'latency',
  title: `Latency: ${String(LATENCY_MS)} ms on every answer, full run of voice-calls`,
  measure: () =>
    inFolder(async (folder) => {
      const app = createApp();
      const server = createServer((request, response) => {
        setTimeout(() => app(request, response), LATENCY_MS);
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
      const ask = async (name: string, flags: string[]): Promise<{ wallMs: number; report: Judged }> => {
        const file = join(folder, `${name}.json`);
        const { wallMs } = await run(process.execPath, [
          cli,
          'run',
          '--url',
          url,
          '--seed',
          '1',
          '--quiet',
          '--report',
          `json=${file}`,
          ...flags,
        ]);
        return { wallMs, report: JSON.parse(readFileSync(file, 'utf8')) as Judged };
      };
      try {
        const many = await ask('many', []);
        const one = await ask('one', ['--workers', '1']);
        const verdicts = (report: Judged): string => report.cases.map(({ id, status }) => `${id} ${status}`).join('\n');
        const same = verdicts(many.report) === verdicts(one.report);
        // A worker that races requests on purpose waits once for several: the sum of all waits is what is sequential.
        const sequential = many.report.summary.requests * LATENCY_MS;
        const ratio = many.wallMs / one.wallMs;
        return {
          columns: ['workers', 'wall time', 'requests', 'of one worker', 'of all waits in a row'],
          rows: [
            [
              'default',
              time(many.wallMs),
              String(many.report.summary.requests),
              times(ratio),
              times(many.wallMs / sequential),
            ],
            ['1', time(one.wallMs), String(one.report.summary.requests), times(1), times(one.wallMs / sequential)],
          ],
          targets: [
            { wanted: 'less than a quarter of the sequential time', measured: times(ratio), holds: ratio < 0.25 },
            {
              wanted: 'the same verdicts in the same order',
              measured: same ? 'the same' : 'not the same',
              holds: same,
            },
          ],
          notes: [],
        };
      } finally {
        server.close();
        server.closeAllConnections();
      }
    }),
};
