import type { Report } from '../model/index.ts';

/**
 * The JSON report (`schemaVersion` 1, described by `report.schema.json`).
 *
 * @param report the run's report; recorded exchanges are left out, they belong to the HAR and HTML reports
 * @returns JSON text, indented, with a line feed at its end
 */
export function render(report: Report): string {
  const { exchanges: _exchanges, ...rest } = report;
  return `${JSON.stringify(rest, undefined, 2)}\n`;
}
