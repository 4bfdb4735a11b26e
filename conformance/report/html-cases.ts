import type { CaseResult, CaseStatus, Report } from '../model/index.ts';
import type { Anchors } from './anchors.ts';
import { shorten } from './escape.ts';
import type { ExchangeBook } from './html-exchange.ts';
import { h, type Content, type Markup } from './markup.ts';
import { LEVELS, plural, STATUSES, thousands } from './summary.ts';

/** One letter per status: twenty thousand lines carry it. The script's filter and the style sheet know them too. */
const LETTERS: Record<CaseStatus, string> = {
  pass: 'p',
  fail: 'f',
  warn: 'w',
  'not-applicable': 'n',
  'not-tested': 't',
  error: 'e',
};
/** Beyond so many cases, those that passed tell neither their title nor their exchanges. */
export const MANY = 3000;

/** Cases of one rule and operation. */
export interface CaseGroup {
  rule: string;
  operation: string;
  cases: CaseResult[];
}

/** The group's id on the page, which stays from run to run. */
export function groupAnchor(anchors: Anchors, { rule, operation }: CaseGroup): string {
  return anchors.of('cases', `${rule}.${operation}`);
}

/** Cases by rule and operation: those with something to see first, else in the order of the run. */
export function caseGroups(cases: CaseResult[]): CaseGroup[] {
  const groups = new Map<string, CaseGroup>();
  for (const one of cases) {
    const key = JSON.stringify([one.rule, one.operation]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { rule: one.rule, operation: one.operation, cases: [one] });
    else group.cases.push(one);
  }
  const all = [...groups.values()];
  return [...all.filter(hasTrouble), ...all.filter((group) => !hasTrouble(group))];
}

function hasTrouble({ cases }: CaseGroup): boolean {
  return cases.some(({ status }) => status !== 'pass' && status !== 'not-applicable');
}

/**
 * Every case, in folded groups.
 *
 * @param report the run's report
 * @param groups what {@link caseGroups} gave
 * @param exchanges the page's exchanges
 * @param anchors gives each group its id on the page
 */
export function caseList(report: Report, groups: CaseGroup[], exchanges: ExchangeBook, anchors: Anchors): Markup {
  const brief = report.cases.length > MANY;
  return h`${filterForm(report)}${groups.map(
    (group) =>
      h`<details class="group${hasTrouble(group) ? '' : ' quiet'}" id="${groupAnchor(anchors, group)}"><summary><code>${group.rule}</code> <code>${group.operation}</code> <span class="muted">${plural(group.cases.length, 'case')}</span>${tally(group.cases)}</summary><ul class="cases">
${troubledFirst(group.cases).map((one) => line(one, exchanges, brief))}</ul></details>
`,
  )}`;
}

function tally(cases: CaseResult[]): Content {
  return STATUSES.filter((status) => status !== 'pass').map((status) => {
    const count = cases.filter((one) => one.status === status).length;
    if (count === 0) return '';
    const tone = status === 'fail' || status === 'error' ? 'bad' : status === 'not-applicable' ? 'muted' : 'warn';
    return h` <span class="${tone}">${thousands(count)} ${status}</span>`;
  });
}

function line(one: CaseResult, exchanges: ExchangeBook, brief: boolean): Markup {
  const kind = `${LETTERS[one.status]} ${one.level}`;
  if (one.status === 'pass' && brief) return h`<li class="${kind}">${one.id}\n`;
  const links = (one.exchangeIds ?? []).slice(0, 10).flatMap((id) => {
    const link = exchanges.link(id);
    return link === undefined ? [] : [h` ${link}`];
  });
  const message = one.status === 'pass' || one.message === undefined ? '' : shorten(one.message, 400);
  const expected = one.expectedFailure === undefined ? '' : ` Expected: ${one.expectedFailure}.`;
  const say = message === '' && expected === '' ? '' : h`<span class="say">${message}${expected}</span>`;
  const status = one.status === 'pass' ? '' : h`<strong>${one.status}</strong> `;
  return h`<li class="${kind}">${status}<code>${one.id}</code> ${one.title}${say}${links.length === 0 ? '' : h`<span class="links">${links}</span>`}\n`;
}

function troubledFirst(cases: CaseResult[]): CaseResult[] {
  const rank = (one: CaseResult): number => (one.status === 'pass' ? 2 : one.status === 'not-applicable' ? 1 : 0);
  return [...cases].sort((a, b) => rank(a) - rank(b));
}

/** Hidden until the script shows it: a filter that does nothing would be a lie. */
function filterForm(report: Report): Markup {
  const statuses = STATUSES.filter((status) => report.cases.some((one) => one.status === status));
  const levels = LEVELS.filter((level) => report.cases.some((one) => one.level === level));
  const box = (value: string, text: string, count: number): Markup =>
    h`<label><input type="checkbox" value="${value}" checked>${text} <span class="muted">${thousands(count)}</span></label>`;
  const count = (fits: (one: CaseResult) => boolean): number => report.cases.filter(fits).length;
  return h`<form class="filter" hidden>
<label class="search"><span>Search ids, titles and messages</span><input type="search" name="search" autocomplete="off"></label>
<fieldset><legend>Status</legend>${statuses.map((status) =>
    box(
      LETTERS[status],
      status,
      count((one) => one.status === status),
    ),
  )}</fieldset>
<fieldset><legend>Level</legend>${levels.map((level) =>
    box(
      level,
      level,
      count((one) => one.level === level),
    ),
  )}</fieldset>
<button type="reset">Show all</button> <span role="status" class="muted"></span>
</form>
`;
}
