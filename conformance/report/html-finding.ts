import type { Evidence, Finding } from '../model/index.ts';
import type { Anchors } from './anchors.ts';
import { judgeRow } from './difference.ts';
import { shorten, showValue } from './escape.ts';
import { exchangesOf, type ExchangeBook } from './html-exchange.ts';
import { h, type Markup } from './markup.ts';
import { reach, sourceLine, thousands } from './summary.ts';

const CASES_SHOWN = 200;

/**
 * One finding as an article: sentence, evidence, requirement, place, what to do; commands, exchanges and cases are folded.
 *
 * @param finding the finding
 * @param number its place in the list, from 1
 * @param exchanges the page's exchanges
 * @param anchors gives its id on the page, which stays from run to run
 */
export function findingArticle(finding: Finding, number: number, exchanges: ExchangeBook, anchors: Anchors): Markup {
  const { requirement, contract } = finding;
  const place = sourceLine(contract);
  const ids = exchangesOf(finding);
  const anchor = anchors.of('finding', finding.id);
  return h`<article class="card finding" id="${anchor}" aria-labelledby="m-${number}">
<div class="finding-head">${badge(finding)} <h3><code>${finding.operation}</code>${finding.field === undefined ? '' : h` <code>${finding.field}</code>`}</h3> <span class="kind">${finding.kind} · ${finding.severity} · <a href="#${anchor}">link</a></span></div>
<p class="message" id="m-${number}">${shorten(finding.message, 600)}</p>
${finding.evidence === undefined || finding.evidence.got.length === 0 ? '' : evidenceTable(finding.evidence)}
<dl class="about">
<dt>What to do</dt><dd>${shorten(finding.suggestion, 1000)}</dd>
<dt>Requirement</dt><dd><strong>${finding.level}</strong> ${requirement.sentence} <span class="muted"><code>${requirement.id}</code>${requirement.source === undefined ? '' : `, ${requirement.source}`}</span></dd>
<dt>Contract</dt><dd>${place === undefined ? '' : h`<code>${place}</code> `}<code class="muted">${contract.pointer}</code></dd>
<dt>Cases</dt><dd>${reach(finding)}</dd>
${finding.expectedFailure === undefined ? '' : h`<dt>Expected</dt><dd>${finding.expectedFailure}</dd>`}
</dl>
${finding.reproduce.length === 0 ? '' : h`<details open><summary>See it yourself</summary><div class="command"><pre>${shorten(finding.reproduce.join('\n'), 20_000)}</pre></div></details>`}
${
  ids.length === 0
    ? ''
    : folded(
        'What was sent and answered',
        ids.map((id) => exchanges.tell(id)),
        'exchanges-of',
      )
}
${folded(
  `The cases (${thousands(finding.cases.length)})`,
  h`<ul class="plain small">${finding.cases.slice(0, CASES_SHOWN).map((id) => h`<li><code>${id}</code></li>`)}</ul>${finding.cases.length > CASES_SHOWN ? h`<p class="small">… and ${thousands(finding.cases.length - CASES_SHOWN)} more; the JSON report lists them.</p>` : ''}`,
)}
</article>
`;
}

function folded(title: string, content: Markup | Markup[], kind = ''): Markup {
  return h`<details class="${kind}"><summary>${title}</summary>${content}</details>`;
}

function badge(finding: Finding): Markup {
  if (finding.expectedFailure !== undefined) return h`<span class="badge expected">expected ${finding.level}</span>`;
  if (finding.level === 'MUST') return h`<span class="badge must">MUST broken</span>`;
  return h`<span class="badge should">${finding.level} not kept</span>`;
}

function evidenceTable(evidence: Evidence): Markup {
  const value = (one: unknown): string => showValue(one, 600);
  return h`<div class="frame"><table class="evidence"><thead><tr><th scope="col">Place</th><th scope="col">Value</th><th scope="col">Verdict</th></tr></thead><tbody>
${evidence.sent === undefined ? '' : h`<tr><th scope="row">sent</th><td>${value(evidence.sent)}</td><td></td></tr>`}
${evidence.got.map((row) => {
  const shown = row.missing === true ? '' : value(row.got);
  const mark = row.ok ? '✓' : '✗';
  return h`<tr class="${row.ok ? 'good' : 'bad'}"><th scope="row">${shorten(row.where, 60)}</th><td>${shown}</td><td>${mark} ${judgeRow(row, evidence)}</td></tr>`;
})}
</tbody></table></div>`;
}
