/** A run that was split and merged says what the whole run says. */
import { describe, expect, it } from 'vitest';
import { mergeReports } from '../report/merge.ts';
import type { Report } from '../model/index.ts';
import { faults } from './index.ts';
import { tryOut } from './trial.ts';

const COUNT = 3;

/** What the target makes up for each record, and no two runs share. */
function told(report: Report): unknown {
  const { verdict, findings, drift, summary } = report;
  const { requests: _requests, ...counts } = summary;
  const said = {
    verdict,
    counts,
    drift,
    findings: findings.map(({ id, level, kind, operation, field, message, suggestion, severity, cases, causes }) => ({
      id,
      level,
      kind,
      operation,
      field,
      message,
      suggestion,
      severity,
      cases,
      causes,
    })),
  };
  return JSON.parse(
    JSON.stringify(said)
      .replaceAll(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'ID')
      .replaceAll(/rt[0-9a-z]{10,}/g, 'MARKER')
      .replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g, 'TIME'),
  );
}

describe('three shards, merged, say word for word what the whole run says of', () => {
  it.each([
    'voice-calls/external-uuid-missing',
    'voice-calls/filter-by-direction-ignored',
    'voice-calls/role-that-may-not-update-answers-401',
    'calldesk/key-ignored',
    'calldesk/odd-key-answers-500',
  ])('%s', async (id) => {
    const fault = faults.find((one) => one.id === id);
    if (fault === undefined) throw new Error(`There is no ${id}.`);
    const whole = await tryOut(fault);
    const shards: Report[] = [];
    for (let index = 1; index <= COUNT; index += 1)
      shards.push(await tryOut(fault, undefined, undefined, { index, count: COUNT }));
    expect(whole.findings.length).toBeGreaterThan(0);
    expect(told(mergeReports(shards.reverse()))).toEqual(told(whole));
  });
});
