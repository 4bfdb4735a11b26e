import type { Command } from 'commander';
import { EXIT } from '../exit.ts';
import type { Io } from '../io.ts';

/** `ringtrue diff` */
export function declareDiff(program: Command, io: () => Io, done: (code: number) => void): void {
  program
    .command('diff')
    .argument('<OLD>', 'JSON report of the earlier run')
    .argument('<NEW>', 'JSON report of the later run')
    .summary('what changed between two runs')
    .description('Compares two JSON reports: fixed, broken, new, gone. Exit code 1 when something broke.')
    .option('--json', 'as JSON')
    .addHelpText('after', '\nExamples:\n  $ ringtrue diff yesterday.json today.json\n')
    .action(async (before: string, after: string, { json }: { json?: boolean }) => {
      const [{ readReport }, { compareReports, renderDiff }] = await Promise.all([
        import('./read-report.ts'),
        import('../../report/diff.ts'),
      ]);
      const { out, cwd } = io();
      const diff = compareReports(readReport(before, cwd), readReport(after, cwd));
      out(json === true ? `${JSON.stringify(diff, undefined, 2)}\n` : renderDiff(diff));
      // What is new and fails is broken for whoever relies on it.
      const broke = diff.broken.length > 0 || diff.new.some((one) => one.after === 'fail');
      done(broke ? EXIT.broken : EXIT.conforms);
    });
}
