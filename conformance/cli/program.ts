/** The command line as a whole: its commands, its help, and what its mistakes look like. */
import { Command, CommanderError } from 'commander';
import { declareCleanup } from './commands/cleanup.ts';
import { declareDiff } from './commands/diff.ts';
import { declareExplain } from './commands/explain.ts';
import { declareInit } from './commands/init.ts';
import { declareLint } from './commands/lint.ts';
import { declareList } from './commands/list.ts';
import { declareMerge } from './commands/merge.ts';
import { declareMock } from './commands/mock.ts';
import { declareRun } from './commands/run.ts';
import { declareSelftest } from './commands/selftest.ts';
import { declareServe } from './commands/serve.ts';
import { declareTypes } from './commands/types.ts';
import { failureOf } from './errors.ts';
import { EXIT } from './exit.ts';
import type { Io } from './io.ts';
import { TOOL } from './version.ts';

/** What a command does: tells its exit code when it is done. */
export type Declare = (program: Command, io: () => Io, done: (code: number) => void) => void;

const COMMANDS: readonly Declare[] = [
  declareRun,
  declareList,
  declareExplain,
  declareServe,
  declareMock,
  declareTypes,
  declareLint,
  declareInit,
  declareDiff,
  declareMerge,
  declareCleanup,
  declareSelftest,
];

/**
 * @param args without node and script
 * @param io where to write, and the surroundings
 * @returns the exit code
 */
export async function runCli(args: readonly string[], io: Io): Promise<number> {
  let code: number = EXIT.conforms;
  const program = new Command(TOOL.name)
    .description('Proves that an API keeps its OpenAPI contract: every field, by reading it back.')
    .version(TOOL.version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand('help [COMMAND]', 'print the help of a command')
    .addHelpText('after', EXAMPLES)
    .configureHelp({ showGlobalOptions: false })
    .configureOutput({
      writeOut: (text) => io.out(text),
      writeErr: (text) => io.err(text),
      getOutHasColors: () => io.color.out,
      getErrHasColors: () => io.color.err,
      getOutHelpWidth: () => io.columns ?? 110,
      getErrHelpWidth: () => io.columns ?? 110,
      outputError: (text, write) => write(text.replace(/^error: /, '').replace(/^./, (first) => first.toUpperCase())),
    })
    .exitOverride();
  for (const declare of COMMANDS) {
    declare(
      program,
      () => io,
      (result) => {
        code = result;
      },
    );
  }
  // A command gets it too, because that is where people write it.
  for (const command of [program, ...program.commands]) command.option('--no-color', 'no colours (also NO_COLOR)');
  try {
    if (args.length === 0) {
      program.outputHelp({ error: true });
      return EXIT.usage;
    }
    await program.parseAsync([...args], { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.conforms : EXIT.usage;
    const failure = failureOf(error, (io.env['RINGTRUE_DEBUG'] ?? '') !== '' || args.includes('--verbose'));
    io.err(failure.text);
    return failure.code;
  }
}

const EXAMPLES = `
Examples:
  $ ringtrue run                                      judge the reference server, in seconds
  $ ringtrue run --url http://127.0.0.1:8080          judge your own
  $ ringtrue list calldesk                            what would be asked
  $ ringtrue explain round-trip                       what a rule does

ringtrue COMMAND --help tells more.
`;
