import { InvalidArgumentError, Option, type Command } from 'commander';
import type { Io } from '../io.ts';

export interface SelftestOptions {
  contract?: string[];
  only?: string[];
  verbose?: boolean;
  workers?: number;
  worker?: boolean;
}

const collect = (text: string, before: string[] | undefined): string[] => [...(before ?? []), text];

const wholeNumber = (text: string): number => {
  if (!/^[1-9]\d{0,2}$/.test(text)) throw new InvalidArgumentError('It is a whole number from 1 on.');
  return Number(text);
};

/** `ringtrue selftest` */
export function declareSelftest(program: Command, io: () => Io, done: (code: number) => void): void {
  program
    .command('selftest')
    .option('--contract <CONTRACT>', 'only this contract (repeat)', collect)
    .option('--only <GLOB>', 'only faults and variants whose id matches (repeat)', collect)
    .option('-v, --verbose', 'tell of every fault, and which rules find it')
    .option('--workers <N>', 'processes (default: the cores, up to 4)', wholeNumber)
    .addOption(new Option('--worker').hideHelp())
    .summary('prove that the suite finds every fault')
    .description(
      'Puts one fault at a time into a correct server; the suite has to find each one, and to accuse no correct server.',
    )
    .addHelpText('after', '\nExamples:\n  $ ringtrue selftest\n  $ ringtrue selftest --contract calldesk\n')
    .action(async (options: SelftestOptions) => {
      const { selftestNow } = await import('./selftest-now.ts');
      done(await selftestNow(options, io()));
    });
}
