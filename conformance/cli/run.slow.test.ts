/** `ringtrue run` from end to end. */
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Report } from '../model/index.ts';
import { emptyFolder, ended, ringtrue, start, type Folder, type Outcome, type Surroundings } from './testing/cli.ts';
import { losesExternalUuid, watchedTarget, type Watched } from './testing/target.ts';

let folder: Folder;
let target: Watched;
let broken: Watched;
beforeAll(async () => {
  target = await watchedTarget();
  broken = await watchedTarget(losesExternalUuid);
});
afterAll(async () => {
  await target.close();
  await broken.close();
});
beforeEach(() => {
  folder = emptyFolder();
  target.requests.length = 0;
});
afterEach(() => {
  folder.remove();
});

const run = (args: string[], more: Surroundings = {}): Promise<Outcome> =>
  ringtrue(['run', ...args], { cwd: folder.path, ...more });
const inFolder = (name: string): string => join(folder.path, name);
const read = (name: string): string => readFileSync(inFolder(name), 'utf8');
const reportIn = (name: string): Report => JSON.parse(read(name)) as Report;
const given = ['--fixture', 'staff_uid=s-1', '--fixture', 'client_uid=c-1', '--fixture', 'business_uid=b-1'];
const few = ['--include', 'accepts.createVoiceCall', '--include', 'round-trip.createVoiceCall.external_uuid.*'];

