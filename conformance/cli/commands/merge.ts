import type { Command } from 'commander';
import type { Io } from '../io.ts';

export interface MergeOptions {
  report?: string[];
  strict?: boolean;
  quiet?: boolean;
  verbose?: boolean;
}

const collect = (text: string, before: string[] | undefined): string[] => [...(before ?? []), text];

/** `ringtrue merge` */
export function declareMerge(program: Command, io: () => Io, done: (code: number) => void): void {
  program
    .command('merge')
    .argument('<REPORT...>', 'JSON reports of the parts')
    .summary('join the reports of a run that was split with --shard')
    .description(
      'Joins JSON reports to the one that a single run would have given. The exit code is that of the joined run.',
    )
    .option('--report <FORMAT[=FILE]>', 'as for run (repeat)', collect)
    .option('--strict', 'SHOULD counts like MUST')
    .option('-q, --quiet', "the verdict and the findings' sentences only")
    .option('-v, --verbose', 'every case')
    .addHelpText(
      'after',
      '\nExamples:\n  $ ringtrue merge part-1.json part-2.json part-3.json --report html=report.html\n',
    )
    .action(async (files: string[], options: MergeOptions) => {
      const { mergeNow } = await import('./merge-now.ts');
      done(await mergeNow(files, options, io()));
    });
}
