/** Whole processes of the command line, against a Node that does nothing. */
import { contractNames } from '../../scripts/contracts.ts';
import { cli, medians } from '../helpers/processes.ts';
import { time, times } from '../helpers/statistics.ts';
import type { Table, Target } from '../helpers/table.ts';

const QUICK: Record<string, { args: string[]; overMs: number }> = {
  '--version': { args: ['--version'], overMs: 100 },
  '--help': { args: ['--help'], overMs: 100 },
  list: { args: ['list'], overMs: 250 },
};

export const commandLine: Table = {
  id: 'cli',
  title: 'The command line: whole processes, median wall time',
  async measure() {
    const quick = await medians(
      {
        'node -e 0': ['-e', '0'],
        ...Object.fromEntries(Object.entries(QUICK).map(([name, { args }]) => [name, [cli, ...args]])),
      },
      9,
    );
    const runs = await medians(
      Object.fromEntries(
        contractNames.flatMap((contract) =>
          (['full', 'core'] as const).map((profile) => [
            `run ${contract}, ${profile}`,
            [cli, 'run', contract, '--quiet', '--profile', profile],
          ]),
        ),
      ),
      5,
    );
    const nothing = quick.get('node -e 0') ?? 0;
    const rows = [...quick, ...runs].map(([name, ms]) => [name, time(ms), time(ms - nothing), times(ms / nothing)]);
    const targets: Target[] = Object.entries(QUICK).map(([name, { overMs }]) => {
      const over = (quick.get(name) ?? 0) - nothing;
      return {
        wanted: `${name} under ${time(overMs)} more than node -e 0`,
        measured: `${time(over)} more`,
        holds: over < overMs,
      };
    });
    for (const [name, ms] of runs) {
      const limit = name.endsWith('full') ? 2000 : 1000;
      const holds = ms < limit;
      targets.push({
        wanted: `${name} under ${time(limit)} in all`,
        measured: time(ms),
        holds,
        why: holds
          ? undefined
          : `That is ${times(ms / nothing)} a Node that does nothing (${time(nothing)} here); the embedded reference server is loaded in it as well`,
      });
    }
    return {
      columns: ['command', 'median', 'more than node -e 0', 'ratio'],
      rows,
      targets,
      notes: ['A run without --url holds the reference server in the same process, so its time holds the server’s.'],
    };
  },
};
