import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../model/index.ts';
import { SCRIPT, SCRIPT_HASH } from './html-script.ts';
import { STYLE, STYLE_HASH } from './html-style.ts';
import { render } from './html.ts';
import { h } from './markup.ts';
import { conformant, HOSTILE, incomplete, large, lostExternalUuid, samples } from './sample.ts';
import { PASS_PROVES_NOT } from './summary.ts';

const hashOf = (text: string): string => `sha256-${createHash('sha256').update(text).digest('base64')}`;
/** The page without what this package wrote itself. */
const body = (page: string): string => page.replace(STYLE, '').replace(SCRIPT, '');

describe('the HTML report', () => {
  it('lets in its own style and script by their hashes, and nothing else', () => {
    expect(STYLE_HASH).toBe(hashOf(STYLE));
    expect(SCRIPT_HASH).toBe(hashOf(SCRIPT));
    const policy = `default-src 'none'; style-src '${STYLE_HASH}'; script-src '${SCRIPT_HASH}'`;
    expect(render(conformant())).toContain(`content="${policy}; img-src data:; base-uri 'none'; form-action 'none'"`);
  });

  it('tells verdict, finding, place, suggestion and commands', () => {
    const page = body(render(lostExternalUuid()));
    expect(page).toContain(
      '<h1><span class="target">http://127.0.0.1:3000</span> is <span class="state">non-conformant</span></h1>',
    );
    expect(page).toContain('POST took external_uuid and answered 201');
    expect(page).toContain('<code>openapi/voice-calls.yaml:867</code>');
    expect(page).toContain('Hand external_uuid to the store when a call is created');
    expect(page).toContain('$RINGTRUE_TOKEN');
  });

  it('tells what a pass does not prove, where there is a pass', () => {
    expect(render(conformant())).toContain(PASS_PROVES_NOT);
    expect(render(incomplete())).not.toContain(PASS_PROVES_NOT);
  });

  it.each(Object.entries(samples()))('of the run "%s" has each id once, and no link into nowhere', (_, report) => {
    const page = body(render(report));
    const ids = [...page.matchAll(/ id="([^"]*)"/g)].map((match) => match[1] ?? '');
    expect(new Set(ids).size).toBe(ids.length);
    for (const [, target = ''] of page.matchAll(/ href="#([^"]*)"/g)) expect(ids).toContain(target);
  });

  it('holds no tag that a target sent, wherever the text stands', () => {
    const base = lostExternalUuid();
    const tags = (page: string): string[] =>
      [...new Set([...body(page).matchAll(/<([a-z!/][^\s>]*)/gi)].map((match) => match[1] ?? ''))].sort();
    const known = tags(render(base));
    fc.assert(
      fc.property(fc.constantFrom(...HOSTILE), fc.string({ unit: 'binary' }), (text, any) => {
        const evil = text + any;
        const [finding] = base.findings;
        const findings: Finding[] = [
          { ...finding!, kind: evil, operation: evil, field: evil, message: evil, suggestion: evil, reproduce: [evil] },
        ];
        const cases = base.cases
          .slice(0, 3)
          .map((one) => ({ ...one, id: evil, title: evil, rule: evil, field: evil, way: evil, message: evil }));
        const page = render({
          ...base,
          findings,
          cases,
          notes: [evil],
          target: { url: evil },
          contract: { ...base.contract, name: evil },
        });
        for (const tag of tags(page)) expect(known).toContain(tag);
      }),
      { numRuns: 40 },
    );
  });

  it('of many cases tells those that passed in a line of their id', () => {
    const page = render(large(5000, 0));
    expect(page).toContain('<li class="p MUST">round-trip.createVoiceCall0.staff_uid.case-0\n');
  });

  it('of a run without cases is a page all the same', () => {
    expect(render({ ...conformant(), cases: [], requirements: [], operations: [] })).toContain('</html>');
  });
});

describe('the markup template', () => {
  it('escapes whatever is not markup', () => {
    expect(h`<p title="${'"'}">${'<b>'}${h`<i>${'&'}</i>`}${[1, undefined, 'x']}</p>`.markup).toBe(
      '<p title="&#34;">&#60;b&#62;<i>&#38;</i>1x</p>',
    );
  });
});
