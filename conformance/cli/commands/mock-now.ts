/** Starts Prism, an optional peer, as a process of its own. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { builtinContractDir } from '../../contract/builtin-dir.ts';
import { builtinContracts } from '../../contract/load.ts';
import { UsageError } from '../errors.ts';
import { EXIT } from '../exit.ts';
import { openContract } from '../judge/contract.ts';
import { findBin } from '../redocly.ts';
import { exampleLines } from './mock-examples.ts';

/**
 * @param contract name, path or URL
 * @param where to listen
 * @param cwd the folder in which the user is
 * @returns the exit code: 0 when it was told to stop
 */
export async function startMock(
  contract: string,
  { port, host }: { port: number; host: string },
  cwd: string,
  say: (text: string) => void,
): Promise<number> {
  // Prism takes a misspelt contract without a word; ours does not.
  await openContract(contract, { allowRemote: false });
  await refuseUsedPort(port, host);
  const program = findBin('@stoplight/prism-cli', 'prism', [cwd]);
  if (program === undefined) {
    throw new UsageError(
      'Prism is not installed. Remedy: npm install -D @stoplight/prism-cli@5.14 (not the package called prism-cli).',
    );
  }
  const document = builtinContracts.includes(contract) ? join(builtinContractDir(), `${contract}.yaml`) : contract;
  const prism = spawn(process.execPath, [program, 'mock', document, '--port', String(port), '--host', host], {
    stdio: 'inherit',
  });
  // A terminal sends Ctrl+C to both; whoever kills this process alone means the mock.
  let stopped = false;
  const stop = (): void => {
    stopped = true;
    prism.kill();
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stop);
  return new Promise((resolve, reject) => {
    prism.once('error', reject);
    prism.once('exit', (code) => {
      const ended = stopped || code === 0;
      if (!ended) say('Prism ended by itself; what it said stands above.\n');
      resolve(ended ? EXIT.conforms : EXIT.usage);
    });
  });
}

/**
 * Prints what the mock can be asked for with `Prefer: example=NAME` and `Prefer: code=STATUS`.
 *
 * @param contract name, path or URL
 * @param out writes a line
 * @returns the exit code
 */
export async function listExamples(contract: string, out: (text: string) => void): Promise<number> {
  for (const line of exampleLines(await openContract(contract, { allowRemote: false }))) out(`${line}\n`);
  return EXIT.conforms;
}

/** Prism prints its whole help for a port that is taken. */
async function refuseUsedPort(port: number, host: string): Promise<void> {
  const probe = createServer();
  probe.listen(port, host);
  try {
    await once(probe, 'listening');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const why = code === 'EADDRINUSE' ? 'is in use' : `cannot be listened on (${code || 'unknown reason'})`;
    throw new UsageError(
      `Port ${String(port)} on ${host} ${why}; choose another with --port, or --port 0 for a free one.`,
    );
  }
  probe.close();
  await once(probe, 'close');
}
