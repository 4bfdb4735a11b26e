/** Makes one document of several files: schemas of other files become components, everything else takes its reference's place. */
import { at, escapeToken, isObject } from './resolve.ts';
import { isDataKey, isMapKey, schemaParts } from './schema-walk.ts';
import type { JsonObject } from './types.ts';

/** One file, read and looked over. */
export interface BundledPart {
  /** Where it is, without a fragment. */
  url: string;
  document: unknown;
}

/**
 * @param parts the root first; all references between them lead somewhere
 * @returns the root's document, changed in place; its references all lead to places inside it
 */
export function bundleParts(parts: readonly BundledPart[]): JsonObject {
  const [root] = parts;
  if (!root || !isObject(root.document)) throw new Error('bundleParts: the first part is no object');
  new Bundle(root.document, root.url, new Map(parts.map(({ url, document }) => [url, document]))).openapi(
    root.document,
    root.url,
    false,
    0,
  );
  return root.document;
}

/** References to references to … */
const LONGEST_CHAIN = 50;

class Bundle {
  private readonly seen = new WeakSet<object>();
  /** Pointers of the components that stand for schemas of other files. */
  private readonly hoisted = new Map<object, string>();

  constructor(
    private readonly document: JsonObject,
    private readonly rootUrl: string,
    private readonly documents: ReadonlyMap<string, unknown>,
  ) {}

  /** An object of OpenAPI that is no schema; `url` is the file that it comes from. */
  openapi(node: unknown, url: string, isMap: boolean, chain: number): void {
    if (typeof node !== 'object' || node === null || this.seen.has(node)) return;
    if (Array.isArray(node)) {
      for (const item of node as unknown[]) this.openapi(item, url, false, 0);
      return;
    }
    const object = node as JsonObject;
    if (typeof object.$ref === 'string') {
      const target = this.targetOf(object.$ref, url);
      if (target && target.url !== this.rootUrl && isObject(target.node) && chain < LONGEST_CHAIN) {
        delete object.$ref;
        for (const [key, value] of Object.entries(target.node)) object[key] ??= value;
        this.openapi(object, target.url, isMap, chain + 1);
        return;
      }
      if (target) object.$ref = `#${target.fragment}`;
    }
    this.seen.add(object);
    for (const [key, value] of Object.entries(object)) {
      if (isMap) this.openapi(value, url, false, 0);
      else if (key === 'schema') this.schema(value, url);
      else if (key === 'schemas' && isObject(value)) this.named(value, url, '/components/schemas');
      // Example Objects may be references; what they hold is data.
      else if (key === 'examples' && isObject(value)) this.openapi(value, url, true, 0);
      else if (!isDataKey(key)) this.openapi(value, url, isMapKey(key) && isObject(value), 0);
    }
  }

  /** Schemas by name; a component that is only a reference to another file is what it refers to. */
  private named(map: JsonObject, url: string, pointer?: string): void {
    // All of a map from elsewhere: `properties: { $ref: attributes.yml }`.
    if (typeof map.$ref === 'string') {
      const target = this.targetOf(map.$ref, url);
      delete map.$ref;
      if (target && isObject(target.node))
        for (const [name, schema] of Object.entries(target.node)) {
          if (name in map) continue;
          map[name] = schema;
          this.schema(schema, target.url);
        }
    }
    for (const [name, schema] of Object.entries(map)) {
      if (
        pointer !== undefined &&
        isObject(schema) &&
        Object.keys(schema).length === 1 &&
        typeof schema.$ref === 'string'
      ) {
        const target = this.targetOf(schema.$ref, url);
        if (target && target.url !== this.rootUrl && isObject(target.node) && !this.hoisted.has(target.node)) {
          map[name] = target.node;
          this.hoisted.set(target.node, `${pointer}/${escapeToken(name)}`);
          this.schema(target.node, target.url);
          continue;
        }
      }
      this.schema(schema, url);
    }
  }

  private schema(node: unknown, url: string): void {
    if (!isObject(node) || this.seen.has(node)) return;
    this.seen.add(node);
    if (typeof node.$ref === 'string') {
      const target = this.targetOf(node.$ref, url);
      if (target) node.$ref = `#${target.url === this.rootUrl ? target.fragment : this.hoist(target)}`;
    }
    for (const { node: part, isMap } of schemaParts(node)) {
      if (isMap && isObject(part)) this.named(part, url);
      else this.schema(part, url);
    }
  }

  /** @returns the pointer of the component that stands for a schema of another file */
  private hoist({ node, url, fragment }: Target): string {
    if (!isObject(node)) return fragment;
    const known = this.hoisted.get(node);
    if (known !== undefined) return known;
    const components = section(this.document, 'components');
    const schemas = section(components, 'schemas');
    const name = freeName(schemas, nameFor(url, fragment));
    const pointer = `/components/schemas/${escapeToken(name)}`;
    schemas[name] = node;
    this.hoisted.set(node, pointer);
    this.schema(node, url);
    return pointer;
  }

  private targetOf(reference: string, base: string): Target | undefined {
    try {
      const url = new URL(reference, base);
      const fragment = decodeURIComponent(url.hash.slice(1));
      url.hash = '';
      return { url: url.href, fragment: fragmentOf(fragment), node: at(this.documents.get(url.href), fragment) };
    } catch {
      // It was marked as leading nowhere.
      return undefined;
    }
  }
}

interface Target {
  url: string;
  fragment: string;
  node: unknown;
}

/** As it stands behind the `#` of a reference, where `at` decodes it once. */
function fragmentOf(pointer: string): string {
  return pointer.replaceAll('%', '%25');
}

function section(holder: JsonObject, key: string): JsonObject {
  const known = holder[key];
  if (isObject(known)) return known;
  const made: JsonObject = {};
  holder[key] = made;
  return made;
}

/** The last word of the fragment, else of the file. */
function nameFor(url: string, fragment: string): string {
  const last = fragment.split('/').at(-1) ?? '';
  const file = (url.split('/').at(-1) ?? 'schema').replace(/\.(?:ya?ml|json)$/i, '');
  const name = last === '' ? file : last.replaceAll('~1', '/').replaceAll('~0', '~');
  return name.replaceAll(/[^\w.-]+/g, '_');
}

function freeName(schemas: JsonObject, wanted: string): string {
  let name = wanted;
  for (let count = 2; name in schemas; count += 1) name = `${wanted}_${String(count)}`;
  return name;
}
