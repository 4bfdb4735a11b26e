import type { Command } from 'commander';
import type { Io } from '../io.ts';
import { withReading, type ReadingFlags } from '../options/reading.ts';

export interface ListOptions extends ReadingFlags {
  resources?: boolean;
  rules?: boolean;
  cases?: boolean;
  json?: boolean;
  profile?: string;
  include?: string[];
  exclude?: string[];
  readOnly?: boolean;
  explore?: string;
}

const collect = (text: string, before: string[] | undefined): string[] => [...(before ?? []), text];

/** `ringtrue list` */
export function declareList(program: Command, io: () => Io, done: (code: number) => void): void {
  withReading(program.command('list').argument('[CONTRACT]', 'as for run', 'voice-calls'))
    .option('--cases', 'the cases of a contract, with ids and levels (this is what it does anyway)')
    .option('--resources', 'the kinds of record behind the operations, and how they hang together')
    .option('--rules', 'the rules, which are the same for every contract')
    .option('--profile <PROFILE>', 'core or full', 'full')
    .option('--include <GLOB>', 'only cases whose id matches (repeat)', collect)
    .option('--exclude <GLOB>', 'no case whose id matches (repeat)', collect)
    .option('--read-only', 'only what needs no write')
    .option('--explore <N>', 'as for run')
    .option('--json', 'as JSON')
    .summary('the cases of a contract, or all rules')
    .description('Lists what would be asked of a target, or what can be asked at all.')
    .addHelpText(
      'after',
      "\nExamples:\n  $ ringtrue list calldesk\n  $ ringtrue list --include 'round-trip.*'\n  $ ringtrue list --resources ./mine.yaml\n  $ ringtrue list --rules\n",
    )
    .action(async (contract: string, options: ListOptions) => {
      const { listNow } = await import('./list-now.ts');
      done(await listNow(contract, options, io()));
    });
}
