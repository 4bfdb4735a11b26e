import { readFileSync } from 'node:fs';
import { join, normalize, sep } from 'node:path';
import type { Plugin } from 'esbuild';

/** Packages of which npm nests a copy below each dependent, as an older version stands at the top; and what they rest on. */
const TWINS = /^(?:mime-db|mime-types)$/;

interface Lock {
  packages: Record<string, { version?: string }>;
}

/**
 * Bundles one of several copies of the same version. Express, its body parser and its file sender each bring a list of all media
 * types: reading three of them took a tenth of the reference server's start.
 *
 * @param root the folder of package-lock.json
 * @returns a plugin for esbuild; without the file it changes nothing
 */
export function shareTwins(root: string): Plugin {
  return {
    name: 'share-twins',
    setup(build) {
      const versions = lockedVersions(root);
      build.onResolve({ filter: TWINS }, async ({ path: name, resolveDir, kind, importer, pluginData }) => {
        if (pluginData === TWINS) return undefined;
        const own = await build.resolve(name, { resolveDir, kind, importer, pluginData: TWINS });
        // node_modules may be a link to a folder elsewhere, so the beginning of the path says nothing; the longest end is its own.
        const file = own.path.split(sep).join('/');
        const copy = versions
          .filter(({ path }) => file.includes(`/${path}/`))
          .reduce<Copy | undefined>(
            (most, one) => (one.path.length > (most?.path.length ?? 0) ? one : most),
            undefined,
          );
        // The first by name, whichever is asked for first: a build has to be repeatable.
        const first = versions.find((other) => other.name === copy?.name && other.version === copy.version);
        if (!copy || !first) return own;
        return { ...own, path: normalize(file.replace(`/${copy.path}/`, `/${first.path}/`)) };
      });
    },
  };
}

/** Where the lock file puts a copy, and of which version. */
interface Copy {
  path: string;
  name: string;
  version: string;
}

function lockedVersions(root: string): Copy[] {
  let lock: Lock;
  try {
    lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as Lock;
  } catch {
    return [];
  }
  return Object.entries(lock.packages)
    .map(([path, { version = '' }]) => ({ path, name: path.split('node_modules/').at(-1) ?? '', version }))
    .filter(({ name }) => TWINS.test(name))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}
