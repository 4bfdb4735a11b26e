import type { CaseResult, CaseStatus, Report } from '../model/index.ts';
import { shorten } from './escape.ts';
import { h, trusted, type Markup } from './markup.ts';
import { thousands } from './summary.ts';

const WAYS = ['create response', 'get', 'list', 'update response', 'get after update', 'list after update'];
export const MARKS: Record<CaseStatus, string> = {
  pass: '✓',
  fail: '✗',
  warn: '!',
  'not-tested': '?',
  'not-applicable': '–',
  error: '✗',
};
/** What a cell that stands for several cases shows: the gravest; "does not apply" only when nothing else does. */
const GRAVITY: CaseStatus[] = ['fail', 'error', 'warn', 'not-tested', 'pass', 'not-applicable'];
/** Beyond so many columns a table of operations is turned round. */
const COLUMNS = 8;
/** Beyond so many tables they are folded, those with something to see first; beyond MOST the rest is left out. */
const OPEN = 4;
const MOST = 60;

/** Where a matrix cell leads: the finding of its failed case, or the group of its cases. */
export type CellTarget = (one: CaseResult) => string | undefined;

interface Grid {
  rows: string[];
  columns: string[];
  cells: Map<string, Map<string, CaseResult[]>>;
}

/**
 * Field x way in: where a written value was looked for, and whether it was there. One table per resource.
 *
 * @param report the run's report
 * @param target where a cell leads
 * @returns nothing when the run has no such case
 */
export function fieldMatrices(report: Report, target: CellTarget): Markup | undefined {
  const resources = new Map<string, CaseResult[]>();
  const pathOf = new Map(report.operations.map((one) => [one.operationId, one.path.replace(/\/\{[^/]*\}.*$/, '')]));
  for (const one of report.cases) {
    if (one.field === undefined || one.way === undefined) continue;
    push(resources, pathOf.get(one.operation) ?? one.operation, one);
  }
  if (resources.size === 0) return undefined;
  const order = new Map<string, number>();
  for (const operation of report.operations) {
    for (const field of [...operation.requestFields, ...operation.responseFields]) {
      if (!order.has(field)) order.set(field, order.size);
    }
  }
  const troubled = (cases: CaseResult[]): boolean =>
    cases.some((one) => one.status !== 'pass' && one.status !== 'not-applicable');
  const entries = [...resources];
  const sick = entries.filter(([, cases]) => troubled(cases));
  const sound = entries.filter(([, cases]) => !troubled(cases));
  const shown = (entries.length > OPEN ? [...sick, ...sound] : entries).slice(0, MOST);
  const tables = shown.map(([path, cases], at) => {
    const grid = gridOf(
      cases,
      (one) => one.field ?? '',
      (one) => one.way ?? '',
    );
    grid.rows.sort((a, b) => (order.get(a) ?? order.size) - (order.get(b) ?? order.size));
    grid.columns.sort((a, b) => rank(a) - rank(b));
    const table = gridTable(grid, `Field by way in, ${path}`, 'Field', target, false);
    if (entries.length === 1) return table;
    if (entries.length <= OPEN) return h`<h3 class="matrix-title"><code>${path}</code></h3>${table}`;
    return h`<details class="group"${at < Math.min(OPEN, sick.length) ? trusted(' open') : ''}><summary><code>${path}</code>${at < sick.length ? h` <span class="bad">${MARKS.fail}</span>` : ''}</summary>${table}</details>`;
  });
  const left = entries.length - shown.length;
  return h`${tables}${left > 0 ? h`<p class="muted">${thousands(left)} more resources are not shown here.</p>` : ''}`;
}

/**
 * Requirement x operation: how many cases, and whether all passed.
 *
 * @param report the run's report
 * @param target where a cell leads
 */
