/** Installs what a user would take instead, as a user would, but without install scripts. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './processes.ts';

const INSTALL_SECONDS = 100;

/**
 * @param folder made if it is not there
 * @param packages names with their versions
 * @returns why they could not be had, or undefined when they are in the folder's `node_modules`
 */
export async function install(folder: string, ...packages: string[]): Promise<string | undefined> {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "private": true }');
  const flags = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline', ...packages];
  const { code, err } = await run('npm', flags, { cwd: folder, seconds: INSTALL_SECONDS });
  if (code === null) return `not had: not installed within ${String(INSTALL_SECONDS)} s`;
  if (code === 0 && existsSync(join(folder, 'node_modules'))) return undefined;
  return `not had: ${/npm error code (\S+)/.exec(err)?.[1] ?? 'npm failed'}`;
}
