import type { Command } from 'commander';
import type { Io } from '../io.ts';

/** `ringtrue explain` */
export function declareExplain(program: Command, io: () => Io, done: (code: number) => void): void {
  program
    .command('explain')
    .argument('<ID>', 'id of a case, a rule or a requirement')
    .argument('[CONTRACT]', 'where to look for it; the built-in ones otherwise')
    .summary('what a case, a rule or a requirement means')
    .description(
      'Tells of a case, a rule or a requirement: the sentence it rests on, its source, what is asked, and an example.',
    )
    .addHelpText(
      'after',
      '\nExamples:\n  $ ringtrue explain round-trip\n  $ ringtrue explain VC-CREATE-201\n  $ ringtrue explain auth-missing.createCall calldesk\n',
    )
    .action(async (id: string, contract: string | undefined) => {
      const { explainNow } = await import('./explain-now.ts');
      done(await explainNow(id, contract, io()));
    });
}
