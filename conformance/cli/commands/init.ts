import type { Command } from 'commander';
import type { Io } from '../io.ts';

export interface InitOptions {
  contract?: string;
  url?: string;
  tokenEnv?: string;
  fixture?: string[];
  file?: string;
  force?: boolean;
  yes?: boolean;
}

const collect = (text: string, before: string[] | undefined): string[] => [...(before ?? []), text];

/** `ringtrue init` */
export function declareInit(program: Command, io: () => Io, done: (code: number) => void): void {
  program
    .command('init')
    .summary('write a ringtrue.config.yaml with comments')
    .description('Writes a config file with comments. On a terminal it asks for what the flags leave open.')
    .option('--contract <CONTRACT>', 'as for run')
    .option('-u, --url <URL>', 'origin of the target')
    .option('--token-env <NAME>', 'environment variable that holds the token (default: API_TOKEN)')
    .option('--fixture <NAME=VALUE>', 'a value that exists on the target (repeat)', collect)
    .option('--file <FILE>', 'where to write', 'ringtrue.config.yaml')
    .option('-y, --yes', 'ask nothing')
    .option('--force', 'overwrite a file that is there')
    .addHelpText(
      'after',
      '\nExamples:\n  $ ringtrue init\n  $ ringtrue init --contract calldesk --url http://127.0.0.1:8080 --yes\n',
    )
    .action(async (options: InitOptions) => {
      const { initNow } = await import('./init-now.ts');
      done(await initNow(options, io()));
    });
}
