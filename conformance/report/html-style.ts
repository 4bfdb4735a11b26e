/** The page's style sheet. Colours are chosen for WCAG AA on their backgrounds, in light and in dark. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --page: #f5f6f8; --card: #ffffff; --line: #dde1e8; --soft: #eef1f5;
  --text: #1b2230; --muted: #545e70; --link: #1c55b8; --focus: #1c55b8;
  --ok: #0b6b3f; --ok-soft: #e3f4ea; --bad: #b3261e; --bad-soft: #fdeceb; --bad-solid: #b3261e;
  --warn: #855000; --warn-soft: #fdf2dc; --on-solid: #ffffff;
  --mono: ui-monospace, SFMono-Regular, Menlo, Consolas, 'Liberation Mono', monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #11141a; --card: #191e27; --line: #303846; --soft: #222936;
    --text: #e7eaf0; --muted: #a6b0c0; --link: #8ab6ff; --focus: #8ab6ff;
    --ok: #6bd8a2; --ok-soft: #14301f; --bad: #ff9c93; --bad-soft: #3a1b1b; --bad-solid: #b3302a;
    --warn: #f2bd68; --warn-soft: #352810; --on-solid: #ffffff;
  }
}
* { box-sizing: border-box; }
html { scroll-behavior: smooth; scroll-padding-top: 1rem; }
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
body {
  margin: 0; background: var(--page); color: var(--text);
  font: 16px/1.55 system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif;
  overflow-wrap: anywhere;
}
a { color: var(--link); text-underline-offset: .15em; }
code, pre, .mono { font-family: var(--mono); font-size: .875em; }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; border-radius: 4px; }
.skip { position: absolute; left: -999rem; }
.skip:focus { left: 1rem; top: 1rem; background: var(--card); padding: .5rem 1rem; z-index: 2; }
.hidden-text { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.wrap { max-width: 68rem; margin: 0 auto; padding: 0 1.25rem; }

header .wrap { padding-top: 1.75rem; }
.brand { margin: 0 0 .75rem; color: var(--muted); font-size: .9rem; }
.brand strong { color: var(--text); letter-spacing: -.01em; }
.verdict { border: 1px solid var(--line); border-left: 6px solid; border-radius: 10px; padding: 1.25rem 1.5rem; background: var(--card); }
.verdict h1 { margin: 0; font-size: clamp(1.4rem, 4.5vw, 2rem); line-height: 1.2; letter-spacing: -.02em; }
.verdict p { margin: .4rem 0 0; }
.verdict .state { font-weight: 700; white-space: nowrap; } .verdict .target { font-family: var(--mono); font-size: .8em; }
.verdict.conformant { border-left-color: var(--ok); } .verdict.conformant .state { color: var(--ok); }
.verdict.non-conformant { border-left-color: var(--bad); } .verdict.non-conformant .state { color: var(--bad); }
.verdict.incomplete { border-left-color: var(--warn); } .verdict.incomplete .state { color: var(--warn); }
.notes { margin: .75rem 0 0; padding-left: 1.2rem; }
.facts { display: flex; flex-wrap: wrap; gap: .25rem 2rem; margin: 1rem 0 0; font-size: .9rem; }
.facts div { display: flex; gap: .5rem; min-width: 0; }
.facts dt { color: var(--muted); } .facts dd { margin: 0; min-width: 0; }
nav ul { display: flex; flex-wrap: wrap; gap: 0 1.25rem; list-style: none; padding: 0; margin: 1rem 0 0; font-size: .95rem; }
nav a { display: inline-block; padding: .3rem 0; }

section { margin: 2.25rem 0; }
h2 { font-size: 1.2rem; margin: 0 0 .75rem; letter-spacing: -.01em; }
h3 { font-size: 1rem; margin: 0; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 1.1rem 1.25rem; }
.card + .card { margin-top: 1rem; }
.muted { color: var(--muted); }
.small { font-size: .875rem; }

.scroll { overflow-x: auto; }
.frame { overflow: hidden; }
.scroll, .frame { border: 1px solid var(--line); border-radius: 10px; background: var(--card); }
table { border-collapse: collapse; font-size: .9rem; }
th, td { padding: .4rem .75rem; text-align: left; vertical-align: top; }
thead th { font-weight: 600; color: var(--muted); white-space: nowrap; border-bottom: 1px solid var(--line); vertical-align: bottom; }
tbody th { font-weight: 400; white-space: nowrap; }
tbody tr + tr > * { border-top: 1px solid var(--soft); }
.scroll.fit { width: fit-content; max-width: 100%; }
.counts td, .counts th { padding-inline: 1rem; }
.counts td, .counts thead th + th { text-align: right; font-variant-numeric: tabular-nums; }
.counts tbody th { font-weight: 600; }
.counts .fail, .counts .error { color: var(--bad); font-weight: 700; } .counts .warn, .counts .not-tested { color: var(--warn); font-weight: 700; }

.matrix th, .matrix td { vertical-align: baseline; }
.matrix td { text-align: center; font-variant-numeric: tabular-nums; white-space: nowrap; padding: .25rem .5rem; }
.matrix tbody th { padding-block: .25rem; }
.matrix thead th + th { text-align: center; min-width: 6.5rem; }
.matrix thead th:first-child { position: sticky; left: 0; background: var(--card); z-index: 1; }
.matrix tbody th { position: sticky; left: 0; background: var(--card); max-width: 60vw; overflow: hidden; text-overflow: ellipsis; }
.matrix .say { display: block; max-width: 34rem; white-space: normal; color: var(--muted); font-size: .82rem; line-height: 1.35; }
.matrix .level { color: var(--muted); font-size: .75rem; }
.matrix td a { display: block; color: inherit; text-decoration: none; border-radius: 5px; padding: 0 .3rem; }
.matrix td a:hover { text-decoration: underline; }
.matrix .pass { color: var(--ok); }
.matrix .fail a, .matrix .error a, .key .fail, .key .error { background: var(--bad-solid); color: var(--on-solid); font-weight: 700; }
.matrix .warn a, .key .warn { background: var(--warn-soft); color: var(--warn); font-weight: 700; }
.matrix .not-tested a, .key .not-tested { color: var(--warn); }
.matrix .not-applicable, .matrix .none { color: var(--muted); }
.key { display: flex; flex-wrap: wrap; gap: .3rem 1.1rem; list-style: none; padding: 0; margin: .6rem 0 0; font-size: .85rem; color: var(--muted); }
.key span { display: inline-block; min-width: 1.4rem; text-align: center; border-radius: 5px; margin-right: .3rem; }
.key .pass { color: var(--ok); }
h3.matrix-title { margin: 1.25rem 0 .5rem; }

.badge { display: inline-block; border-radius: 5px; padding: .05rem .5rem; font-size: .8rem; font-weight: 700; white-space: nowrap; }
.badge.must { background: var(--bad-solid); color: var(--on-solid); }
.badge.should { background: var(--warn-soft); color: var(--warn); border: 1px solid currentColor; }
.badge.expected { background: var(--soft); color: var(--muted); }
.finding-head { display: flex; flex-wrap: wrap; align-items: baseline; gap: .35rem .75rem; margin: 0 0 .6rem; }
.finding-head .kind { margin-left: auto; color: var(--muted); font-size: .85rem; }
.finding .message { font-size: 1.08rem; font-weight: 600; line-height: 1.4; margin: 0 0 1rem; }
.evidence { width: 100%; }
.evidence tbody th { white-space: normal; min-width: 6rem; }
.evidence td { font-family: var(--mono); font-size: .82rem; white-space: pre-wrap; }
.evidence td:last-child { font-family: inherit; font-size: .875rem; white-space: nowrap; }
.evidence .bad td { color: var(--bad); } .evidence .good td:last-child { color: var(--ok); }
.evidence .bad { background: var(--bad-soft); }
.about { display: grid; grid-template-columns: max-content 1fr; gap: .35rem 1.25rem; margin: 1rem 0 0; font-size: .93rem; }
.about dt { color: var(--muted); } .about dd { margin: 0; min-width: 0; }

details > summary { cursor: pointer; padding: .35rem 0; }
.finding details { margin-top: .6rem; border-top: 1px solid var(--soft); }
.finding details details { border: 0; margin: 0; }
pre { background: var(--soft); border-radius: 8px; padding: .75rem .9rem; margin: .35rem 0; white-space: pre-wrap; overflow-wrap: anywhere; tab-size: 2; }
.command { position: relative; }
.command button { position: absolute; top: .4rem; right: .4rem; }
.command pre { padding-right: 5.5rem; }
button { font: inherit; font-size: .85rem; color: var(--text); background: var(--card); border: 1px solid var(--muted); border-radius: 6px; padding: .2rem .7rem; cursor: pointer; }
button:hover { background: var(--soft); }
pre .plus { color: var(--ok); } pre .minus { color: var(--bad); }

.filter { display: flex; flex-wrap: wrap; gap: .6rem 1.25rem; align-items: end; margin-bottom: 1rem; }
.filter[hidden] { display: none; }
.filter label { display: inline-flex; gap: .4rem; align-items: center; min-height: 1.75rem; }
.filter fieldset { border: 0; padding: 0; margin: 0; display: flex; flex-wrap: wrap; gap: .25rem 1rem; }
.filter legend { color: var(--muted); font-size: .85rem; padding: 0; }
.filter .search { display: block; } .filter .search span { display: block; color: var(--muted); font-size: .85rem; }
.filter input[type=search] { font: inherit; width: 18rem; max-width: 100%; padding: .35rem .6rem; color: var(--text); background: var(--card); border: 1px solid var(--muted); border-radius: 6px; }
.filter input[type=checkbox] { width: 1.1rem; height: 1.1rem; accent-color: var(--link); }
.group { background: var(--card); border: 1px solid var(--line); border-radius: 8px; }
.many .group { content-visibility: auto; contain-intrinsic-size: auto 2.6rem; }
.group + .group { margin-top: .4rem; }
.group[hidden] { display: none; }
.group > summary { padding: .5rem .9rem; }
.group > summary .bad { color: var(--bad); font-weight: 700; } .group > summary .warn { color: var(--warn); font-weight: 700; }
.cases { list-style: none; margin: 0; padding: 0 .9rem .6rem; font-size: .88rem; }
.cases li { padding: .15rem 0 .15rem 1.5rem; text-indent: -1.5rem; }
.cases li > * { text-indent: 0; }
.cases li::before { content: '✓'; display: inline-block; width: 1.5rem; text-indent: 0; color: var(--ok); }
.cases li.f::before, .cases li.e::before { content: '✗'; color: var(--bad); font-weight: 700; }
.cases li.w::before { content: '!'; color: var(--warn); font-weight: 700; }
.cases li.t::before { content: '?'; color: var(--warn); font-weight: 700; }
.cases li.n::before { content: '–'; color: var(--muted); }
.cases .links { font-size: .8rem; }
.cases .say { display: block; color: var(--muted); }
details.group > .scroll { border: 0; border-top: 1px solid var(--soft); border-radius: 0; }
.plain { margin: 0; padding-left: 1.2rem; }
.plain li + li { margin-top: .25rem; }
.proves { border-left: 4px solid var(--line); padding-left: 1rem; color: var(--muted); }
footer { color: var(--muted); font-size: .85rem; padding: 0 0 2.5rem; }

@media (max-width: 40rem) {
  .wrap { padding: 0 .9rem; }
  .verdict, .card { padding: .9rem 1rem; }
  .about { grid-template-columns: 1fr; gap: 0; } .about dd { margin-bottom: .5rem; }
  .finding-head .kind { margin-left: 0; flex-basis: 100%; }
  .evidence, .evidence tbody, .evidence tr, .evidence th, .evidence td { display: block; }
  .evidence thead, .evidence td:empty { display: none; }
  .evidence th { padding-bottom: 0; } .evidence td { padding-top: 0; padding-bottom: .1rem; } .evidence tr { padding-bottom: .4rem; }
  .evidence tbody tr > * { border-top: 0; } .evidence tbody tr + tr { border-top: 1px solid var(--soft); }
  th, td { padding: .35rem .5rem; }
  .matrix .say { display: none; } .matrix tbody th { max-width: 45vw; } .matrix thead th + th { min-width: 0; }
  .command pre { padding: 2.7rem .9rem .75rem; }
  .counts th, .counts td { padding-inline: .5rem; } .counts thead th { white-space: normal; overflow-wrap: normal; }
}
@media print {
  :root { --page: #fff; --card: #fff; --line: #bbb; --soft: #eee; --text: #000; --muted: #444; --link: #000; --ok: #0b6b3f; --bad: #b3261e; --warn: #855000; --bad-soft: #fff; --warn-soft: #fff; }
  body { font-size: 10.5pt; }
  nav, .filter, button, .skip, .finding .kind a { display: none !important; }
  /* Paper is for what is to be fixed: what passed, and every exchange, stay on the screen. */
  #exchanges, #requirements, #background, #cases .quiet, .finding details.exchanges-of { display: none; }
  .cases li.p { display: none; }
  .wrap { max-width: none; padding: 0; }
  .scroll { overflow: visible; max-width: 100%; }
  .matrix { width: 100%; } .matrix .say { max-width: none; font-size: 8pt; } .matrix th, .matrix td { padding: .1rem .25rem; font-size: 8.5pt; }
  .matrix thead th { white-space: normal; overflow-wrap: anywhere; } .matrix thead th + th { min-width: 0; } .matrix tbody th { position: static; max-width: none; white-space: normal; }
  .finding, .group, tr { break-inside: avoid; }
  .finding details::details-content { content-visibility: visible; display: block; height: auto; }
  .badge.must, .matrix .fail a { border: 2px solid var(--bad); background: #fff; color: var(--bad); }
}
`;

/** The text's hash, by which the page's policy lets it in. A test tells the new one after a change. */
export const STYLE_HASH = 'sha256-jIqcuHUsT+/fZAlChox2LyJSNugrr7Rtsm7YHM+lr70=';
