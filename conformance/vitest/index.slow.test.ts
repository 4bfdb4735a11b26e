/** The adapter inside a vitest of its own: what passes, what fails, and what that looks like. */
import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { emptyFolder, type Folder } from '../cli/testing/cli.ts';
import { losesExternalUuid, watchedTarget, type Watched } from '../cli/testing/target.ts';

const adapter = fileURLToPath(new URL('../../dist/vitest.js', import.meta.url));
const vitest = join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs');

let folder: Folder;
let target: Watched;
let broken: Watched;
beforeAll(async () => {
  folder = emptyFolder();
  target = await watchedTarget();
  broken = await watchedTarget(losesExternalUuid);
});
afterAll(async () => {
  await target.close();
  await broken.close();
  folder.remove();
});

interface Result {
  success: boolean;
  numTotalTests: number;
  testResults: {
    message: string;
    assertionResults: { title: string; ancestorTitles: string[]; status: string; failureMessages: string[] }[];
  }[];
}

/** Runs one test file that calls `conformance` with these options. */
async function conformance(options: object): Promise<Result> {
  writeFileSync(
    join(folder.path, 'api.test.mjs'),
    `import { conformance } from ${JSON.stringify(adapter)};\nawait conformance(${JSON.stringify(options)});\n`,
  );
  const args = [vitest, 'run', '--root', folder.path, '--reporter', 'json', '--outputFile', 'out.json'];
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('VITEST')));
  await new Promise((done) => execFile(process.execPath, args, { cwd: folder.path, env }, done));
  return JSON.parse(readFileSync(join(folder.path, 'out.json'), 'utf8')) as Result;
}

const include = ['accepts.createVoiceCall', 'round-trip.createVoiceCall.external_uuid.*'];

it('each case is a test with its level and id; a failure tells sentence, remedy and curl', async () => {
  const { testResults } = await conformance({ url: broken.url, include });
  const tests = testResults[0]?.assertionResults ?? [];
  const titles = tests.map(({ title, status }) => [status, title]);
  expect(titles).toContainEqual(['passed', 'MUST createVoiceCall accepts a valid request (accepts.createVoiceCall)']);
  const failed = tests.filter(({ status }) => status === 'failed');
  expect(failed.length).toBeGreaterThan(0);
  for (const { title, failureMessages, ancestorTitles } of failed) {
    expect(title).toMatch(/^MUST .*\(round-trip\.createVoiceCall\.external_uuid\..*\)$/);
    expect(ancestorTitles.at(-1)).toBe(`voice-calls 3.0.0 on ${broken.url}`);
    expect(failureMessages[0]).toMatch(/external_uuid[\s\S]*Requirement: \w[\s\S]*What to do: [\s\S]*curl /);
    expect(failureMessages[0]).not.toMatch(/^ +at /m);
  }
});

it('what does not apply is skipped, not passed', async () => {
  const { testResults, success } = await conformance({
    url: target.url,
    token: 'staff-token',
    fixtures: { staff_uid: 's', client_uid: 'c', business_uid: 'b' },
    include: ['accepts.createVoiceCall', 'role-refused.*'],
  });
  const tests = testResults[0]?.assertionResults ?? [];
  expect(new Set(tests.map(({ status }) => status))).toEqual(new Set(['passed', 'skipped']));
  expect(success).toBe(true);
});

it('a target that does not answer fails one test, and skips the others', async () => {
  const gone = await watchedTarget();
  await gone.close();
  const { testResults } = await conformance({ url: gone.url, include: include.slice(0, 1) });
  const tests = testResults[0]?.assertionResults ?? [];
  expect(tests.map(({ status }) => status)).toEqual(['failed', 'skipped']);
  expect(tests[0]?.title).toBe('the target can be judged');
});

it('options that are wrong fail the file with the sentence', async () => {
  const { success, testResults } = await conformance({ include: ['zzz'] });
  expect(success).toBe(false);
  expect(testResults[0]?.message).toContain('matches no case');
});
