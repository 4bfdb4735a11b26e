import { describe, expect, it } from 'vitest';
import { renderStepSummary } from './github.ts';
import { render as html } from './html.ts';
import { render as markdown } from './markdown.ts';
import { lostExternalUuid } from './sample.ts';
import { render as text } from './text.ts';

const report = {
  ...lostExternalUuid(),
  cleanup: [
    { operation: 'createVoiceCall', id: 'call_1', status: 'deleted' as const },
    { operation: 'createVoiceCall', id: 'call_2', status: 'left' as const, reason: 'the target answered 409' },
  ],
};

describe.each([
  ['text', (given: typeof report) => text(given)],
  ['HTML', (given: typeof report) => html(given)],
  ['Markdown', (given: typeof report) => markdown(given)],
  ['step summary', renderStepSummary],
])('%s', (_, render) => {
  it('says what was deleted, and what was left and why', () => {
    const shown = render(report).replaceAll(/\\(.)/g, '$1').replaceAll(/\s+/g, ' ');
    expect(shown).toContain('Deleted: 1 record; 1 left.');
    expect(shown).toContain('left 1 of createVoiceCall: the target answered 409');
  });

  it('says nothing where nothing was to be deleted', () => {
    expect(render({ ...report, cleanup: [] })).not.toContain('Deleted:');
  });
});
