/** Columns on a terminal: how wide a text is, where it breaks, how a table lines up. Knows nothing of reports. */

// eslint-disable-next-line no-control-regex -- our own colour codes take no room.
const COLOUR = /\u001b\[\d+m/g;
const ZERO_WIDTH = /\p{Mn}|\p{Me}|\u200d/u;
const WIDE =
  /[\p{Emoji_Presentation}\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]/u;

/**
 * @param text text without control characters, our own colours excepted
 * @returns how many columns it takes, well enough to line up a table (joined emoji are counted part by part)
 */
export function width(text: string): number {
  const plain = text.replace(COLOUR, '');
  // eslint-disable-next-line no-control-regex -- a quick test for plain ASCII.
  if (/^[\u0000-\u007f]*$/.test(plain)) return plain.length;
  let columns = 0;
  for (const character of plain) columns += ZERO_WIDTH.test(character) ? 0 : WIDE.test(character) ? 2 : 1;
  return columns;
}

/** Fills up with spaces on the right. */
export function padEnd(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - width(text)));
}

/** Fills up with spaces on the left. */
export function padStart(text: string, columns: number): string {
  return ' '.repeat(Math.max(0, columns - width(text))) + text;
}

/**
 * Breaks a sentence at spaces. A word that is too long for a line is left whole: a path or URL that is cut cannot be copied.
 *
 * @param text the sentence, without control characters
 * @param columns width of a line, indent included
 * @param indent what each line begins with
 * @returns lines
 */
export function wrap(text: string, columns: number, indent = ''): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && width(indent) + width(line) + 1 + width(word) > columns) {
      lines.push(indent + line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  lines.push(indent + line);
  return lines;
}

/**
 * A label in a column of its own, items beside it: a line breaks between items, not inside of one.
 *
 * @param label stands on the first line only
 * @param items short texts
 * @param at column at which the items begin
 * @param columns width of a line
 * @param between what stands between two items
 */
export function listed(label: string, items: string[], at: number, columns: number, between: string): string[] {
  const lines: string[] = [];
  let line = '';
  // An item that is wider than a line breaks at its spaces.
  for (const item of items.flatMap((one) => wrap(one, columns - at))) {
    const longer = line === '' ? item : line + between + item;
    if (line !== '' && at + width(longer) > columns) {
      lines.push(line);
      line = item;
    } else line = longer;
  }
  lines.push(line);
  return lines.map((one, index) => padEnd(index === 0 ? label : '', at) + one);
}

/**
 * A label in a column of its own, the text wrapped beside it.
 *
 * @param label stands on the first line only
 * @param text the text
 * @param at column at which the text begins
 * @param columns width of a line
 * @param indent what each line begins with
 */
export function labelled(label: string, text: string, at: number, columns: number, indent = ''): string[] {
  return wrap(text, columns, ' '.repeat(at)).map((line, index) =>
    index === 0 ? `${padEnd(indent + label, at)}${line.slice(at)}` : line,
  );
}
