import type { Source } from './source.ts';

/** The one way that data flows. A layer may import `model` and the layers before it; `report` knows `model` alone. */
export const layers = ['contract', 'values', 'rules', 'plan', 'target', 'run', 'report'] as const;

/** Folders of `conformance/` that stand above the layers and put them together. */
const above = ['cli', 'vitest', 'self-test', 'client'];

/** Conformance files that may start the reference server: the embedded default of the command line, and the self-test. */
const mayEmbed = /^conformance\/(cli|self-test)\//;

/** Every way in which a file breaks the architecture of CONTRIBUTING.md, each as one sentence that says what to do instead. */
export function violations(source: Source, fieldNames: ReadonlySet<string> = new Set()): string[] {
  const found = [...source.imports.flatMap((imported) => importViolation(source.path, imported) ?? [])];
  if (isPure(source.path)) {
    for (const use of source.impure) {
      found.push(`uses ${use}; values, rules and plan are pure: take time, randomness and sending from the session`);
    }
    for (const name of namedFields(source, fieldNames)) {
      found.push(
        `names the contract's field ${name}; the engine is contract-driven: read it from the contract or a keyword`,
      );
    }
  }
  for (const title of source.titles) {
    if (/\bshould\b/i.test(title.replace(/\bSHOULD\b/g, ''))) {
      found.push(`has the title "${title}"; a title is a fact: "an unknown uid answers 404", never what should be`);
    }
  }
  return found.map((sentence) => `${source.path} ${sentence}.`);
}

function isTest(path: string): boolean {
  // What stands in a folder `testing` is there for tests alone.
  return path.endsWith('.test.ts') || path.includes('/testing/');
}

function isPure(path: string): boolean {
  return /^conformance\/(values|rules|plan)\//.test(path) && !isTest(path);
}

function folderOf(path: string): string | undefined {
  return /^conformance\/([^/]+)\//.exec(path)?.[1];
}

function importViolation(path: string, imported: string): string | undefined {
  if (path.startsWith('reference-server/') && imported.startsWith('conformance/')) {
    return `imports ${imported}; the reference server and the suite meet by URL only, so that one bug cannot hide in both`;
  }
  if (!path.startsWith('conformance/')) return undefined;
  if (imported.startsWith('reference-server/') && !mayEmbed.test(path) && !isTest(path)) {
    return `imports ${imported}; only cli/ and self-test/ may start the reference server, everything else meets it by URL`;
  }
  // A test stands outside the layers: it may put things together as it likes.
  if (isTest(path)) return undefined;
  return layerViolation(path, imported);
}

function layerViolation(path: string, imported: string): string | undefined {
  const own = folderOf(path);
  if (own === undefined) return undefined;
  const other = folderOf(imported);
  const isLocal = imported.startsWith('conformance/');
  if (own === 'model') {
    return other === 'model' ? undefined : `imports ${imported}; model/ is plain data and imports nothing`;
  }
  if (isPure(path) && (imported.startsWith('node:') || imported === 'undici')) {
    return `imports ${imported}; values, rules and plan never touch network, files, process, clock or randomness`;
  }
  if (own === 'report' && imported.startsWith('node:')) {
    return `imports ${imported}; a reporter renders a string, the command line writes it`;
  }
  if (own === 'cli' || !isLocal || other === own || other === 'model') return undefined;
  if (own === 'derived' && other !== 'contract' && other !== 'values')
    return `imports ${imported}; derived/ is a server of a document: it stands on contract/ and values/ alone, so that no mistake of the suite is in both`;
  if (own === 'report') return `imports ${imported}; report/ knows only model/`;
  if (other === 'cli') return `imports ${imported}; nothing but the command line itself imports cli/`;
  const from = layerOf(own);
  if (from === -1) return undefined;
  const to = other === undefined ? layers.length : layerOf(other);
  if (to !== -1 && to < from) return undefined;
  return `imports ${imported}; data flows ${layers.join(' -> ')}, and a layer imports only what comes before it`;
}

/** -1: above the layers, or no layer at all. */
function layerOf(folder: string): number {
  return above.includes(folder) ? -1 : layers.findIndex((layer) => layer === folder);
}

function namedFields({ identifiers, texts }: Source, fieldNames: ReadonlySet<string>): string[] {
  const words = new Set(texts.flatMap((text) => text.match(/[A-Za-z_]\w*/g) ?? []));
  return [...fieldNames].filter((name) => words.has(name) || (name.includes('_') && identifiers.has(name)));
}
