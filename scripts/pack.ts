/**
 * Packs what is published: `dist/`, contracts and pages, with a manifest that holds nothing of this repository's own work
 * (scripts, development packages). A `prepare` script in it would make npm warn whoever installs RingTrue.
 *
 *   tsx scripts/pack.ts [--ignore-scripts] [FOLDER]
 *
 * Prints the path of the tarball. `--ignore-scripts` packs dist/ as it stands.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const root = fileURLToPath(new URL('..', import.meta.url));

/** What the manifest says to the people who work here, and to nobody else. */
const ownParts = ['private', 'scripts', 'devDependencies'];

/** The pages that the README links to; tests and the like stay here. */
const pages = ['CHANGELOG.md', 'CONTRIBUTING.md', 'SECURITY.md', 'action.yml', 'docs', 'examples'];

/**
 * @param folder where the tarball goes
 * @returns path of the tarball
 * @throws Error when npm cannot pack
 */
export function pack(folder: string): string {
  const staging = join(root, 'artefacts', 'package');
  rmSync(staging, { recursive: true, force: true });
  mkdirSync(staging, { recursive: true });
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<string, unknown>;
  const files = manifest['files'] as string[];
  for (const name of [...new Set([...files.map((file) => file.split('/')[0] ?? file), ...pages])])
    cpSync(join(root, name), join(staging, name), { recursive: true, filter: (path) => !isOurs(path) });
  const published = Object.entries(manifest).filter(([name]) => !ownParts.includes(name));
  writeFileSync(
    join(staging, 'package.json'),
    `${JSON.stringify({ ...Object.fromEntries(published), files: [...files, ...pages] }, undefined, 2)}\n`,
  );
  mkdirSync(folder, { recursive: true });
  execFileSync('npm', ['pack', '--silent', '--pack-destination', resolve(folder)], {
    cwd: staging,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return join(folder, `${String(manifest['name'])}-${String(manifest['version'])}.tgz`);
}

function isOurs(path: string): boolean {
  return (
    /\.test\.ts$|[\\/]node_modules([\\/]|$)|[\\/]dist[\\/]docs([\\/]|$)/.test(path) && !path.endsWith('vitest.test.ts')
  );
}

function main(): void {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { 'ignore-scripts': { type: 'boolean', default: false } },
  });
  if (!values['ignore-scripts'])
    execFileSync('npm', ['run', '--silent', 'build:package'], { cwd: root, stdio: 'inherit' });
  if (!readdirSync(root).includes('dist')) throw new Error('There is no dist/ to pack. Remedy: npm run build:package');
  console.log(pack(positionals[0] ?? join(root, 'artefacts')));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main();
