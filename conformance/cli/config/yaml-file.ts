/** Reads a YAML file of the user's, with the line of everything in it, so that a message can name the place. */
import { isAlias, isMap, isPair, isScalar, isSeq, LineCounter, parseDocument, type Document } from 'yaml';
import { UsageError } from '../errors.ts';
import { readBounded } from '../read-file.ts';
import { reasonOf } from '../reason.ts';

/** Far more than anybody configures, and read in a moment. */
const MOST_BYTES = 4 * 1024 * 1024;

/** A value in the file, and where it stands. */
export interface Place {
  /** As JSON would have it. */
  value: unknown;
  /** `ringtrue.config.yaml:12` */
  at: string;
}

/** An entry of a map. */
export interface Entry extends Place {
  key: string;
}

export class YamlFile {
  readonly file: string;
  readonly #document: Document;
  readonly #lines = new LineCounter();

  /**
   * @param path where it is
   * @param shown how messages call it
   * @throws UsageError when it cannot be read or is no YAML
   */
  constructor(path: string, shown: string) {
    this.file = shown;
    let text: string;
    try {
      text = readBounded(path, { most: MOST_BYTES });
    } catch (error) {
      throw new UsageError(`${shown} cannot be read: ${reasonOf(error)}.`);
    }
    this.#document = this.#parse(text);
    const [error] = this.#document.errors;
    if (error) {
      const { line } = this.#lines.linePos(error.pos[0]);
      throw new UsageError(`${shown}:${String(line)}: this is no YAML: ${error.message}`);
    }
  }

  /** Whether there is nothing in it but comments. */
  get empty(): boolean {
    return (
      this.#document.contents === null || (isScalar(this.#document.contents) && this.#document.contents.value === null)
    );
  }

  /** The line of a place; of the file when the place is not there. */
  at(path: readonly (string | number)[]): string {
    const parent = path.length === 0 ? undefined : this.#node(path.slice(0, -1));
    const pair = isMap(parent) ? parent.items.find(({ key }) => keyText(key) === path.at(-1)) : undefined;
    const node = isPair(pair) ? pair.key : this.#node(path);
    const range = isScalar(node) || isMap(node) || isSeq(node) ? node.range : undefined;
    return range ? `${this.file}:${String(this.#lines.linePos(range[0]).line)}` : this.file;
  }

  value(path: readonly (string | number)[]): unknown {
    const node = this.#node(path);
    if (!isMap(node) && !isSeq(node) && !isScalar(node)) return undefined;
    try {
      const value = node.toJS(this.#document) as unknown;
      if (!isScalar(node)) JSON.stringify(value);
      return value;
    } catch (error) {
      // The library counts aliases; JSON has no word for what holds itself.
      if (!(error instanceof ReferenceError) && !(error instanceof TypeError) && !(error instanceof RangeError))
        throw error;
      throw new UsageError(`${this.at(path)}: its aliases stand for too much, or for themselves; write it out.`);
    }
  }

  /**
   * @param path of a map
   * @param what how messages call it
   * @returns its entries in the file's order
   * @throws UsageError when there is something else
   */
  entries(path: readonly (string | number)[], what: string): Entry[] {
    const node = this.#node(path);
    if (!isMap(node)) throw new UsageError(`${this.at(path)}: ${what} has to be a map of names and values.`);
    return node.items.map(({ key: keyNode }) => {
      const key = keyText(keyNode);
      return { key, value: this.value([...path, key]), at: this.at([...path, key]) };
    });
  }

  /**
   * @param path of a list
   * @param what how messages call it
   * @throws UsageError when there is something else
   */
  items(path: readonly (string | number)[], what: string): Place[] {
    const node = this.#node(path);
    if (!isSeq(node)) throw new UsageError(`${this.at(path)}: ${what} has to be a list.`);
    return node.items.map((_item, index) => ({ value: this.value([...path, index]), at: this.at([...path, index]) }));
  }

  #parse(text: string): Document {
    try {
      return parseDocument(text, { lineCounter: this.#lines, prettyErrors: false });
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      throw new UsageError(`${this.file}: it is nested too deep.`);
    }
  }

  #node(path: readonly (string | number)[]): unknown {
    let node: unknown = this.#document.contents;
    for (const step of path) {
      const here: unknown = isAlias(node) ? node.resolve(this.#document) : node;
      if (isMap(here)) node = here.items.find(({ key }) => keyText(key) === step)?.value;
      else if (isSeq(here) && typeof step === 'number') node = here.items[step];
      else return undefined;
    }
    return isAlias(node) ? node.resolve(this.#document) : node;
  }
}

function keyText(key: unknown): string {
  return isScalar(key) ? String(key.value) : String(key);
}
