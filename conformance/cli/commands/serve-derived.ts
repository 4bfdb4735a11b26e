/** `ringtrue serve ./mine.yaml`: starts the derived server of a document. */
import { watch } from 'node:fs';
import { resolve } from 'node:path';
import { derive, faultsOf } from '../../derived/build.ts';
import { genericFaults } from '../../derived/faults.ts';
import { greeting } from '../../derived/greeting.ts';
import { listen, type Listening } from '../../derived/listen.ts';
import type { DerivedServerOptions, SeedRecords } from '../../derived/options.ts';
import type { Core } from '../../derived/server.ts';
import { isObject } from '../../contract/resolve.ts';
import type { LoadOptions } from '../../contract/load.ts';
import { visibleLines } from '../../report/escape.ts';
import { failureOf, UsageError } from '../errors.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import type { Io } from '../io.ts';
import { openContract } from '../judge/contract.ts';
import { reasonOf } from '../reason.ts';
import { readBounded } from '../read-file.ts';
import { didYouMean } from '../suggest.ts';

export interface ServeDerivedOptions {
  document: string;
  port: number;
  host: string;
  cors: boolean;
  watches: boolean;
  token?: string;
  roleTokens: Record<string, string>;
  maxRecords: number;
  /** `examples`, or a JSON file. */
  seedData?: string;
  faults: readonly string[];
  reading: LoadOptions;
}

/**
 * @param options the flags
 * @param io where to write
 * @param signal stops it
 * @returns 0 after a stop
 * @throws UsageError or ContractError with one sentence when it cannot start
 */
export async function serveDerived(
  options: ServeDerivedOptions,
  io: Pick<Io, 'out' | 'err' | 'cwd'>,
  signal: AbortSignal,
): Promise<ExitCode> {
  const { document, port, host, cors, token } = options;
  if (options.faults.includes('list')) return listFaults(options, io);
  const start = async (): Promise<{ core: Core; faults: string[] }> => {
    const contract = await openContract(document, options.reading);
    const faults = faultsOf(contract, options.faults, didYouMean);
    return { core: await derive(contract, serverOptions(options, io.cwd)), faults: faults.map(({ title }) => title) };
  };
  const { core, faults } = await start();
  let listening: Listening;
  try {
    listening = await listen(core, { port, host, cors });
  } catch (error) {
    throw new UsageError(cannotListen(error, port, host));
  }
  io.out(visibleLines(greeting(core, listening.url, { faults, cors, token })));
  const stopWatching = options.watches
    ? watchFile(document, io, async () => listening.become((await start()).core))
    : undefined;
  if (!signal.aborted) await new Promise((done) => signal.addEventListener('abort', done, { once: true }));
  stopWatching?.();
  io.out('Stopping.\n');
  await listening.close();
  return EXIT.conforms;
}

async function listFaults({ document, reading }: ServeDerivedOptions, io: Pick<Io, 'out' | 'err'>): Promise<ExitCode> {
  const faults = genericFaults(await openContract(document, reading));
  io.out(visibleLines(faults.map(({ id, title }) => `${id}  ${title}\n`).join('')));
  io.err(`${String(faults.length)} faults that this document makes possible; --fault ID puts one in (repeat).\n`);
  return EXIT.conforms;
}

function serverOptions(
  { token, roleTokens, maxRecords, cors, seedData, faults }: ServeDerivedOptions,
  cwd: string,
): DerivedServerOptions {
  return {
    tokens: token === undefined ? [] : [token],
    roleTokens,
    maxRecords,
    cors,
    faults,
    seedData: seedData === undefined ? false : seedData === 'examples' ? true : seedFile(seedData, cwd),
  };
}

function seedFile(file: string, cwd: string): SeedRecords {
  let text: string;
  try {
    text = readBounded(resolve(cwd, file), { most: MOST_SEED_BYTES });
  } catch (error) {
    throw new UsageError(`--seed-data: ${file} cannot be read: ${reasonOf(error)}.`);
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new UsageError(`--seed-data: ${file} is not JSON: ${reasonOf(error)}.`);
  }
  const isSeed = isObject(json) && Object.values(json).every((rows) => Array.isArray(rows) && rows.every(isObject));
  if (!isSeed)
    throw new UsageError(
      `--seed-data: ${file} has to be an object with a list of records for each resource, such as {"pets": [{"name": "Rex"}]}.`,
    );
  return json as SeedRecords;
}

const MOST_SEED_BYTES = 100 * 1024 * 1024;

/** Editors write a file in several steps, so it is read when it has been still for a moment. */
const SETTLE_MS = 150;

function watchFile(document: string, io: Pick<Io, 'out' | 'err'>, reload: () => Promise<void>): () => void {
  let timer: NodeJS.Timeout | undefined;
  const again = (): void => {
    reload().then(
      () => io.out(`${document} has changed: the server starts anew from it, with an empty store.\n`),
      (error: unknown) =>
        io.err(`${failureOf(error, false).text.trimEnd()}\nThe server goes on with the document as it was.\n`),
    );
  };
  const watcher = watch(document, () => {
    clearTimeout(timer);
    timer = setTimeout(again, SETTLE_MS);
  });
  return () => {
    clearTimeout(timer);
    watcher.close();
  };
}

function cannotListen(error: unknown, port: number, host: string): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'EADDRINUSE')
    return `Port ${String(port)} on ${host} is in use; choose another with --port, or --port 0 for a free one.`;
  if (code === 'EACCES')
    return `Port ${String(port)} on ${host} needs rights that this user lacks; choose one from 1024 up with --port.`;
  return `The server cannot listen on ${host}, port ${String(port)} (${code || 'unknown reason'}); choose another with --host or --port.`;
}
