import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../model/index.ts';
import { render, renderStepSummary } from './github.ts';
import { conformant, HOSTILE, hostile, incomplete, large, lostExternalUuid, samples } from './sample.ts';

describe('GitHub annotations', () => {
  it('stand on the contract’s line, MUST as error and SHOULD as warning', () => {
    const [error, warning] = render(lostExternalUuid()).split('\n');
    expect(error).toMatch(
      /^::error file=openapi\/voice-calls\.yaml,line=867,title=MUST createVoiceCall external_uuid::POST took/,
    );
    expect(warning).toMatch(/^::warning file=openapi\/voice-calls\.yaml,line=540,title=SHOULD listVoiceCalls::/);
  });

  it('name no file that the repository does not have', () => {
    const file = 'node_modules/ringtrue/openapi/voice-calls.yaml';
    const findings = lostExternalUuid().findings.map((one) => ({ ...one, contract: { ...one.contract, file } }));
    expect(render({ ...lostExternalUuid(), findings })).toMatch(/^::error title=MUST createVoiceCall external_uuid::/);
  });

  it('are none for a conformant run', () => {
    expect(render(conformant())).toBe('');
  });

  it('tell why a run is incomplete', () => {
    expect(render(incomplete())).toMatch(/^::error title=RingTrue could not judge::96 cases could not be judged/);
  });

  it('are one line each, whatever a target says', () => {
    const [base] = lostExternalUuid().findings;
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.constantFrom(...HOSTILE), (any, text) => {
        const finding: Finding = { ...base!, message: any, field: text, suggestion: text + any };
        const out = render({ ...lostExternalUuid(), findings: [finding] });
        expect(out.split('\n')).toHaveLength(2);
        expect(out).toMatch(/^::error file=openapi\/voice-calls\.yaml,line=867,title=[^,:]*::/);
      }),
      { numRuns: 50 },
    );
  });

  it('escape percent, comma and colon as the runner wants', () => {
    const [base] = lostExternalUuid().findings;
    const out = render({ ...lostExternalUuid(), findings: [{ ...base!, operation: 'a:b,c%0Ad', field: undefined }] });
    expect(out).toContain('title=MUST a%3Ab%2Cc%250Ad::');
  });

  it('tell a verdict that no finding tells', () => {
    const stale = { ...conformant(), verdict: 'non-conformant' as const, notes: ['The expected failure x is stale.'] };
    expect(render(stale)).toMatch(/^::error title=RingTrue::voice-calls is non-conformant: .*x is stale\.$/m);
    expect(render(lostExternalUuid())).not.toContain('title=RingTrue::');
  });

  it('mark an expected failure as a notice', () => {
    const findings = lostExternalUuid().findings.map((one) => ({ ...one, expectedFailure: 'ticket 12' }));
    expect(render({ ...lostExternalUuid(), findings, verdict: 'conformant' })).not.toMatch(/^::(error|warning)/m);
  });

  it('are ten of a kind at most, the rest counted', () => {
    const lines = render(large(20_000, 997)).trimEnd().split('\n');
    expect(lines).toHaveLength(11);
    expect(lines.at(-1)).toBe('::error title=RingTrue::10 more findings; see the step summary');
  });
});

describe('the step summary', () => {
  it('tells how fixtures were found, and both ways out of a drift', () => {
    const text = renderStepSummary(lostExternalUuid());
    expect(text).toContain('`staff_uid = staff-1 (GET /platform/v1/staffs#/data/staffs/0/uid)`');
    expect(text).toMatch(
      /two ways out \(\d+\)[^]*^```diff$[^]*The evidence favours this|The evidence favours this[^]*^```diff$/m,
    );
  });

  it('tells verdict, counts, evidence and what to do', () => {
    const text = renderStepSummary(lostExternalUuid());
    expect(text).toContain('## ❌ voice-calls: non-conformant');
    expect(text).toContain('| **MUST** | 111 | 13 |');
    expect(text).toContain('| create response |  | ✗ missing |');
    expect(text).toContain('**What to do:** Hand external_uuid');
  });

  it.each(Object.entries(samples()))(
    'of the run "%s" stays under what GitHub takes and holds no live markup',
    (_, report) => {
      const text = renderStepSummary(report);
      expect(Buffer.byteLength(text)).toBeLessThan(1024 * 1024);
      const outside = text
        .replace(/\\`/g, '')
        .replace(/^(`{3,})[\s\S]*?^\1$/gm, '')
        .replace(/(`+)(?!`)[\s\S]*?[^`]\1(?!`)/g, '');
      expect(outside.replace(/<\/?(sub|details|summary)>/g, '')).not.toMatch(/<[a-z/!]/i);
    },
  );

  it('of a hostile run keeps its table cells together', () => {
    const rows = renderStepSummary(hostile())
      .split('\n')
      .filter((line) => /^\| (sent|get|list) \|/.test(line));
    for (const row of rows) expect(row.replace(/\\\|/g, '').split('|')).toHaveLength(5);
  });
});
