/** How plan and run grow with the contract. */
import { writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { cli, inFolder, meter } from '../helpers/processes.ts';
import { growthExponent, time } from '../helpers/statistics.ts';
import { syntheticServer } from '../helpers/synthetic-server.ts';
import { syntheticContract } from '../helpers/synthetic.ts';
import type { Table } from '../helpers/table.ts';

const PLANS: [operations: number, fields: number][] = [
  [10, 10],
  [100, 10],
  [1000, 10],
  [10, 50],
  [10, 200],
];
const RUNS: [operations: number, fields: number][] = [
  [2, 10],
  [20, 10],
  [200, 10],
];
/** A run that takes longer is cut short, and the table says so. */
const RUN_SECONDS = 60;

export const growth: Table = {
  id: 'growth',
  title: 'Growth: synthetic contracts, time and memory of whole processes',
  measure: () =>
    inFolder(async (folder) => {
      const rows: string[][] = [];
      const costs: Record<'plan' | 'run', [number, number][]> = { plan: [], run: [] };
      let memory = 0;
      const base = (await meter([cli, '--version'])).wallMs;
      const note = (
        kind: 'plan' | 'run',
        size: [number, number],
        cases: number,
        wallMs: number,
        maxMiB: number,
      ): void => {
        const work = Math.max(1, wallMs - base);
        rows.push([
          kind,
          ...size.map(String),
          String(cases),
          time(work),
          `${((work / cases) * 1000).toFixed(0)} µs`,
          `${maxMiB.toFixed(0)} MiB`,
        ]);
        costs[kind].push([cases, work]);
        memory = Math.max(memory, maxMiB);
      };
      const write = ([operations, fields]: [number, number]): string => {
        const file = join(folder, `${String(operations)}-${String(fields)}.json`);
        writeFileSync(file, JSON.stringify(syntheticContract(operations, fields)));
        return file;
      };
      for (const size of PLANS) {
        const { out, wallMs, maxMiB } = await meter([cli, 'list', write(size)]);
        note('plan', size, out.split('\n').length - 1, wallMs, maxMiB);
      }
      const planMemory = memory;
      const notes: string[] = [];
      for (const size of RUNS) {
        const server = syntheticServer(size[1]);
        await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
        const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
        const { err, out, wallMs, maxMiB } = await meter(
          [cli, 'run', write(size), '--url', url, '--seed', '1', '--report', 'json'],
          RUN_SECONDS,
        );
        server.close();
        server.closeAllConnections();
        if (!out.trimStart().startsWith('{')) {
          notes.push(
            `The run of ${size.join(' × ')} gave no report within ${String(RUN_SECONDS)} s. ${err.slice(-200)}`,
          );
          continue;
        }
        const { summary } = JSON.parse(out) as { summary: Record<string, number> };
        note('run', size, summary['cases'] ?? 1, wallMs, maxMiB);
        if ((summary['fail'] ?? 0) + (summary['notTested'] ?? 0) > 0)
          notes.push(
            `Run of ${size.join(' × ')}: ${String(summary['pass'])} passed, ${String(summary['fail'])} failed, ${String(summary['notTested'])} not tested.`,
          );
      }
      const targets = (['plan', 'run'] as const).map((kind) => {
        const power = costs[kind].length > 1 ? growthExponent(costs[kind]) : NaN;
        return {
          wanted: `${kind} grows linearly with the cases (power at most 1.15)`,
          measured: `power ${power.toFixed(2)}`,
          holds: power <= 1.15,
        };
      });
      const biggest = Math.max(...costs.run.map(([cases]) => cases));
      return {
        columns: ['what', 'operations', 'fields', 'cases', 'time beyond --version', 'a case', 'memory'],
        rows,
        targets: [
          ...targets,
          {
            wanted: 'memory under 200 MiB',
            measured: `${memory.toFixed(0)} MiB (plans ${planMemory.toFixed(0)} MiB, runs up to ${String(biggest)} cases)`,
            holds: memory < 200,
          },
        ],
        notes,
      };
    }),
};
