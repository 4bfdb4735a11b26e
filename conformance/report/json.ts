import type { Report } from '../model/index.ts';
import { jsonSafe } from './escape.ts';

/**
 * The JSON report (`schemaVersion` 1, described by `report.schema.json`).
 *
 * @param report the run's report; recorded exchanges are left out, they belong to the HAR and HTML reports
 * @returns JSON text, indented, with a line feed at its end
 */
export function render(report: Report): string {
  return [...renderPieces(report)].join('');
}

/** So many items of a list are one piece. */
const ITEMS = 500;

/**
 * The same in pieces: as one text, tens of thousands of cases would be held several times over until they are written.
 *
 * @param report the run's report
 * @returns the pieces, from the first one on whenever they are asked for
 */
export function renderPieces(report: Report): Iterable<string> {
  return { [Symbol.iterator]: () => piecesOf(report) };
}

function* piecesOf(report: Report): Generator<string, void> {
  const { exchanges: _exchanges, ...rest } = report;
  let before = '{';
  for (const [name, value] of Object.entries(rest) as [string, unknown][]) {
    if (value === undefined) continue;
    yield `${before}\n  ${JSON.stringify(name)}: `;
    if (Array.isArray(value) && value.length > 0) yield* itemPieces(value);
    else yield indented(value, 2);
    before = ',';
  }
  yield '\n}\n';
}

function* itemPieces(items: readonly unknown[]): Generator<string, void> {
  for (let from = 0; from < items.length; from += ITEMS) {
    const some = items.slice(from, from + ITEMS).map((item) => `    ${indented(item, 4)}`);
    yield `${from === 0 ? '[' : ','}\n${some.join(',\n')}`;
  }
  yield '\n  ]';
}

/** As JSON.stringify indents it at that depth; a line feed within a text is escaped there. */
function indented(value: unknown, depth: number): string {
  return jsonSafe(JSON.stringify(value ?? null, undefined, 2)).replaceAll('\n', `\n${' '.repeat(depth)}`);
}
