import type { Command } from 'commander';
import type { Io } from '../io.ts';
import { readingOf, withReading, type ReadingFlags } from '../options/reading.ts';

/** `ringtrue lint` */
export function declareLint(program: Command, io: () => Io, done: (code: number) => void): void {
  withReading(program.command('lint').argument('[CONTRACT]', 'a contract, or all for the built-in ones', 'all'))
    .summary('check a contract: Redocly, our keywords, the requirements')
    .description('Checks a contract with Redocly (if it is installed), and its x-ringtrue-* keywords and requirements.')
    .addHelpText('after', '\nExamples:\n  $ ringtrue lint\n  $ ringtrue lint ./mine.yaml\n')
    .action(async (contract: string, reading: ReadingFlags) => {
      const { lintNow } = await import('./lint-now.ts');
      done(await lintNow(contract, readingOf(reading), io()));
    });
}
