/** What a table of the bench is, and how it is written. */

/** A figure that issue and readers hold us to. */
export interface Target {
  /** What is wanted, such as `under 2 s`. */
  wanted: string;
  measured: string;
  holds: boolean;
  /** By how much it is missed and why. */
  why?: string;
}

/** The outcome of one table. */
export interface Measured {
  columns: string[];
  rows: string[][];
  targets: Target[];
  notes: string[];
}

/** One table: a file in `bench/tables/`. */
export interface Table {
  id: string;
  title: string;
  measure(): Promise<Measured>;
}

/** @returns the table in Markdown */
export function toMarkdown({ title }: Table, { columns, rows, targets, notes }: Measured): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  const parts = [`## ${title}`, '', line(columns), line(columns.map(() => '---')), ...rows.map(line), ''];
  for (const { wanted, measured, holds, why } of targets) {
    parts.push(
      `- ${holds ? 'holds' : '**missed**'}: ${wanted}; measured ${measured}${why === undefined ? '' : `. ${why}`}`,
    );
  }
  if (targets.length > 0) parts.push('');
  for (const note of notes) parts.push(note, '');
  return parts.join('\n');
}
