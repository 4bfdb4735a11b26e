/**
 * What a target says is shown to people and to machines. Each function here makes any text safe for one medium; none of them
 * ever throws, and each keeps plain text as it is.
 */

/**
 * Characters that steer a terminal or reorder a line instead of showing something: C0 and C1 controls, DEL, line and paragraph
 * separators, bidirectional controls, zero-width characters that hide (the zero-width joiner stays, emoji need it), the BOM,
 * tag characters, non-characters, and lone surrogates.
 */
const UNSEEN =
  // eslint-disable-next-line no-control-regex -- finding control characters is the purpose.
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff\p{Cs}\u{e0000}-\u{e007f}]/gu;

/** The visible form of one unseen character: `\n`, `\t`, `\r`, `\x1b`, `\u202e`, `\u{e0001}`. */
function spell(character: string): string {
  if (character === '\n') return '\\n';
  if (character === '\r') return '\\r';
  if (character === '\t') return '\\t';
  const code = character.codePointAt(0) ?? 0;
  const hex = code.toString(16);
  if (code <= 0xff) return `\\x${hex.padStart(2, '0')}`;
  return code <= 0xffff ? `\\u${hex.padStart(4, '0')}` : `\\u{${hex}}`;
}

/**
 * Text for one line of a terminal: whatever a target sent, nothing moves the cursor, changes a colour, rings a bell or turns
 * the reading direction.
 *
 * @param text any text
 * @returns the text with every unseen character spelt out (`\x1b`, `\u202e`, `\n`)
 */
export function visible(text: string): string {
  return spelt(text).replace(CI_COMMAND, '#\\x23');
}

function spelt(text: string): string {
  return text.replace(UNSEEN, spell);
}

/** Azure Pipelines and GitHub take `##[…]` and `##vso[…]` for a command wherever it stands in a line of a log. */
const CI_COMMAND = /##(?=\[|vso\[)/gi;

/**
 * A finished line of a log: GitHub takes one that begins with `::`, blanks before it or not, for a command.
 *
 * @param line a line that is safe for a terminal
 */
export function inertLine(line: string): string {
  return line.replace(/^(\s*):(?=:)/, '$1\\x3a');
}

/**
 * JSON text that means the same and does nothing where it is printed: characters that steer a terminal, reorder a line or begin
 * a CI command stand as escapes (RFC 8259 section 7).
 *
 * @param json text that JSON.stringify made
 */
export function jsonSafe(json: string): string {
  return json
    .replace(UNSEEN, (character) => (character === '\n' ? character : unicodeEscape(character)))
    .replace(CI_COMMAND, '\\u0023#');
}

function unicodeEscape(character: string): string {
  return Array.from({ length: character.length }, (_, at) => character.charCodeAt(at))
    .map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`)
    .join('');
}

/**
 * Like {@link visible}, but line feeds stay: for text that is meant to have lines, such as a curl command.
 *
 * @param text any text
 */
export function visibleLines(text: string): string {
  return text
    .split(/\r?\n/)
    .map((line) => inertLine(visible(line)))
    .join('\n');
}

/**
 * Text that XML 1.0 can hold. Escaping of `<`, `&` and quotes is left to the XML builder.
 *
 * @param text any text
 * @returns text without characters that XML forbids (they are spelt out); line feeds stay
 */
export function xmlSafe(text: string): string {
  return visibleLines(text).replace(/[\u{1fffe}\u{1ffff}\u{2fffe}-\u{2ffff}]/gu, spell);
}

/**
 * Text for an HTML text node or a quoted attribute. Unseen characters are spelt out too: a reader must see them.
 *
 * @param text any text
 */
export function html(text: string): string {
  return text
    .split(/\r?\n/)
    .map(spelt)
    .join('\n')
    .replace(/[&<>"'`]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/**
 * Text for running Markdown, on one line: no markup, link, mention or HTML comes alive.
 *
 * @param text any text
 */
export function markdown(text: string): string {
  return (
    visible(text.replace(/\s*\r?\n\s*/g, ' '))
      .replace(/&/g, '&amp;')
      .replace(/</g, '&lt;')
      .replace(/>/g, '&gt;')
      .replace(/[\\`*[\]|~]/g, '\\$&')
      // Between letters an underscore is only itself (external_uuid), and names are there to be searched for.
      .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\_')
      .replace(/(^\s*)([#+-]|\d+[.)])(?=\s|$)/, (_whole, before: string, marker: string) =>
        marker.length > 1 ? `${before}${marker.slice(0, -1)}\\${marker.slice(-1)}` : `${before}\\${marker}`,
      )
      .replace(/@(?=\w)/g, '@\u2060')
      .replace(/(https?|ftp):\/\//gi, '$1&#58;//')
      .replace(/\bwww\./gi, (whole) => `${whole.slice(0, 3)}&#46;`)
  );
}

/**
 * A value in Markdown's code span, fit for a table cell too.
 *
 * @param text any text
 * @returns a code span whose fence is longer than any run of backticks inside; a pipe is escaped as tables want it
 */
export function markdownCode(text: string): string {
  const line = visible(text).replace(/\|/g, '\\|');
  if (line.trim() === '') return line === '' ? '` `' : `\`"${line}"\``;
  const fence = '`'.repeat(longestRun(line) + 1);
  const pad = line.startsWith('`') || line.endsWith('`') ? ' ' : '';
  return `${fence}${pad}${line}${pad}${fence}`;
}

/**
 * A fenced block of Markdown that its content cannot close.
 *
 * @param text the block's content; may have lines
 * @param language info string, such as `json` or `sh`
 */
export function markdownBlock(text: string, language = ''): string {
  const body = visibleLines(text);
  const fence = '`'.repeat(Math.max(3, longestRun(body) + 1));
  return `${fence}${language}\n${body}\n${fence}`;
}

function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
}

/**
 * Shortens in the middle, so that both ends of a long value can be compared, and says how long it was.
 *
 * @param text any text
 * @param max how many characters (code points) may stay, the note on the length not counted
 * @returns the text itself when it is short enough
 */
export function shorten(text: string, max: number): string {
  if (text.length <= max) return text;
  // Never split a surrogate pair; and never spread a value of some MiB into an array.
  const start = Array.from(text.slice(0, max * 2));
  const end = Array.from(text.slice(-max * 2));
  if (text.length <= max * 2 && start.length <= max) return text;
  const head = Math.ceil((max - 1) / 2);
  const tail = Math.floor((max - 1) / 2);
  return `${start.slice(0, head).join('')}…${tail > 0 ? end.slice(-tail).join('') : ''} (${codePoints(text)} characters)`;
}

/** Length as a reader counts it. */
function codePoints(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

/**
 * A JSON value on one line, safe for a terminal.
 *
 * @param value any JSON value; `undefined` is told as "nothing"
 * @param max how many characters may stay
 */
export function showValue(value: unknown, max = 80): string {
  // A top-level text of some MiB is cut before it is quoted: the quotes must stay, and so must the speed.
  if (typeof value === 'string') {
    const short = shorten(value, max);
    if (short === value) return visible(JSON.stringify(value));
    const at = short.lastIndexOf(' (');
    return `${visible(JSON.stringify(short.slice(0, at)))}${short.slice(at)}`;
  }
  let text: string | undefined;
  try {
    // JSON.stringify answers undefined for undefined, whatever its type says.
    text = value === undefined ? undefined : JSON.stringify(value);
  } catch {
    // A value from the outside may be nested deeper than the stack.
    text = '(a value that cannot be shown)';
  }
  return text === undefined ? 'nothing' : visible(shorten(text, max));
}