describe('the verdict', () => {
  it('a target that keeps the contract conforms: exit code 0', async () => {
    const { code, stdout, stderr } = await run(['--url', target.url, ...few]);
    expect(stdout).toContain('CONFORMANT');
    expect(stdout).not.toContain('\u001b');
    expect(stderr).toMatch(/^no token and no fixture given: taking the reference server's, the token staff-token, /);
    expect(code).toBe(0);
  });

  it('without a URL the reference server is judged, and nothing needs to be said', async () => {
    const { code, stdout, stderr } = await run(few);
    expect(stdout).toContain('CONFORMANT');
    expect(stderr).toBe('');
    expect(code).toBe(0);
  });

  it('a target that loses a field does not: exit code 1, and the finding names the field', async () => {
    const { code, stdout } = await run(['--url', broken.url, ...few, '--report', 'json']);
    const report = JSON.parse(stdout) as Report;
    expect(report.verdict).toBe('non-conformant');
    expect(report.findings.map(({ field, level }) => [field, level])).toEqual([['external_uuid', 'MUST']]);
    expect(code).toBe(1);
  });

  it('a target that refuses could not be judged: exit code 3, and the report is written', async () => {
    const gone = await watchedTarget();
    await gone.close();
    const { code, stdout, stderr } = await run([
      '--url',
      gone.url,
      ...few,
      '--report',
      'text',
      '--report',
      'json=r.json',
    ]);
    expect(stdout).toContain('INCOMPLETE');
    expect(stdout).toContain('refuses connections');
    expect(stderr).not.toMatch(/^ +at /m);
    expect(reportIn('r.json').verdict).toBe('incomplete');
    expect(code).toBe(3);
  });

  it('a contract as argument and as flag is the same', async () => {
    for (const contract of [['calldesk'], ['--contract', 'calldesk']]) {
      const { code, stdout } = await run([
        ...contract,
        '--url',
        target.url,
        '--include',
        'accepts.*',
        '--report',
        'json',
      ]);
      expect((JSON.parse(stdout) as Report).contract.name).toBe('calldesk');
      expect(code).toBe(0);
    }
  });
});

describe('what is not sent', () => {
  it('--dry-run prints cases and writes, and sends nothing', async () => {
    const { code, stdout } = await run(['--url', target.url, '--dry-run']);
    expect(stdout).toMatch(/\d+ × createVoiceCall +POST \/v3\/communication\/voice_calls/);
    expect(stdout).toContain('round-trip.createVoiceCall.external_uuid.get');
    expect(target.requests).toEqual([]);
    expect(code).toBe(0);
  });

  it('a target that is not this machine is not written to without --allow-writes', async () => {
    const { code, stdout, stderr } = await run(['--url', 'http://api.example.invalid', '--token', 't', ...given]);
    expect(stderr).toMatch(/^This run would write to http:\/\/api\.example\.invalid, which is not this machine:\n/);
    expect(stderr).toMatch(/\d+ × createVoiceCall +POST /);
    expect(stderr).toContain('createVoiceCall: from_number, to_number');
    expect(stderr).toContain('Nothing was sent. Add --allow-writes');
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });

  it('a fixture that would have to be created there counts as a write', async () => {
    writeFileSync(
      inFolder('ringtrue.config.yaml'),
      'url: http://api.example.invalid\nfixtures:\n  staff_uid: { post: /staff, body: {}, pointer: /uid }\n',
    );
    const { code, stderr } = await run(['--include', 'unknown-id.getVoiceCall.*']);
    expect(stderr).toContain('≤ 1 × fixture staff_uid');
    expect(code).toBe(2);
  });

  it('--read-only sends nothing that writes', async () => {
    const { code } = await run(['--url', target.url, '--read-only']);
    expect(code).toBe(0);
    expect(target.requests.length).toBeGreaterThan(0);
    expect(target.requests.filter((one) => !/^(GET|HEAD|OPTIONS) /.test(one))).toEqual([]);
  });
});

describe('flag, environment, config file, default', () => {
  const report = async (args: string[], env: Record<string, string> = {}): Promise<Report> => {
    const { stdout } = await run([...few, '--report', 'json', ...args], { env });
    return JSON.parse(stdout) as Report;
  };

  it('each wins over the next', async () => {
    writeFileSync(
      inFolder('ringtrue.config.yaml'),
      `url: ${target.url}\nseed: 3\ntoken: staff-token\nfixtures: { staff_uid: s, client_uid: c, business_uid: b }\n`,
    );
    writeFileSync(inFolder('other.yaml'), 'seed: 4\n');
    expect((await report(['--seed', '1'], { RINGTRUE_SEED: '2' })).seed).toBe(1);
    expect((await report([], { RINGTRUE_SEED: '2' })).seed).toBe(2);
    expect(await report([])).toMatchObject({ seed: 3, target: { url: target.url } });
    expect((await report(['--config', 'other.yaml'])).seed).toBe(4);
    expect((await report([], { RINGTRUE_CONFIG: 'other.yaml' })).seed).toBe(4);
  });

  it('a token comes from the flag, the environment, a file, standard input or the config', async () => {
    writeFileSync(inFolder('token'), 'app-token\n');
    writeFileSync(inFolder('c.yaml'), 'token: { file: token }\n');
    const ask = async (args: string[], more: Surroundings = {}): Promise<string | undefined> => {
      const { code, stderr } = await run(
        ['--url', target.url, ...given, '--include', 'accepts.createVoiceCall', ...args],
        more,
      );
      expect(stderr).toBe('');
      expect(code).toBe(0);
      return target.headers().authorization;
    };
    expect(await ask(['--token', 'directory-token'], { env: { RINGTRUE_TOKEN: 'wrong' } })).toBe(
      'Bearer directory-token',
    );
    expect(await ask([], { env: { RINGTRUE_TOKEN: 'staff-token' } })).toBe('Bearer staff-token');
    expect(await ask(['--token-file', 'token'])).toBe('Bearer app-token');
    expect(await ask(['--token-file', '-'], { input: 'staff-token\n' })).toBe('Bearer staff-token');
    expect(await ask(['--config', 'c.yaml'])).toBe('Bearer app-token');
  });

  it('a misspelt variable is told', async () => {
    const { stderr } = await run(['--dry-run'], { env: { RINGTRUE_SEDE: '1' } });
    expect(stderr).toContain('RINGTRUE_SEDE is no variable of RingTrue. Did you mean RINGTRUE_SEED?');
  });
});

describe('fixtures', () => {
  it('resolve themselves: variable, found on the target, created there', async () => {
    writeFileSync(
      inFolder('ringtrue.config.yaml'),
      `token: staff-token
fixtures:
  staff_uid: { env: STAFF }
  client_uid: c-1
  business_uid:
    get: /v3/communication/voice_calls?page=9999
    pointer: /data/voice_calls/0/business_uid
    fallback:
      post: /v3/communication/voice_calls
      body: { staff_uid: "\${staff_uid}", client_uid: c, business_uid: b-7, from_number: "+12125550101", to_number: "+12125550102", direction: INBOUND, status: MISSED, rate: "0", provider: VONAGE, source_id: s, external_uuid: e }
      pointer: /data/business_uid
`,
    );
    const { code, stdout, stderr } = await run(['--url', target.url, ...few, '--report', 'json'], {
      env: { STAFF: 's-env' },
    });
    const { fixtures, ledger } = JSON.parse(stdout) as Report;
    expect(stderr).toBe('');
    expect(fixtures).toEqual([
      { name: 'staff_uid', value: 's-env', via: 'env STAFF' },
      { name: 'client_uid', value: 'c-1', via: 'config' },
      {
        name: 'business_uid',
        value: 'b-7',
        via: 'POST /v3/communication/voice_calls#/data/business_uid',
        source: 'GET /v3/communication/voice_calls?page=9999#/data/voice_calls/0/business_uid',
        fallback: 'POST /v3/communication/voice_calls#/data/business_uid',
      },
    ]);
    expect(ledger[0]).toMatchObject({ operation: 'POST /v3/communication/voice_calls', id: 'b-7' });
    expect(code).toBe(0);
  });

  it('that cannot be resolved are told before any write', async () => {
    writeFileSync(
      inFolder('ringtrue.config.yaml'),
      'token: staff-token\nfixtures:\n  staff_uid: a\n  client_uid: b\n  business_uid: { get: /nowhere, pointer: /x }\n',
    );
    const { code, stderr } = await run(['--url', target.url, ...few]);
    expect(stderr).toContain(
      'ringtrue.config.yaml:5: the fixture business_uid cannot be resolved: GET /nowhere answered 404.',
    );
    expect(stderr).toMatch(
      /^fixtures:\n {2}# uid of the business.*\n {2}business_uid: "…" {3}# or \{ env: BUSINESS_UID \}/m,
    );
    expect(target.requests).toEqual(['GET /nowhere']);
    expect(code).toBe(2);
  });

  it('of a target that does not answer are no mistake of the user: exit code 3', async () => {
    const gone = await watchedTarget();
    await gone.close();
    writeFileSync(
      inFolder('ringtrue.config.yaml'),
      'fixtures:\n  staff_uid: a\n  client_uid: b\n  business_uid: { get: /x, pointer: /x }\n',
    );
    const { code, stdout } = await run(['--url', gone.url, ...few]);
    expect(stdout).toContain('refuses connections');
    expect(code).toBe(3);
  });
});

describe('expected failures', () => {
  const file = ['--expected-failures', 'expected.yaml'];

  it('are written once, and then the run is green as long as exactly these fail', async () => {
    const first = await run(['--url', broken.url, ...few, ...file, '--update-expected']);
    expect(first.stderr).toContain('expected.yaml now names what fails');
    expect(first.code).toBe(0);
    expect(read('expected.yaml')).toContain('- finding: "value.external_uuid"');
    const green = await run(['--url', broken.url, ...few, ...file]);
    expect(green.stdout).toMatch(/MUST failures are\s+expected\s+\(expected\.yaml\)/);
    expect(green.code).toBe(0);

    const mended = await run(['--url', target.url, ...few, ...file]);
    expect(mended.stdout).toContain('stale');
    expect(mended.code).toBe(1);
  });

  it('expire', async () => {
    writeFileSync(inFolder('expected.yaml'), '- { case: "round-trip.**", reason: ticket 7, expires: 2020-01-01 }\n');
    const { code, stdout } = await run(['--url', broken.url, ...few, ...file]);
    expect(stdout).toContain('expired on 2020-01-01');
    expect(code).toBe(1);
  });
});

describe('reports', () => {
  it('each goes where it is told, with no secret in any', async () => {
    const formats = ['text', 'json', 'junit', 'html', 'markdown', 'github', 'har'];
    const reports = formats.flatMap((format) => ['--report', `${format}=out/report.${format}`]);
    const secret = ['--token', 'staff-token', '--header', 'X-Api-Key: k3y-of-the-gateway'];
    const { code, stdout, stderr } = await run([
      '--url',
      broken.url,
      ...given,
      ...secret,
      ...few,
      ...reports,
      '--verbose',
    ]);
    expect(stdout).toContain('NON-CONFORMANT');
    expect(stderr).toMatch(/^#\d+ POST .* -> 201 /m);
    const all = [stdout, stderr, ...formats.map((format) => read(`out/report.${format}`))];
    for (const text of all) {
      expect(text.length).toBeGreaterThan(20);
      expect(text).not.toMatch(/staff-token|k3y-of-the-gateway/);
    }
    expect(code).toBe(1);
  });

  it('machine data on standard output stays alone', async () => {
    const { stdout, stderr } = await run([...few, '--report', 'json']);
    expect(JSON.parse(stdout)).toMatchObject({ schemaVersion: 1, verdict: 'conformant' });
    expect(stderr).toBe('');
  });

  it('a GitHub step gets annotations and a summary by itself', async () => {
    writeFileSync(inFolder('summary.md'), '');
    const { stdout } = await run(['--url', broken.url, ...few], {
      env: { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: inFolder('summary.md') },
    });
    expect(stdout).toMatch(/^::error .*external_uuid/m);
    expect(read('summary.md')).toContain('external_uuid');
  });

  it('colours are for terminals, and for those who force them', async () => {
    expect((await run(few, { env: { FORCE_COLOR: '1' } })).stdout).toContain('\u001b[');
    expect((await run([...few, '--no-color'], { env: { FORCE_COLOR: '1' } })).stdout).not.toContain('\u001b[');
  });

  it('--quiet is the verdict alone', async () => {
    const { stdout, stderr } = await run([...few, '--quiet', '--report', 'text', '--report', 'html=r.html']);
    expect(stdout.trim().split('\n').length).toBeLessThanOrEqual(2);
    expect(stdout).toContain('CONFORMANT');
    expect(stderr).toBe('');
  });

  it('a reader who leaves does not keep the other reports from being written', async () => {
    const child = start(
      ['run', '--url', target.url, ...few, '--verbose', '--report', 'text', '--report', 'json=r.json'],
      {
        cwd: folder.path,
      },
    );
    child.stdout?.destroy();
    child.stderr?.destroy();
    const [code] = (await once(child, 'exit')) as [number];
    expect(reportIn('r.json').verdict).toBe('conformant');
    expect(code).toBe(0);
  });
});

describe('waiting and stopping', () => {
  it('--wait-for waits until the target answers', async () => {
    const late = await watchedTarget((request, _response, nth) => {
      if (nth <= 3) request.socket.destroy();
      return nth <= 3;
    });
    const { code, stderr } = await run(['--url', late.url, ...few, '--wait-for', '20']);
    await late.close();
    expect(stderr).toContain(`waiting up to 20 s for ${late.url}`);
    expect(code).toBe(0);
  });

  it('--wait-for gives up: exit code 3, with a report that says why', async () => {
    const gone = await watchedTarget();
    await gone.close();
    const { code } = await run(['--url', gone.url, ...few, '--wait-for', '0.3', '--report', 'json=r.json']);
    const { notes, summary } = reportIn('r.json');
    expect(notes).toEqual([expect.stringContaining('It was waited for during 0.3 s.')]);
    expect(summary.notTested).toBe(summary.cases);
    expect(code).toBe(3);
  });

  it('Ctrl+C ends the run, and the report of what ran is written: exit code 130', async () => {
    let stalled = (): void => undefined;
    const stall = new Promise<void>((resolve) => {
      stalled = resolve;
    });
    const slow = await watchedTarget((_request, _response, nth) => {
      // Some requests are answered, so that there is something to report; then nothing comes any more.
      if (nth > 5) stalled();
      return nth > 5;
    });
    const child = start(['run', '--url', slow.url, '--report', 'text', '--report', 'json=r.json'], {
      cwd: folder.path,
    });
    const end = ended(child);
    await stall;
    child.kill('SIGINT');
    const { code, stdout, stderr } = await end;
    await slow.close();
    expect(stderr).toContain('Interrupted: no more requests');
    expect(stdout).toContain('INCOMPLETE');
    const report = reportIn('r.json');
    expect(report.verdict).toBe('incomplete');
    expect(report.summary.notTested).toBeGreaterThan(0);
    expect(code).toBe(130);
  });

  it('Ctrl+C while it waits ends the waiting, and the report says so: exit code 130', async () => {
    let asked = (): void => undefined;
    const first = new Promise<void>((resolve) => {
      asked = resolve;
    });
    const mute = await watchedTarget(() => {
      asked();
      return true;
    });
    const args = ['run', '--url', mute.url, ...few, '--wait-for', '60', '--report', 'json=r.json'];
    const child = start(args, { cwd: folder.path });
    const end = ended(child);
    await first;
    child.kill('SIGINT');
    const { code } = await end;
    await mute.close();
    expect(reportIn('r.json').notes).toEqual(['The run was interrupted; what ran is reported.']);
    expect(code).toBe(130);
  });

  it('--insecure says loudly what it does', async () => {
    const { stderr } = await run(['--url', target.url, '--insecure', '--dry-run']);
    expect(stderr).toMatch(/^WARNING: --insecure takes any certificate\./);
  });
});

describe('shards', () => {
  it('joined they are the run that was split', async () => {
    const subset = [
      '--include',
      'round-trip.createVoiceCall.*',
      '--include',
      'auth-*',
      '--seed',
      '7',
      '--url',
      target.url,
    ];
    await run([...subset, '--report', 'json=whole.json']);
    for (const part of ['1', '2']) await run([...subset, '--shard', `${part}/2`, '--report', `json=part-${part}.json`]);
    mkdirSync(inFolder('out'));
    const { code, stdout } = await ringtrue(['merge', 'part-1.json', 'part-2.json', '--report', 'json'], {
      cwd: folder.path,
    });
    const ids = (report: Report): string[] => report.cases.map(({ id, status }) => `${id} ${status}`).sort();
    expect(ids(JSON.parse(stdout) as Report)).toEqual(ids(reportIn('whole.json')));
    expect(code).toBe(0);
    expect(existsSync(inFolder('part-2.json'))).toBe(true);

    const twice = await ringtrue(['merge', 'part-1.json', 'part-1.json'], { cwd: folder.path });
    expect(twice.stderr).toContain('is given twice');
    expect(twice.code).toBe(2);

    const alone = await ringtrue(['merge', 'part-2.json'], { cwd: folder.path });
    expect(alone.stderr).toBe('Shard 1/2 is missing: without it there is no verdict on the whole.\n');
    expect(alone.code).toBe(2);
  });
});
