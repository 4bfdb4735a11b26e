import { InvalidArgumentError, Option, type Command } from 'commander';
import type { Io } from '../io.ts';

export interface SelftestOptions {
  report?: string[];
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
    .argument(
      '[CONTRACT]',
      'path or URL of an OpenAPI document: which faults of a server of it the suite finds; or a built-in contract',
    )
    .option(
      '--report <FORMAT>',
      'for a document of your own: json or html, to standard output or =FILE (repeat)',
      collect,
    )
    .option('--contract <CONTRACT>', 'only this contract (repeat)', collect)
    .option('--only <GLOB>', 'only faults and variants whose id matches (repeat)', collect)
    .option('-v, --verbose', 'tell of every fault, and which rules find it')
    .option('--workers <N>', 'processes (default: the cores, up to 4)', wholeNumber)
    .addOption(new Option('--worker').hideHelp())
    .summary('prove that the suite finds every fault')
    .description(
      'Puts one fault at a time into a correct server; the suite has to find each one, and to accuse no correct server. For a document of your own the server is derived from it, and what cannot be seen is told with the reason.',
    )
    .addHelpText(
      'after',
      '\nExamples:\n  $ ringtrue selftest\n  $ ringtrue selftest --contract calldesk\n  $ ringtrue selftest ./mine.yaml --report html=matrix.html\n',
    )
    .action(async (document: string | undefined, options: SelftestOptions) => {
      const { builtinContracts } = await import('../../contract/load.ts');
      if (document !== undefined && !builtinContracts.includes(document)) {
        const { selftestOwn } = await import('./selftest-own.ts');
        done(await selftestOwn(document, options, io()));
        return;
      }
      const { selftestNow } = await import('./selftest-now.ts');
      const contract = document === undefined ? options.contract : [...(options.contract ?? []), document];
      done(await selftestNow({ ...options, contract }, io()));
    });
}
