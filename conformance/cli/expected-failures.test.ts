import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { applyExpected } from '../run/expected.ts';
import { conformant, lostExternalUuid, shouldOnly } from '../report/sample.ts';
import { expectedFailuresText, readExpectedFailures } from './expected-failures.ts';
import { emptyFolder, type Folder } from './testing/cli.ts';

let folder: Folder;
let file: string;
beforeEach(() => {
  folder = emptyFolder();
  file = join(folder.path, 'expected.yaml');
});
afterEach(() => {
  folder.remove();
});

function read(text: string) {
  writeFileSync(file, text);
  return readExpectedFailures(file, false);
}

describe('the file of expected failures', () => {
  it('has a case or a glob, a reason, and a last day if wanted', async () => {
    expect(
      await read('# known\n- case: a.b\n  reason: later\n- { case: "c.*", reason: never, expires: 2030-01-31 }\n'),
    ).toEqual([
      { pattern: 'a.b', reason: 'later', line: 2 },
      { pattern: 'c.*', reason: 'never', expires: '2030-01-31', line: 4 },
    ]);
  });

  it('may be empty', async () => {
    expect(await read('# nothing yet\n')).toEqual([]);
    expect(await read('[]\n')).toEqual([]);
  });

  it.each([
    ['a: b\n', ':1: the file (it holds a list of entries such as'],
    ['- a.b\n', ':1: an entry'],
    ['- case: a\n', ':1: an entry needs a reason: why it is expected.'],
    ['- reason: a\n', ':1: an entry needs a case: the id of a case, or a glob.'],
    [
      '- case: a\n  raeson: b\n',
      ':2: unknown key raeson; an entry has finding, with, case, cases, reason, expires. Did you mean "reason"?',
    ],
    ['- { case: a, reason: b, expires: soon }\n', 'expires has to be a day such as 2030-01-31, not "soon".'],
    ['- { case: a, reason: b, expires: 2030-02-31 }\n', 'not "2030-02-31".'],
  ])('%j is refused with its line', async (text, message) => {
    await expect(read(text)).rejects.toThrow(message);
  });

  it('has to be there, unless it is about to be written', async () => {
    await expect(readExpectedFailures(file, false)).rejects.toThrow('cannot be read: there is no such file or folder.');
    expect(await readExpectedFailures(file, true)).toEqual([]);
  });
});

describe('--update-expected', () => {
  const report = lostExternalUuid();
  const failed = report.cases.filter(({ status }) => status === 'fail').map(({ id }) => id);

  it('names what fails by its finding, with its cases counted and the cause as a first reason', async () => {
    const text = expectedFailuresText(report, [], false);
    const entries = await read(text);
    expect(entries).toHaveLength(1);
    expect(entries[0]).toMatchObject({ pattern: failed[0], causes: ['value.external_uuid'] });
    expect(text).toContain(`  cases: ${String(failed.length)}\n`);
    expect(entries[0]?.reason).toMatch(/^not-persisted: createVoiceCall external_uuid \(as of 2025-01-15; /);
    expect(entries[0]?.reason.length).toBeLessThan(120);
  });

  it('keeps an entry by finding with its reason, and the next run with it has nothing open', async () => {
    const [entry] = await read(expectedFailuresText(report, [], false));
    if (!entry) throw new Error('there is no entry');
    const mine = { ...entry, reason: 'ticket 9' };
    expect(await read(expectedFailuresText(report, [mine], false))).toEqual([mine]);
    const again = lostExternalUuid().cases;
    expect(applyExpected(again, [mine], '2025-01-15')).toEqual([]);
    expect(again.filter((one) => one.status === 'fail' && one.expectedFailure !== 'ticket 9')).toEqual([]);
    expect(expectedFailuresText(conformant(), [mine], false)).toContain('[]');
  });

  it('keeps reasons and globs that still hold, and drops what is stale or expired', async () => {
    const [first = ''] = failed;
    const text = expectedFailuresText(
      report,
      [
        { pattern: `${first.split('.')[0] ?? ''}.*`, reason: 'ticket 7', expires: '2999-01-01' },
        { pattern: report.cases.find(({ status }) => status === 'pass')?.id ?? '', reason: 'stale' },
        { pattern: 'not-asked.*', reason: 'ticket 8' },
        { pattern: first, reason: 'expired', expires: '2000-01-01' },
      ],
      false,
    );
    const entries = await read(text);
    expect(entries[0]).toMatchObject({ reason: 'ticket 7', expires: '2999-01-01' });
    expect(text).not.toMatch(/"stale"|"expired"/);
    // A run with --include asks a part, and takes nothing out of the rest.
    expect(entries).toContainEqual(expect.objectContaining({ pattern: 'not-asked.*', reason: 'ticket 8' }));
    expect(new Set(entries.map(({ pattern }) => pattern)).size).toBe(entries.length);
  });

  it('names a broken SHOULD only where it counts', async () => {
    expect(await read(expectedFailuresText(shouldOnly(), [], false))).toEqual([]);
    expect((await read(expectedFailuresText(shouldOnly(), [], true))).length).toBeGreaterThan(0);
  });
});
