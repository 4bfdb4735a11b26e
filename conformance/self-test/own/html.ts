/** The kill matrix of a user's own contract as a page that stands by itself. */
import { html } from '../../report/escape.ts';
import { kindRows, reasonGroups, summaryOf } from './text.ts';
import type { FaultOutcome, OwnMatrix } from './matrix.ts';

/** @returns the page */
export function htmlPage(matrix: OwnMatrix): string {
  const title = `Kill matrix of ${matrix.contract.title}`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${html(title)}</title>
<style>
body { font: 16px/1.5 system-ui, sans-serif; max-width: 70rem; margin: 2rem auto; padding: 0 1rem; color: #1a1a1a; background: #fff }
table { border-collapse: collapse; margin: 1rem 0 } th, td { padding: .25rem .75rem; text-align: left; border-bottom: 1px solid #ccc; vertical-align: top }
td.n { text-align: right; font-variant-numeric: tabular-nums } .found { color: #14532d } .warned { color: #713f12 } .unseen { color: #7f1d1d }
code { font-size: .875em; overflow-wrap: anywhere }
@media (prefers-color-scheme: dark) { body { background: #161616; color: #eee } .found { color: #86efac } .warned { color: #fcd34d } .unseen { color: #fca5a5 } }
</style>
</head>
<body>
<main>
<h1>${html(title)}</h1>
<p>${html(summaryOf(matrix))}</p>
${matrix.accusations.map((message) => `<p class="unseen">Without any fault the suite says: ${html(message)}</p>`).join('\n')}
<h2>By kind of fault</h2>
${table(
  ['Fault', 'Found', 'Warned', 'Unseen'],
  kindRows(matrix.faults).map(({ kind, found, warned, unseen }) => [
    cell(kind),
    number(found),
    number(warned),
    number(unseen),
  ]),
)}
<h2>Not seen, and why</h2>
${
  reasonGroups(matrix.faults)
    .map(
      ({ reason, advice, faults }) =>
        `<p>${html(reason)}. ${html(advice ?? '')}<br>${faults.map(({ id }) => `<code>${html(id)}</code>`).join(', ')}</p>`,
    )
    .join('\n') || '<p>Every fault that this document makes possible is seen.</p>'
}
<h2>Every fault</h2>
${table(['Fault', 'What the server does', 'Outcome', 'Found by, or why not'], matrix.faults.map(faultRow))}
</main>
</body>
</html>
`;
}

function faultRow({ id, title, outcome, rules, reason }: FaultOutcome): string[] {
  return [
    `<td><code>${html(id)}</code></td>`,
    cell(title),
    `<td class="${outcome}">${outcome}</td>`,
    cell(outcome === 'unseen' ? (reason ?? '') : rules.join(', ')),
  ];
}

function table(heads: readonly string[], rows: readonly string[][]): string {
  const head = heads.map((one) => `<th scope="col">${html(one)}</th>`).join('');
  return `<table>\n<thead><tr>${head}</tr></thead>\n<tbody>\n${rows.map((row) => `<tr>${row.join('')}</tr>`).join('\n')}\n</tbody>\n</table>`;
}

function cell(text: string): string {
  return `<td>${html(text)}</td>`;
}

function number(count: number): string {
  return `<td class="n">${String(count)}</td>`;
}
