/** Starts Prism, an optional peer, as a process of its own. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { builtinContractDir } from '../../contract/builtin-dir.ts';
import { builtinContracts } from '../../contract/load.ts';
import { UsageError } from '../errors.ts';
import { EXIT } from '../exit.ts';
import { openContract } from '../judge/contract.ts';
import { findBin } from '../redocly.ts';

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
  await openContract(contract, false);
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
  let told = false;
  const stop = (): void => {
    told = true;
    prism.kill();
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stop);
  return new Promise((resolve, reject) => {
    prism.once('error', reject);
    prism.once('exit', (code) => {
      const ended = told || code === 0;
      if (!ended) say(`Prism ended by itself; is port ${String(port)} in use? Choose another with --port.\n`);
      resolve(ended ? EXIT.conforms : EXIT.usage);
    });
  });
}
