/** From a JSON Pointer to a line of the text it points into, by indentation alone: no second parse, no tree of nodes. */

/** So many lines, with more text in them than anybody reads in so few, are a document that a program wrote. */
const ONE_LINE = 2;
const LONG = 400;

interface Region {
  /** Index of the first and past the last line that may hold children. */
  from: number;
  to: number;
  /** Columns before which a child does not begin. */
  column: number;
}

/**
 * @param text block-style YAML, or JSON with one member a line
 * @returns a function from a JSON Pointer to the 1-based line of its key or item; where the
 *   place is not there, the line of the nearest place around it; undefined for an empty text and for a document in one line
 * @see RFC 6901
 */
export function lineFinder(text: string): (pointer: string) => number | undefined {
  let lines: string[] | undefined;
  return (pointer) => {
    lines ??= text.split(/\r?\n/);
    // Of a document in one line a line says nothing; a pointer does.
    if (lines.length <= ONE_LINE && text.length > LONG) return undefined;
    const tokens = pointer.replace(/^#/, '').split('/').slice(1);
    let region: Region = { from: firstChild(lines), to: lines.length, column: 0 };
    let found: number | undefined;
    for (const raw of tokens) {
      const next = findChild(lines, region, raw.replaceAll('~1', '/').replaceAll('~0', '~'));
      if (!next) break;
      found = next.from;
      region = next;
    }
    if (found !== undefined) return found + 1;
    const first = lines.findIndex((line) => isContent(line));
    return first < 0 ? undefined : first + 1;
  };
}

/** The line where a child begins and the region below it. The column of the result is that of the child's own children. */
function findChild(lines: readonly string[], region: Region, token: string): Region | undefined {
  const starts = childStarts(lines, region);
  const sequence = starts.length > 0 && starts.every(({ content }) => isItem(content));
  const index = sequence ? Number(token) : starts.findIndex(({ content }) => keyOf(content) === token);
  const start = starts[index];
  if (!start) return undefined;
  const to = starts[index + 1]?.line ?? region.to;
  // What stands on a key's own line was read; behind a dash more may begin.
  return { from: start.line, to, column: start.column + 1 };
}

interface Start {
  line: number;
  column: number;
  content: string;
}

/** Past the line with the bracket that opens a JSON text. */
function firstChild(lines: readonly string[]): number {
  const first = lines.findIndex((line) => isContent(line));
  return /^[[{]\s*$/.test(lines[first] ?? '') ? first + 1 : 0;
}

/** Where the children of a region begin: all lines at its smallest indentation, of one kind (items or keys). */
function childStarts(lines: readonly string[], region: Region): Start[] {
  let column = Number.POSITIVE_INFINITY;
  let starts: Start[] = [];
  for (let line = region.from; line < region.to; line += 1) {
    const text = lines[line] ?? '';
    if (!isContent(text)) continue;
    let start: Start | undefined;
    if (line === region.from && region.column > 0) {
      // The line of the region's own key or dash: only what stands behind a dash is a child.
      start = behindDash(text, line, region.column - 1);
      if (!start) continue;
    } else {
      const indent = indentOf(text);
      start = { line, column: indent, content: text.slice(indent) };
    }
    if (start.column < column) {
      // Closing brackets and stray text do not lower the level of the children.
      if (!isItem(start.content) && keyOf(start.content) === undefined) continue;
      column = start.column;
      starts = [start];
    } else if (start.column === column) {
      starts.push(start);
    }
  }
  const items = starts.filter(({ content }) => isItem(content));
  const keys = starts.filter(({ content }) => keyOf(content) !== undefined);
  // A list may stand at the indentation of its key's siblings; those come after it or before, never between.
  const [first] = starts;
  return first && isItem(first.content) ? items : keys;
}

/** The mapping or list that begins behind the dash of an item. */
function behindDash(text: string, line: number, column: number): Start | undefined {
  const rest = /^-[ \t]+/.exec(text.slice(column));
  if (!rest) return undefined;
  const at = column + rest[0].length;
  return { line, column: at, content: text.slice(at) };
}

function isContent(line: string): boolean {
  const content = line.trimStart();
  return content !== '' && !content.startsWith('#') && content !== '---' && content !== '...';
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

/** An item of a block sequence, or a value on a line of its own, as in the arrays of indented JSON. */
function isItem(content: string): boolean {
  if (/^-(?:[ \t]|$)/.test(content) || /^[[{]/.test(content)) return true;
  return /^(?:"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*|true|false|null),?$/.test(content);
}

/** The key at the start of a line, unquoted; undefined when there is none. */
function keyOf(content: string): string | undefined {
  const quoted = /^"((?:[^"\\]|\\.)*)"\s*:/.exec(content);
  if (quoted) return unquote(quoted[1] ?? '');
  const single = /^'((?:[^']|'')*)'\s*:/.exec(content);
  if (single) return (single[1] ?? '').replaceAll("''", "'");
  return /^([^\s#"'[{&*!|>-][^#]*?|-[^\s][^#]*?)\s*:(?:\s|$)/.exec(content)?.[1];
}

function unquote(inner: string): string {
  try {
    return JSON.parse(`"${inner}"`) as string;
  } catch {
    return inner;
  }
}
