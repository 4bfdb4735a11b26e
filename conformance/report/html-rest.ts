/** The quieter parts of the page: what was not asked, drift, fixtures, created records. */
import type { DriftSuggestion, Report } from '../model/index.ts';
import { cleanupLines } from './cleanup-text.ts';
import { shorten } from './escape.ts';
import { h, type Content, type Markup } from './markup.ts';
import { plural, reasons, thousands } from './summary.ts';

const LEDGER_SHOWN = 500;

/** Why cases were not asked, with counts, and what no case touched. */
export function notAsked(report: Report): Markup | undefined {
  const groups = (
    [
      ['error', 'Mistakes of RingTrue itself'],
      ['not-tested', 'Could not be asked'],
      ['not-applicable', 'Does not apply here'],
    ] as const
  ).flatMap(([status, title]) => {
    const all = reasons(report.cases, status);
    if (all.length === 0) return [];
    const items = all
      .slice(0, 50)
      .map(({ reason, count }) => h`<li><strong>${thousands(count)}</strong> × ${shorten(reason, 400)}</li>`);
    return [h`<div class="card"><h3>${title}</h3><ul class="plain small">${items}</ul></div>`];
  });
  const untouched =
    report.untouched.length === 0
      ? []
      : [
          h`<div class="card"><h3>No case touched</h3><ul class="plain small">${report.untouched.map((one) => h`<li>${one.kind} <code>${one.id}</code>: ${shorten(one.reason, 400)}</li>`)}</ul></div>`,
        ];
  const parts = [...groups, ...untouched];
  return parts.length === 0 ? undefined : h`${parts}`;
}

/** Both ways out where target and contract steadily disagree. */
export function driftList(drift: DriftSuggestion[]): Markup {
  const favoured = h` <span class="badge expected">the evidence favours this</span>`;
  return h`${drift.map(
    (
      one,
    ) => h`<div class="card"><h3><code>${one.operation}</code>${one.field === undefined ? '' : h` <code>${one.field}</code>`}</h3>
<p>${shorten(one.observed, 600)}</p>
<dl class="about"><dt>Change the implementation</dt><dd>${one.implementation}${one.favours === 'implementation' ? favoured : ''}</dd>
<dt>Or the contract</dt><dd>${one.favours === 'contract' ? favoured : ''}${diffBlock(one.contractChange)}</dd>
<dt>Why</dt><dd>${one.why}</dd></dl></div>
`,
  )}`;
}

function diffBlock(text: string): Markup {
  const lines = shorten(text, 4000).split('\n');
  if (lines.length === 1) return h`${lines[0] ?? ''}`;
  return h`<pre>${lines.map((line) => {
    if (/^(---|\+\+\+) /.test(line)) return h`${line}\n`;
    if (line.startsWith('+')) return h`<span class="plus">${line}</span>\n`;
    return line.startsWith('-') ? h`<span class="minus">${line}</span>\n` : h`${line}\n`;
  })}</pre>`;
}

/** Fixtures, inferences and the ledger of created records. */
export function background(report: Report): Markup | undefined {
  const parts: Content[] = [];
  if (report.fixtures.length > 0) {
    parts.push(
      h`<h3>Fixtures</h3><div class="scroll" role="region" aria-label="Fixtures" tabindex="0"><table><thead><tr><th scope="col">Name</th><th scope="col">Value</th><th scope="col">How it was found</th></tr></thead><tbody>${report.fixtures.map((one) => h`<tr><th scope="row"><code>${one.name}</code></th><td><code>${shorten(one.value, 100)}</code></td><td>${shorten(one.via, 200)}</td></tr>`)}</tbody></table></div>`,
    );
  }
  if (report.inferred.length > 0) {
    parts.push(
      h`<details><summary>Inferred for want of a keyword in the contract (${thousands(report.inferred.length)})</summary><ul class="plain small">${report.inferred.map((one) => h`<li>${shorten(one, 400)}</li>`)}</ul></details>`,
    );
  }
  if (report.ledger.length > 0) {
    const shown = report.ledger.slice(0, LEDGER_SHOWN);
    const left = report.ledger.length - shown.length;
    parts.push(
      h`<details><summary>Created on the target: ${plural(report.ledger.length, 'record')}</summary><div class="scroll" role="region" aria-label="Created records" tabindex="0"><table><thead><tr><th scope="col">Id</th><th scope="col">Operation</th><th scope="col">Marker</th><th scope="col">At</th></tr></thead><tbody>${shown.map((one) => h`<tr><td><code>${shorten(one.id ?? '(no id was returned)', 100)}</code></td><td><code>${one.operation}</code></td><td>${one.marker}</td><td>${one.at}</td></tr>`)}</tbody></table></div>${left > 0 ? h`<p>… and ${thousands(left)} more in the JSON report.</p>` : ''}</details>`,
    );
  }
  const cleanup = cleanupLines(report.cleanup);
  if (cleanup.length > 0)
    parts.push(h`<h3>Clean-up</h3><ul class="plain small">${cleanup.map((line) => h`<li>${line.trim()}</li>`)}</ul>`);
  return parts.length === 0 ? undefined : h`<div class="card">${parts}</div>`;
}
