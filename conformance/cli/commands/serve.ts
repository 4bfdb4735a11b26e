import type { Command } from 'commander';
import type { Io } from '../io.ts';
import { UsageError } from '../errors.ts';
import { declareOptions, givenFlags } from '../options/command.ts';
import { readingOf, withReading, type ReadingFlags } from '../options/reading.ts';
import { fromEnv, type Given } from '../options/resolve.ts';
import type { OptionSpec } from '../options/spec.ts';
import { numberOf, pairOf, textOf } from '../options/values.ts';

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
  about: 'where to listen; beyond this machine everybody knows the tokens of the reference server',
};
const cors: OptionSpec = { name: 'cors', kind: 'switch', group: GROUP, about: 'let any web page call it' };
const OWN = 'For a document of your own:';
const token: OptionSpec = {
  name: 'token',
  kind: 'secret',
  value: 'TOKEN',
  group: OWN,
  about:
    'the only credential that is taken; without it every one is that does not say unknown, invalid, expired or revoked',
};
const roleToken: OptionSpec = {
  name: 'role-token',
  kind: 'list',
  secret: true,
  value: 'ROLE=TOKEN',
  group: OWN,
  about: 'a token that may what a role of the document may (repeat)',
};
const seedData: OptionSpec = {
  name: 'seed-data',
  kind: 'text',
  value: 'examples|FILE',
  group: OWN,
  about: 'start with the document\'s examples, or with records of a JSON file: {"pets": [{…}]}',
};
const fault: OptionSpec = {
  name: 'fault',
  kind: 'list',
  value: 'ID',
  group: OWN,
  about: 'put a defect in (repeat); list prints the ids',
};
const maxRecords: OptionSpec = {
  name: 'max-records',
  kind: 'whole',
  least: 1,
  most: 10_000_000,
  value: 'N',
  group: OWN,
  fallback: '100000',
  about: 'one more is answered with 507',
};
const watches: OptionSpec = {
  name: 'watch',
  kind: 'switch',
  group: OWN,
  about: 'start anew when the document changes',
};
const derived: OptionSpec = {
  name: 'derived',
  kind: 'switch',
  group: OWN,
  about: 'derive a server from a built-in contract too, in place of the reference server',
};
const own = [token, roleToken, seedData, fault, maxRecords, watches, derived];
const options = [port, host, cors, ...own];

/** `ringtrue serve` */
export function declareServe(program: Command, io: () => Io, done: (code: number) => void): void {
  const command = withReading(
    program
      .command('serve')
      .argument('[CONTRACT]', 'path or URL of an OpenAPI document: starts a server that is derived from it'),
  )
    .summary('start the reference server, or one derived from a document')
    .description(
      'Without a document: the reference server, all three contracts on one port, in memory, with well-known tokens. With one: a server that is derived from it, which keeps what is written, in memory.',
    )
    .addHelpText(
      'after',
      '\nExamples:\n  $ ringtrue serve\n  $ ringtrue serve --port 0 --cors\n  $ ringtrue serve ./mine.yaml --seed-data examples\n  $ ringtrue serve ./mine.yaml --fault list\n',
    );
  declareOptions(command, options);
  command.action(async (document: string | undefined, reading: ReadingFlags) => {
    const { out, err, env, cwd } = io();
    const flags = givenFlags(command, options);
    const given = (spec: OptionSpec): Given | undefined => {
      const value = flags.get(spec.name);
      return value === undefined ? fromEnv(spec, env) : { value, source: 'flag' as const, place: `--${spec.name}` };
    };
    const [wantedPort, wantedHost] = [given(port), given(host)];
    const { serve, untilTerminated } = await import('../../../reference-server/index.ts');
    const where = {
      ...(wantedPort === undefined ? {} : { port: numberOf(port, wantedPort) }),
      ...(wantedHost === undefined ? {} : { host: textOf(wantedHost) }),
      cors: given(cors)?.value === true,
    };
    const { builtinContracts } = await import('../../contract/load.ts');
    const isBuiltin = document === undefined || builtinContracts.includes(document);
    const wanted = own.find((spec) => flags.has(spec.name));
    if (document === undefined && wanted)
      throw new UsageError(
        `--${wanted.name} is for a derived server: name a document, as in \`ringtrue serve ./mine.yaml --${wanted.name} …\`.`,
      );
    if (isBuiltin && !wanted) {
      done(await serve(where, { out, err, signal: untilTerminated() }));
      return;
    }
    const { serveDerived } = await import('./serve-derived.ts');
    const [ownToken, records, seeds] = [given(token), given(maxRecords), given(seedData)];
    const settings = {
      document: document ?? '',
      port: where.port ?? Number(port.fallback),
      host: where.host ?? host.fallback ?? '',
      cors: where.cors,
      watches: given(watches)?.value === true,
      token: ownToken === undefined ? undefined : textOf(ownToken),
      roleTokens: Object.fromEntries(listOf(given(roleToken)).map((text) => pairOf(text, '--role-token', 'ROLE'))),
      maxRecords: numberOf(
        maxRecords,
        records ?? { value: maxRecords.fallback ?? '', source: 'default', place: '--max-records' },
      ),
      seedData: seeds === undefined ? undefined : textOf(seeds),
      faults: listOf(given(fault)),
      reading: readingOf(reading),
    };
    done(await serveDerived(settings, { out, err, cwd }, untilTerminated()));
  });
}

function listOf(given: Given | undefined): string[] {
  return Array.isArray(given?.value) ? given.value : [];
}
