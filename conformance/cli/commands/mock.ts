import type { Command } from 'commander';
import type { Io } from '../io.ts';
import { declareOptions, givenFlags } from '../options/command.ts';
import { fromEnv } from '../options/resolve.ts';
import type { OptionSpec } from '../options/spec.ts';
import { numberOf, textOf } from '../options/values.ts';

const GROUP = 'Options:';
const port: OptionSpec = {
  name: 'port',
  short: 'p',
  kind: 'whole',
  least: 0,
  most: 65_535,
  value: 'PORT',
  group: GROUP,
  fallback: '4010',
  about: '0 takes a free one',
};
const host: OptionSpec = {
  name: 'host',
  kind: 'text',
  value: 'HOST',
  group: GROUP,
  fallback: '127.0.0.1',
  about: 'where to listen',
};
const examples: OptionSpec = {
  name: 'examples',
  kind: 'switch',
  group: GROUP,
  about: 'list the statuses and examples that it can be asked for, and start nothing',
};
const options = [port, host, examples];

/** `ringtrue mock` */
export function declareMock(program: Command, io: () => Io, done: (code: number) => void): void {
  const command = program
    .command('mock')
    .argument('[CONTRACT]', 'as for run', 'voice-calls')
    .summary("start Prism, a mock that answers with the contract's examples")
    .description("Starts Prism on a contract: it answers with the contract's examples, and keeps nothing.")
    .addHelpText(
      'after',
      "\nExamples:\n  $ ringtrue mock\n  $ ringtrue mock calldesk --port 4011\n  $ ringtrue mock --examples\n  $ curl -H 'Prefer: code=404' …      asks for a status; Prefer: example=NAME for an example\n",
    );
  declareOptions(command, options);
  command.action(async (contract: string) => {
    const { env, cwd, err, out } = io();
    const flags = givenFlags(command, options);
    const given = (spec: OptionSpec) => {
      const value = flags.get(spec.name) ?? fromEnv(spec, env)?.value ?? spec.fallback ?? '';
      return { value, source: 'flag' as const, place: `--${spec.name}` };
    };
    const { listExamples, startMock } = await import('./mock-now.ts');
    if (flags.get(examples.name) === true) {
      done(await listExamples(contract, out));
      return;
    }
    done(await startMock(contract, { port: numberOf(port, given(port)), host: textOf(given(host)) }, cwd, err));
  });
}
