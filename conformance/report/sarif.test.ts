import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import type { Log } from 'sarif';
import { describe, expect, it } from 'vitest';
import type { Report } from '../model/index.ts';
import { conformant, incomplete, lostExternalUuid, samples } from './sample.ts';
import { render } from './sarif.ts';

const schemaFile = createRequire(import.meta.url).resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json');
const schema = JSON.parse(readFileSync(schemaFile, 'utf8')) as { $schema?: string; id?: string };
// It is written in draft 4, of which it uses nothing that later drafts read differently but these two.
delete schema.$schema;
delete schema.id;
const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
addFormats.default(ajv);
const validate = ajv.compile(schema);

function runOf(report: Report): Log['runs'][number] {
  const [run] = (JSON.parse(render(report)) as Log).runs;
  if (!run) throw new Error('the log has no run');
  return run;
}

describe('the SARIF log', () => {
  it.each(Object.entries(samples()))('of the run "%s" keeps the schema of SARIF 2.1.0', (_name, report) => {
    validate(JSON.parse(render(report)));
    expect(validate.errors ?? []).toEqual([]);
  });

  it('has a result per finding, on the contract’s line, under the requirement', () => {
    const report = lostExternalUuid();
    const [first] = runOf(report).results ?? [];
    expect(first).toMatchObject({
      level: 'error',
      locations: [
        {
          physicalLocation: { artifactLocation: { uri: 'openapi/voice-calls.yaml' }, region: { startLine: 867 } },
          logicalLocations: [{ fullyQualifiedName: 'createVoiceCall.external_uuid' }],
        },
      ],
    });
    const ids = runOf(report).tool.driver.rules?.map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining(runOf(report).results?.map(({ ruleId }) => ruleId) ?? ['none']));
  });

  it('has fingerprints that another seed, day and target leave as they are', () => {
    const prints = (report: Report): unknown => runOf(report).results?.map((one) => one.partialFingerprints);
    const later = {
      ...lostExternalUuid(),
      seed: 7,
      startedAt: '2030-01-01T00:00:00.000Z',
      target: { url: 'http://b' },
    };
    expect(prints(later)).toEqual(prints(lostExternalUuid()));
    expect(new Set((prints(later) as object[]).map((one) => JSON.stringify(one))).size).toBe(later.findings.length);
  });

  it.each([
    'node_modules/ringtrue/openapi/voice-calls.yaml',
    '/usr/lib/x.yaml',
    '../x.yaml',
    'https://a.example/x.yaml',
  ])('names no file that the repository does not have: %s', (file) => {
    const findings = lostExternalUuid().findings.map((one) => ({ ...one, contract: { ...one.contract, file } }));
    expect(render({ ...lostExternalUuid(), findings })).not.toContain('physicalLocation');
  });

  it('suppresses what a baseline expects, and is not green when the verdict is not', () => {
    const findings = lostExternalUuid().findings.map((one) => ({ ...one, expectedFailure: 'ticket 12' }));
    expect(runOf({ ...lostExternalUuid(), findings }).results?.[0]?.suppressions).toEqual([
      { kind: 'external', justification: 'ticket 12' },
    ]);
    const stale = { ...conformant(), verdict: 'non-conformant' as const, notes: ['x is stale.'] };
    expect(runOf(stale).results).toMatchObject([{ ruleId: 'RINGTRUE-VERDICT', level: 'error' }]);
  });

  it('says that a run could not judge', () => {
    expect(runOf(incomplete()).invocations?.[0]).toMatchObject({
      executionSuccessful: false,
      toolExecutionNotifications: [{ level: 'error' }, { level: 'note' }],
    });
    expect(runOf(conformant()).results).toEqual([]);
  });
});