export function requirementMatrix(report: Report, target: CellTarget): Markup | undefined {
  if (report.cases.length === 0) return undefined;
  const order = orderOf(report.operations.map((one) => one.operationId));
  const rows = orderOf(report.requirements.map((one) => one.id));
  const byRequirement = gridOf(
    report.cases,
    (one) => one.requirement,
    (one) => one.operation,
  );
  if (byRequirement.columns.length <= COLUMNS) {
    byRequirement.columns.sort((a, b) => order(a) - order(b));
    byRequirement.rows.sort((a, b) => rows(a) - rows(b));
    const known = new Map(report.requirements.map((one) => [one.id, one]));
    const head = (id: string): Markup => {
      const row = known.get(id);
      if (row === undefined) return h`<code>${id}</code>`;
      return h`<code>${id}</code> <span class="level">${row.level}</span><span class="say">${shorten(row.sentence, 400)}</span>`;
    };
    return gridTable(byRequirement, 'Requirement by operation', 'Requirement', target, true, head);
  }
  const byOperation = gridOf(
    report.cases,
    (one) => one.operation,
    (one) => one.requirement,
  );
  byOperation.rows.sort((a, b) => order(a) - order(b));
  byOperation.columns.sort((a, b) => rows(a) - rows(b));
  const table = gridTable(byOperation, 'Operation by requirement', 'Operation', target, true);
  return byOperation.rows.length > 60
    ? h`<details class="group"><summary>${thousands(byOperation.rows.length)} operations</summary>${table}</details>`
    : table;
}

/** What is not in the list comes last. */
function orderOf(names: string[]): (name: string) => number {
  const places = new Map(names.map((name, at) => [name, at]));
  return (name) => places.get(name) ?? names.length;
}

function rank(way: string): number {
  const at = WAYS.indexOf(way);
  return at < 0 ? WAYS.length : at;
}

function push<K>(map: Map<K, CaseResult[]>, key: K, one: CaseResult): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [one]);
  else list.push(one);
}

function gridOf(cases: CaseResult[], row: (one: CaseResult) => string, column: (one: CaseResult) => string): Grid {
  const cells = new Map<string, Map<string, CaseResult[]>>();
  const columns = new Set<string>();
  for (const one of cases) {
    columns.add(column(one));
    const line = cells.get(row(one)) ?? new Map<string, CaseResult[]>();
    cells.set(row(one), line);
    push(line, column(one), one);
  }
  return { rows: [...cells.keys()], columns: [...columns], cells };
}

function gridTable(
  grid: Grid,
  caption: string,
  corner: string,
  target: CellTarget,
  counted: boolean,
  head: (row: string) => Markup = (row) => h`<code>${row}</code>`,
): Markup {
  return h`<div class="scroll fit" role="region" aria-label="${caption} (table)" tabindex="0"><table class="matrix"><caption class="hidden-text">${caption}</caption><thead><tr><th scope="col">${corner}</th>${grid.columns.map((name) => h`<th scope="col">${name}</th>`)}</tr></thead><tbody>
${grid.rows.map(
  (row) =>
    h`<tr><th scope="row">${head(row)}</th>${grid.columns.map((column) => cell(grid.cells.get(row)?.get(column) ?? [], `${row}, ${column}`, target, counted))}</tr>
`,
)}</tbody></table></div>`;
}

function cell(cases: CaseResult[], name: string, target: CellTarget, counted: boolean): Markup {
  const gravest = GRAVITY.map((status) => cases.find((one) => one.status === status)).find((one) => one !== undefined);
  if (gravest === undefined) return h`<td class="none"></td>`;
  const { status } = gravest;
  const count = cases.filter((one) => one.status === status).length;
  // What does not apply is no part of the whole, unless it is all there is.
  const total = status === 'not-applicable' ? count : cases.filter((one) => one.status !== 'not-applicable').length;
  const figures = !counted ? '' : count === total ? ` ${thousands(count)}` : ` ${thousands(count)}/${thousands(total)}`;
  const text = `${MARKS[status]}${figures}`;
  if (status === 'pass' || status === 'not-applicable') return h`<td class="${status}">${text}</td>`;
  const href = target(gravest);
  // A label begins with what is seen, so that it can be said to a voice control.
  const label = `${text} ${status}: ${name}`;
  return href === undefined
    ? h`<td class="${status}">${text}</td>`
    : h`<td class="${status}"><a href="${href}" aria-label="${label}">${text}</a></td>`;
}

/** What the marks mean. */
export function matrixKey(): Markup {
  const words: [CaseStatus, string][] = [
    ['pass', 'passed'],
    ['fail', 'a MUST is broken'],
    ['warn', 'a SHOULD is not kept'],
    ['not-tested', 'could not be asked'],
    ['not-applicable', 'does not apply'],
  ];
  return h`<ul class="key">${words.map(([status, text]) => h`<li><span class="${status}" aria-hidden="true">${MARKS[status]}</span>${text}</li>`)}</ul>`;
}
