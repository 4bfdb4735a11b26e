/** What an installation adds, beside the tools that a user would take instead. */
import { cpSync, lstatSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../scripts/contracts.ts';
import { install } from '../helpers/install.ts';
import { inFolder, run } from '../helpers/processes.ts';
import type { Table } from '../helpers/table.ts';

/** Pinned where the newest wants a newer Node than ours. */
const PEERS = ['@stoplight/prism-cli@5.14', '@redocly/cli@2', '@apideck/portman@1', 'specmatic@2'];

interface Weight {
  packages: number;
  mebibytes: number;
  scripts: string[];
}

export const weight: Table = {
  id: 'weight',
  title: 'Weight: what `npm install` adds',
  measure: () =>
    inFolder(async (folder) => {
      const own = await weigh(join(folder, 'own'), await packed(folder));
      if (typeof own === 'string') throw new Error(own);
      const rows = [['ringtrue', ...cells(own)]];
      for (const [index, peer] of PEERS.entries()) {
        const found = await weigh(join(folder, String(index)), peer);
        rows.push([peer, ...(typeof found === 'string' ? [found, '', ''] : cells(found))]);
      }
      const { packages, mebibytes, scripts } = own;
      return {
        columns: ['package', 'packages', 'MiB', 'with install scripts'],
        rows,
        targets: [
          { wanted: 'at most 60 packages', measured: String(packages), holds: packages <= 60 },
          { wanted: 'at most 15 MiB', measured: `${mebibytes.toFixed(1)} MiB`, holds: mebibytes <= 15 },
          { wanted: 'no install scripts', measured: String(scripts.length), holds: scripts.length === 0 },
        ],
        notes: ['Peers are installed without running their install scripts; what those download comes on top.'],
      };
    }),
};

/** Packs a copy: packing empties `dist/`, which others may be running from. */
async function packed(folder: string): Promise<string> {
  const copy = join(folder, 'copy');
  mkdirSync(copy);
  for (const name of readdirSync(root)) {
    if (!['.git', 'node_modules', 'dist', 'artefacts', 'coverage'].includes(name))
      cpSync(join(root, name), join(copy, name), { recursive: true });
  }
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'), 'junction');
  const { code, err } = await run('npm', ['pack', '--pack-destination', folder], { cwd: copy, seconds: 240 });
  const file = readdirSync(folder).find((name) => name.endsWith('.tgz'));
  if (code !== 0 || file === undefined)
    throw new Error(`npm pack failed: ${err.trim().split('\n').slice(-3).join(' ')}`);
  return join(folder, file);
}

/** @returns the weight, or why there is none */
async function weigh(folder: string, what: string): Promise<Weight | string> {
  const why = await install(folder, what);
  if (why !== undefined) return why;
  const modules = join(folder, 'node_modules');
  const lock = JSON.parse(readFileSync(join(modules, '.package-lock.json'), 'utf8')) as {
    packages: Record<string, { hasInstallScript?: boolean }>;
  };
  const scripts = Object.entries(lock.packages).flatMap(([name, { hasInstallScript }]) =>
    hasInstallScript === true ? [name] : [],
  );
  return { packages: Object.keys(lock.packages).length, mebibytes: size(modules) / 2 ** 20, scripts };
}

function cells({ packages, mebibytes, scripts }: Weight): string[] {
  return [String(packages), mebibytes.toFixed(1), String(scripts.length)];
}

function size(path: string): number {
  const stat = lstatSync(path);
  if (!stat.isDirectory()) return stat.size;
  return readdirSync(path).reduce((sum, name) => sum + size(join(path, name)), 0);
}
