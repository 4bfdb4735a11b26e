import type { Command } from 'commander';
import type { Io } from '../io.ts';
import { declareOptions, givenFlags } from '../options/command.ts';
import { cleanupOptions } from '../options/cleanup-options.ts';

/** `ringtrue cleanup` */
export function declareCleanup(program: Command, io: () => Io, done: (code: number) => void): void {
  const command = program
    .command('cleanup')
    .argument('<LEDGER>', 'file that `ringtrue run --ledger FILE` wrote')
    .summary('delete what an earlier run created')
    .description(
      "Deletes the records of a ledger with the contract's DELETE operations, children before their parents, and says what it could not delete.",
    )
    .addHelpText('after', EXAMPLES);
  declareOptions(command, cleanupOptions);
  command.action(async (ledger: string) => {
    const { cleanupNow } = await import('./cleanup-now.ts');
    done(await cleanupNow(givenFlags(command, cleanupOptions), ledger, io()));
  });
}

const EXAMPLES = `
Only records of the ledger are deleted, and only at --url. What is gone is noted in the file, so that doing it twice does no harm.
Exit codes: 0 all are gone, 2 usage, 3 something is left or could not be asked, 130 interrupted.

Examples:
  $ ringtrue cleanup created.jsonl --url http://127.0.0.1:8080 --contract ./mine.yaml
  $ ringtrue cleanup created.jsonl --url https://api.example.com --contract ./mine.yaml --token-file - --dry-run
  $ ringtrue cleanup created.jsonl --url https://api.example.com --contract ./mine.yaml --token-file - --allow-writes
`;
