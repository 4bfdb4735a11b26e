import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import type { CaseResult } from '../model/index.ts';
import { render } from './junit.ts';
import { conformant, incomplete, lostExternalUuid, samples } from './sample.ts';

const schemas = ['junit-ant.xsd', 'junit-jenkins.xsd'].map((fileName) => ({
  fileName,
  contents: readFileSync(new URL(`fixtures/${fileName}`, import.meta.url), 'utf8'),
}));

const count = (text: string, part: string): number => text.split(part).length - 1;

describe('the JUnit report', () => {
  it.each(Object.entries(samples()))('of the run "%s" keeps the common schemas', async (_, report) => {
    const xml = { fileName: 'report.xml', contents: render(report) };
    for (const schema of schemas) {
      const result = await validateXML({ xml, schema });
      expect(result.errors.map((one) => one.message)).toEqual([]);
    }
  });

  it('without a case is still XML that keeps the schemas', async () => {
    const xml = { fileName: 'report.xml', contents: render({ ...conformant(), cases: [] }) };
    for (const schema of schemas) expect((await validateXML({ xml, schema })).valid).toBe(true);
  });

  it('has one testcase per case, passed ones too', () => {
    const report = lostExternalUuid();
    const xml = render(report);
    expect(count(xml, '<testcase ')).toBe(report.cases.length);
    for (const one of report.cases) expect(xml).toContain(`name="${one.id}"`);
  });

  it('tells the finding in the failure of each of its cases', () => {
    const report = lostExternalUuid();
    const xml = render(report);
    expect(count(xml, '<failure message="POST took external_uuid and answered 201')).toBe(13);
    expect(xml).toContain('type="not-persisted"');
    expect(xml).toContain('What to do: Hand external_uuid to the store');
  });

  it('does not count a SHOULD as failed, and tells it in the output', () => {
    const xml = render(lostExternalUuid());
    expect(xml).toContain('SHOULD not kept: sort.listVoiceCalls.created-at-asc');
    expect(count(xml, '<failure')).toBe(13);
  });

  it('skips a case that could not be asked, and fails once for the run that could not judge', () => {
    const xml = render(incomplete());
    const unasked = incomplete().cases.filter(({ status }) => status === 'not-tested' || status === 'not-applicable');
    expect(count(xml, '<skipped')).toBe(unasked.length);
    expect(count(xml, 'type="incomplete"')).toBe(1);
  });

  it('is red in a case of its own when the verdict is, and no finding tells it', async () => {
    const stale = { ...conformant(), verdict: 'non-conformant' as const, notes: ['The expected failure x is stale.'] };
    const contents = render(stale);
    expect(count(contents, '<failure')).toBe(1);
    expect(contents).toMatch(/name="verdict"[^<]*<failure message="voice-calls is non-conformant: [^"]*x is stale\."/);
    for (const schema of schemas) {
      const result = await validateXML({ xml: { fileName: 'report.xml', contents }, schema });
      expect(result.errors.map((one) => one.message)).toEqual([]);
    }
    expect(render(lostExternalUuid())).not.toContain('<testcase classname="voice-calls" name="verdict"');
  });

  it('tells each fixture and how it was found', () => {
    expect(render(conformant())).toContain(
      '<property name="fixture.staff_uid" value="staff-1 (GET /platform/v1/staffs#/data/staffs/0/uid)"/>',
    );
  });

  it('skips what does not apply and what is expected to fail', () => {
    const report = lostExternalUuid();
    const cases = report.cases.map((one): CaseResult =>
      one.status === 'fail' ? { ...one, expectedFailure: 'ticket 12' } : one,
    );
    const xml = render({ ...report, cases });
    expect(count(xml, '<failure')).toBe(0);
    expect(count(xml, '<skipped message="ticket 12"/>')).toBe(13);
    expect(xml).toContain('<skipped message="no token for the role');
  });
});
