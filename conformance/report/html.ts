import type { CaseStatus, Report } from '../model/index.ts';
import { Anchors } from './anchors.ts';
import { shorten } from './escape.ts';
import { caseGroups, caseList, groupAnchor, MANY } from './html-cases.ts';
import { exchangeBook } from './html-exchange.ts';
import { findingArticle } from './html-finding.ts';
import { fieldMatrices, matrixKey, requirementMatrix, type CellTarget } from './html-matrix.ts';
import { background, driftList, notAsked } from './html-rest.ts';
import { SCRIPT, SCRIPT_HASH } from './html-script.ts';
import { STYLE, STYLE_HASH } from './html-style.ts';
import { h, trusted, type Content, type Markup } from './markup.ts';
import {
  countsByLevel,
  duration,
  instant,
  PASS_PROVES_NOT,
  plural,
  sortedFindings,
  STATUSES,
  thousands,
  verdictSentence,
} from './summary.ts';

/** Beyond so many findings a page is no help any more; the JSON report holds them all. */
const FINDINGS = 200;

/**
 * One self-contained page: no network, works without scripts, in light, dark and on paper.
 *
 * @param report the run's report; with `exchanges` it shows what was sent and answered
 * @returns an HTML document
 */
export function render(report: Report): string {
  const findings = sortedFindings(report.findings);
  const exchanges = exchangeBook(report, findings.slice(0, FINDINGS));
  const anchors = new Anchors();
  const groups = caseGroups(report.cases);
  const target = cellTarget(report, groups, anchors);
  const parts: Part[] = [
    { id: 'summary', title: 'Counts', content: countsTable(report) },
    {
      id: 'findings',
      title: `Findings (${thousands(findings.length)})`,
      content:
        findings.length === 0
          ? undefined
          : h`${findings.slice(0, FINDINGS).map((one, at) => findingArticle(one, at + 1, exchanges, anchors))}${findings.length > FINDINGS ? h`<p>… and ${plural(findings.length - FINDINGS, 'more finding')} in the JSON report.</p>` : ''}`,
    },
    { id: 'fields', title: 'Field by way in', content: keyed(fieldMatrices(report, target)) },
    { id: 'requirements', title: 'Requirement by operation', content: keyed(requirementMatrix(report, target)) },
    {
      id: 'drift',
      title: 'Target and contract disagree',
      content: report.drift.length === 0 ? undefined : driftList(report.drift),
    },
    { id: 'not-asked', title: 'Not asked', content: notAsked(report) },
    {
      id: 'cases',
      title: `Cases (${thousands(report.cases.length)})`,
      content: report.cases.length === 0 ? undefined : caseList(report, groups, exchanges, anchors),
    },
    { id: 'exchanges', title: 'Exchanges', content: card(exchanges.rest()) },
    { id: 'background', title: 'Background', content: background(report) },
  ];
  return page(report, parts.filter(hasContent)).markup;
}

interface Part {
  id: string;
  title: string;
  content: Markup | undefined;
}

function hasContent(part: Part): part is Part & { content: Markup } {
  return part.content !== undefined;
}

function keyed(matrix: Markup | undefined): Markup | undefined {
  return matrix === undefined ? undefined : h`${matrix}${matrixKey()}`;
}

function card(content: Markup | undefined): Markup | undefined {
  return content === undefined ? undefined : h`<div class="card">${content}</div>`;
}

/** A failed cell leads to its finding, any other to the group of its cases. */
function cellTarget(report: Report, groups: ReturnType<typeof caseGroups>, anchors: Anchors): CellTarget {
  const links = new Map<string, string>();
  for (const group of groups) {
    for (const one of group.cases) links.set(one.id, `#${groupAnchor(anchors, group)}`);
  }
  sortedFindings(report.findings)
    .slice(0, FINDINGS)
    .forEach((finding) => {
      for (const id of finding.cases) links.set(id, `#${anchors.of('finding', finding.id)}`);
    });
  return (one) => links.get(one.id);
}

function page(report: Report, parts: (Part & { content: Markup })[]): Markup {
  const title = `${shorten(report.target.url, 100)} is ${report.verdict} (${report.contract.name} ${report.contract.version})`;
  return h`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${trusted(policy())}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>${title} · RingTrue</title>
<link rel="icon" href="data:,">
<style>${trusted(STYLE)}</style>
</head>
<body${report.cases.length > MANY ? trusted(' class="many"') : ''}>
<a class="skip" href="#main">Skip to the findings</a>
<header><div class="wrap">
<p class="brand"><strong>RingTrue</strong> conformance report</p>
${verdictBox(report)}
<nav aria-label="On this page"><ul>${parts.map((part) => h`<li><a href="#${part.id}">${part.title}</a></li>`)}</ul></nav>
</div></header>
<main class="wrap" id="main">
${parts.map((part) => h`<section id="${part.id}" aria-labelledby="${part.id}-title"><h2 id="${part.id}-title">${part.title}</h2>\n${part.content}</section>\n`)}
</main>
<footer><div class="wrap">${report.tool.name} ${report.tool.version} · contract sha256 <code>${report.contract.sha256.slice(0, 16)}</code>${report.contract.file === undefined ? '' : h` · <code>${report.contract.file}</code>`}</div></footer>
<script>${trusted(SCRIPT)}</script>
</body>
</html>
`;
}

/** Nothing is loaded, and only this page's own style and script run: a second wall behind the escaping. */
function policy(): string {
  return `default-src 'none'; style-src '${STYLE_HASH}'; script-src '${SCRIPT_HASH}'; img-src data:; base-uri 'none'; form-action 'none'`;
}

function verdictBox(report: Report): Markup {
  const facts: [string, Content][] = [
    ['Contract', `${report.contract.name} ${report.contract.version}`],
    ['Started', instant(report.startedAt)],
    ['Took', `${duration(report.durationMs)}, ${plural(report.summary.requests, 'request')}`],
    ['Seed', String(report.seed)],
  ];
  return h`<div class="verdict ${report.verdict}">
<h1><span class="target">${shorten(report.target.url, 200)}</span> is <span class="state">${report.verdict}</span></h1>
<p>${upperFirst(verdictSentence(report))}.</p>
${report.notes.length === 0 ? '' : h`<ul class="notes">${report.notes.map((note) => h`<li>${shorten(note, 600)}</li>`)}</ul>`}
${report.verdict === 'conformant' ? h`<p class="muted small">${PASS_PROVES_NOT}</p>` : ''}
<dl class="facts">${facts.map(([name, value]) => h`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
</div>`;
}

function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function countsTable(report: Report): Markup | undefined {
  const rows = countsByLevel(report.cases);
  if (rows.length === 0) return undefined;
  const shown = STATUSES.filter(
    (status) => status === 'pass' || status === 'fail' || rows.some((row) => row.counts[status] > 0),
  );
  return h`<div class="scroll fit" role="region" aria-label="Counts by level" tabindex="0"><table class="counts"><thead><tr><th scope="col">Level</th>${shown.map((status) => h`<th scope="col">${status}</th>`)}</tr></thead><tbody>
${rows.map((row) => h`<tr><th scope="row">${row.level}</th>${shown.map((status) => countCell(status, row.counts[status]))}</tr>\n`)}</tbody></table></div>`;
}

function countCell(status: CaseStatus, count: number): Markup {
  return count === 0 ? h`<td class="muted">0</td>` : h`<td class="${status}">${thousands(count)}</td>`;
}
