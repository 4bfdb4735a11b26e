/** Starts Prism, the mock and validation proxy of other people. */
import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { findBin } from '../redocly.ts';

const repository = fileURLToPath(new URL('../../../', import.meta.url));

/**
 * Starts Prism on a port that the system chooses.
 *
 * @param contract a built-in contract's name
 * @param upstream the server to stand in front of; without one Prism mocks
 * @returns the process, and the origin that it listens on
 */
export async function startPrism(
  contract: string,
  upstream?: string,
): Promise<{ prism: ChildProcess; origin: string }> {
  const program = findBin('@stoplight/prism-cli', 'prism', [repository]);
  if (program === undefined) throw new Error('@stoplight/prism-cli is not installed');
  const document = `openapi/${contract}.yaml`;
  const what = upstream === undefined ? ['mock', document] : ['proxy', document, upstream];
  const prism = spawn(process.execPath, [program, ...what, '--port', '0'], {
    cwd: repository,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const origin = await new Promise<string>((found, failed) => {
    const read = (chunk: Buffer): void => {
      if (output.length < 10_000) output += chunk.toString();
      const address = /listening on (http:\S+)/.exec(output)?.[1];
      if (address !== undefined) found(address);
    };
    prism.stdout.on('data', read);
    prism.stderr.on('data', read);
    prism.once('exit', () => failed(new Error(`Prism ended before it listened:\n${output}`)));
  });
  return { prism, origin };
}
