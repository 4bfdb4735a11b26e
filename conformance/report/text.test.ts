import { describe, expect, it } from 'vitest';
import type { Finding } from '../model/index.ts';
import { width, wrap } from './layout.ts';
import { conformant, hostile, incomplete, large, lostExternalUuid, samples, shouldOnly } from './sample.ts';
import { PASS_PROVES_NOT, sortedFindings } from './summary.ts';
import { render } from './text.ts';

const firstScreen = (text: string): string => text.split('\n').slice(0, 40).join('\n');
const flat = (text: string): string => text.replace(/\s+/g, ' ');

describe('the text report', () => {
  it('of a target that is not there says what to do, and of one that answered does not', () => {
    const none = incomplete();
    const silent = { ...none, summary: { ...none.summary, pass: 0, fail: 0, warn: 0, notTested: 136 } };
    const unanswered = silent.cases.map((one) => ({ ...one, blockedBy: 'transport' }));
    expect(render({ ...silent, cases: unanswered })).toContain('--wait-for SECONDS');
    // The time was used up, say.
    expect(render(silent)).not.toContain('--wait-for SECONDS');
    expect(render(none)).not.toContain('--wait-for SECONDS');
  });

  it('of a finding without a table leaves no gap', () => {
    const report = lostExternalUuid();
    const findings = report.findings.map((one) => ({ ...one, evidence: { got: [], exchangeIds: [] } }));
    expect(render({ ...report, findings })).not.toContain('\n\n\n');
  });

  it('tells each fixture, its value and how it was found', () => {
    expect(render(conformant())).toContain('staff_uid = staff-1 (GET /platform/v1/staffs#/data/staffs/0/uid)');
  });

  it('tells contract, target, verdict, counts, the gravest finding and what to do on the first screen', () => {
    const screen = firstScreen(render(lostExternalUuid()));
    expect(screen).toContain('voice-calls 3.0.0');
    expect(screen).toContain('http://127.0.0.1:3000');
    expect(screen).toContain('seed 42');
    expect(screen).toContain('✗ NON-CONFORMANT  1 MUST broken (13 cases)');
    expect(screen).toMatch(/MUST +111 +13/);
    expect(screen).toContain('openapi/voice-calls.yaml:867');
    expect(screen).toContain('#/components/schemas/VoiceCall/properties/external_uuid');
    expect(flat(screen)).toContain(
      'Hand external_uuid to the store when a call is created, and return it with the call.',
    );
    expect(screen).toContain('$RINGTRUE_TOKEN');
    expect(screen).toContain('1 more could not be asked');
  });

  it('names the command that asks a finding again', () => {
    const report = lostExternalUuid();
    const [first = ''] = report.findings[0]?.cases ?? [];
    const text = render(report, { askAgain: (ids) => `ringtrue run --include ${ids.join(' ')}` });
    expect(text).toContain(`ask it again\n     ringtrue run --include ${first}`);
  });

  it('of one cause that kept all from being asked says that cause and no more', () => {
    const none = incomplete();
    const report = { ...none, findings: [], summary: { ...none.summary, pass: 9, fail: 0, warn: 0, notTested: 625 } };
    const text = render(report);
    expect(text.split('\n').length).toBeLessThan(14);
    expect(flat(text)).toContain(report.notes[0]);
  });

  it('shows data that is lost before a refusal of the same level', () => {
    const [one] = lostExternalUuid().findings;
    if (one === undefined) throw new Error('the sample has a finding');
    const odd: Finding = { ...one, id: 'odd', kind: 'server-error', severity: 'critical' };
    const lost: Finding = { ...one, id: 'lost', kind: 'not-persisted', severity: 'major' };
    expect(sortedFindings([odd, lost]).map(({ id }) => id)).toEqual(['lost', 'odd']);
  });

  it('stands sent and got in one column', () => {
    const lines = render(lostExternalUuid()).split('\n');
    const sent = lines.find((line) => line.startsWith('   sent')) ?? '';
    const got = lines.find((line) => line.startsWith('   create response  ')) ?? '';
    expect(got.indexOf('missing')).toBe(sent.indexOf('"4887af14'));
  });

  it('tells MUST and SHOULD apart by words', () => {
    const text = render(lostExternalUuid());
    expect(text).toContain('1. MUST broken');
    expect(text).toContain('2. SHOULD not kept');
  });

  it('of a conformant run says what a pass does not prove, and of others does not', () => {
    expect(flat(render(conformant()))).toContain(PASS_PROVES_NOT);
    expect(flat(render(shouldOnly()))).toContain(PASS_PROVES_NOT);
    expect(flat(render(lostExternalUuid()))).not.toContain(PASS_PROVES_NOT);
  });

  it('of an incomplete run says why, with the count of each reason', () => {
    const text = render(incomplete());
    expect(text).toContain('? INCOMPLETE  96 cases could not be judged');
    expect(flat(text)).toContain('The run stopped early: three requests in a row got no answer');
    expect(text).toMatch(/96 {2}the target did not answer any more/);
  });

  it('repeats the verdict at the end of a long report', () => {
    expect(render(lostExternalUuid()).trimEnd().split('\n').at(-1)).toContain('NON-CONFORMANT');
  });

  it('is quiet on demand: the verdict and the sentences', () => {
    const lines = render(lostExternalUuid(), { quiet: true }).trimEnd().split('\n');
    expect(lines.length).toBeLessThan(6);
    expect(lines[0]).toContain('NON-CONFORMANT');
    expect(lines[1]).toMatch(/^MUST {4}createVoiceCall external_uuid: POST took/);
  });

  it('is verbose on demand: every case and every exchange', () => {
    const report = lostExternalUuid();
    const text = render(report, { verbose: true });
    for (const one of report.cases) expect(text).toContain(one.id);
    expect(text).toContain('> POST http://127.0.0.1:3000/v3/communication/voice_calls');
  });

  it('has colour only when asked', () => {
    expect(render(lostExternalUuid())).not.toContain('\u001b');
    expect(render(lostExternalUuid(), { color: true })).toContain('\u001b[31m');
  });

  it('with its colours taken away is the text without colours', () => {
    const colored = render(lostExternalUuid(), { color: true });
    // eslint-disable-next-line no-control-regex -- our own colours.
    expect(colored.replace(/\u001b\[\d+m/g, '')).toBe(render(lostExternalUuid()));
  });

  it.each(Object.entries(samples()))('of the run "%s" holds no control character', (_, report) => {
    // eslint-disable-next-line no-control-regex -- what must never get through.
    const control = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;
    for (const options of [{}, { quiet: true }, { verbose: true }])
      expect(render(report, options)).not.toMatch(control);
  });

  it.each([60, 80, 120])('keeps to %i columns, commands and long words excepted', (columns) => {
    const lines = render(lostExternalUuid(), { columns }).split('\n');
    const long = lines.filter((line) => width(line) > columns && !line.includes('curl') && line.trim().includes(' '));
    expect(long).toEqual([]);
  });

  it('elides a long value in its middle and tells its length', () => {
    expect(render(hostile())).toMatch(/"long x+…x+ end" \(5009 characters\)/);
  });

  it('shows the first ten findings in full and the rest in a line each', () => {
    const text = render(large(50_000, 997));
    expect(text).toContain('10. MUST broken');
    expect(text).not.toContain('11. MUST broken');
    expect(text).toContain('--report html=report.html has all 50 in full.');
  });

  it('marks an expected failure as such and does not count it as broken', () => {
    const report = lostExternalUuid();
    const findings = report.findings.map((one): Finding => ({ ...one, expectedFailure: 'known, ticket 12' }));
    const text = render({ ...report, findings });
    expect(text).toContain('expected MUST');
    expect(text).toContain('2 expected failures');
    expect(text).not.toContain('MUST broken');
  });
});

describe('layout', () => {
  it('counts wide characters twice and marks not at all', () => {
    expect([width('abc'), width('日本'), width('e\u0301'), width('\u001b[31mred\u001b[39m')]).toEqual([3, 4, 1, 3]);
  });

  it('leaves a word that is too long whole', () => {
    expect(wrap(`a ${'x'.repeat(20)} b`, 10)).toEqual(['a', 'x'.repeat(20), 'b']);
  });
});
