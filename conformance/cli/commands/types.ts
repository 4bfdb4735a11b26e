import type { Command } from 'commander';
import type { Io } from '../io.ts';
import { readingOf, withReading, type ReadingFlags } from '../options/reading.ts';

/** `ringtrue types` */
export function declareTypes(program: Command, io: () => Io, done: (code: number) => void): void {
  withReading(program.command('types').argument('<CONTRACT>', 'as for run'))
    .summary('TypeScript types of a contract, by openapi-typescript')
    .description(
      'Prints the TypeScript types of a contract, made by openapi-typescript, for a client of your own (openapi-fetch).',
    )
    .option('-o, --output <FILE>', 'write them to a file')
    .addHelpText(
      'after',
      '\nExamples:\n  $ ringtrue types ./mine.yaml -o src/api.d.ts\n  $ ringtrue types voice-calls\n\nThen: createClient<paths>({ baseUrl }) of openapi-fetch is a typed client.\n',
    )
    .action(async (contract: string, { output, ...reading }: ReadingFlags & { output?: string }) => {
      const { typesNow } = await import('./types-now.ts');
      done(await typesNow(contract, output, readingOf(reading), io()));
    });
}
