import type { Command } from 'commander';
import type { Io } from '../io.ts';
import { declareOptions, givenFlags } from '../options/command.ts';
import { runOptions } from '../options/run-options.ts';

/** `ringtrue run` */
export function declareRun(program: Command, io: () => Io, done: (code: number) => void): void {
  const command = program
    .command('run')
    .argument('[CONTRACT]', 'voice-calls (default), calldesk, aicaller, or the path or URL of an OpenAPI 3.1 document')
    .summary('judge a target by a contract')
    .description('Asks a target everything that a contract promises, and reads back what it wrote.')
    .addHelpText('after', EXAMPLES);
  declareOptions(command, runOptions);
  command.action(async (contract: string | undefined) => {
    const { runNow } = await import('./run-now.ts');
    done(await runNow(givenFlags(command, runOptions), contract, io()));
  });
}

const EXAMPLES = `
Every flag has a name in the environment (--allow-writes is RINGTRUE_ALLOW_WRITES; a list takes one entry per line) and a key in
ringtrue.config.yaml (allow-writes). The flag wins over the environment, that over the config file, that over the default.
Every switch has a --no- form. Exit codes: 0 conforms, 1 a MUST is broken, 2 usage, 3 could not judge, 70 a defect of RingTrue,
130 interrupted.

Examples:
  $ ringtrue run                                                        judge the reference server
  $ ringtrue run --url http://127.0.0.1:8080                            your server on this machine
  $ ringtrue run --url https://api.example.com --dry-run                what would be asked and written
  $ ringtrue run --url https://api.example.com --allow-writes --token-file - --fixture staff_uid=s-1
  $ ringtrue run ./mine.yaml --url http://127.0.0.1:8080 --include 'round-trip.*' --report html=report.html
`;
