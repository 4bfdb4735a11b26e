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
  fallback: '3000',
  about: '0 takes a free one',
};
const host: OptionSpec = {
  name: 'host',
  kind: 'text',
  value: 'HOST',
  group: GROUP,
  fallback: '127.0.0.1',
  about: 'where to listen; beyond this machine everybody knows its tokens',
};
const cors: OptionSpec = { name: 'cors', kind: 'switch', group: GROUP, about: 'let any web page call it' };
const options = [port, host, cors];

/** `ringtrue serve` */
export function declareServe(program: Command, io: () => Io, done: (code: number) => void): void {
  const command = program
    .command('serve')
    .summary('start the reference server')
    .description('Starts the reference server: all three contracts on one port, in memory, with well-known tokens.')
    .addHelpText('after', '\nExamples:\n  $ ringtrue serve\n  $ ringtrue serve --port 0 --cors\n');
  declareOptions(command, options);
  command.action(async () => {
    const { out, err, env } = io();
    const flags = givenFlags(command, options);
    const given = (spec: OptionSpec) => {
      const value = flags.get(spec.name);
      return value === undefined ? fromEnv(spec, env) : { value, source: 'flag' as const, place: `--${spec.name}` };
    };
    const [wantedPort, wantedHost] = [given(port), given(host)];
    const { serve, untilTerminated } = await import('../../../reference-server/index.ts');
    const settings = {
      ...(wantedPort === undefined ? {} : { port: numberOf(port, wantedPort) }),
      ...(wantedHost === undefined ? {} : { host: textOf(wantedHost) }),
      cors: given(cors)?.value === true,
    };
    done(await serve(settings, { out, err, signal: untilTerminated() }));
  });
}
