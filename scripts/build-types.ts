/**
 * Writes `dist/types`: declarations of what the published entries export, and of nothing else. tsc makes them; this script
 * drops those that no entry reaches, and refuses a type of a package that users do not have, since the code is bundled.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const types = join(root, 'dist', 'types');
const specifierPattern = /(\bfrom |\bimport\(|^import )(['"])([^'"]+)\2/gm;

interface Manifest {
  exports: Record<string, string | { types: string }>;
  dependencies: Record<string, string>;
  peerDependencies: Record<string, string>;
}

const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest;
const entries = Object.values(manifest.exports).flatMap((target) =>
  typeof target === 'string' ? [] : join(root, target.types),
);
const usersHave = new Set(Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies }));

function emit(): void {
  rmSync(types, { recursive: true, force: true });
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const { status, stdout } = spawnSync(process.execPath, [tsc, '-p', join(root, 'tsconfig.build.json')], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`tsc cannot write the declarations:\n${stdout}`);
}

/** Follows the imports of the entries, and turns `./a.ts` into `./a.js`, the name that every tool understands. */
function reach(): Set<string> {
  const reached = new Set<string>();
  const queue = [...entries];
  for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
    if (reached.has(path)) continue;
    reached.add(path);
    const here = path;
    if (!existsSync(here)) throw new Error(`package.json exports ${relative(root, here)}, which tsc did not write.`);
    const text = readFileSync(here, 'utf8').replace(
      specifierPattern,
      (_all, before: string, quote: string, name: string) => {
        if (name.startsWith('.')) queue.push(join(dirname(here), name.replace(/\.[jt]s$/, '.d.ts')));
        else checkPackage(here, name);
        return `${before}${quote}${name.startsWith('.') ? name.replace(/\.ts$/, '.js') : name}${quote}`;
      },
    );
    writeFileSync(here, text);
  }
  return reached;
}

function checkPackage(path: string, specifier: string): void {
  const name = specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
  if (name.startsWith('node:') || usersHave.has(name)) return;
  throw new Error(
    `${relative(root, path)} shows a type of ${name}, which users of the package do not have: ${name} is bundled. Declare a type of our own there.`,
  );
}

function prune(reached: ReadonlySet<string>): void {
  for (const entry of readdirSync(types, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile() && !reached.has(path)) rmSync(path);
  }
}

try {
  emit();
  prune(reach());
} catch (error) {
  console.error(error instanceof Error ? `build:types: ${error.message}` : error);
  process.exitCode = 1;
}
