/** `ringtrue run` on live systems: what is written down of what was created, and the ways through TLS and proxies. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { LedgerEntry, Report } from '../model/index.ts';
import { certificate, namedCertificate, namedKey, privateKey } from '../target/testing/certificate.ts';
import { emptyFolder, ended, ringtrue, start, type Folder, type Outcome, type Surroundings } from './testing/cli.ts';
import { watchedTarget } from './testing/target.ts';
import { connectProxy, tlsTarget, type Proxy, type TlsTarget } from './testing/tunnel.ts';

let folder: Folder;
beforeEach(() => {
  folder = emptyFolder();
});
afterEach(() => {
  folder.remove();
});

const inFolder = (name: string): string => join(folder.path, name);
const run = (args: string[], more: Surroundings = {}): Promise<Outcome> =>
  ringtrue(['run', ...args], { cwd: folder.path, ...more });
const report = (): Report => JSON.parse(readFileSync(inFolder('r.json'), 'utf8')) as Report;
const ledger = (): LedgerEntry[] =>
  readFileSync(inFolder('ledger.jsonl'), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as LedgerEntry);
const few = ['--include', 'round-trip.createVoiceCall.external_uuid.*', '--include', 'accepts.createVoiceCall'];

describe('the ledger', () => {
  it('holds each record that was created, with what finds it, and what stood in the file before', async () => {
    const target = await watchedTarget();
    writeFileSync(inFolder('ledger.jsonl'), '{"operation":"earlier","url":"u","at":"t"}\n');
    const { code } = await run([
      '--url',
      target.url,
      '--ledger',
      'ledger.jsonl',
      '--report',
      'json=r.json',
      '--seed',
      '5',
    ]);
    await target.close();
    const [earlier, ...entries] = ledger();
    expect(earlier?.operation).toBe('earlier');
    expect(entries).toEqual(report().ledger);
    expect(entries.length).toBeGreaterThan(10);
    expect(new Set(entries.map(({ id }) => id)).size).toBe(entries.length);
    expect(entries.filter(({ marker }) => marker !== undefined).length).toBeGreaterThan(10);
    expect(code).toBe(0);
  });

  it('is there when the run is killed: each record that the target told of by then', async () => {
    let stalled = (): void => undefined;
    const stall = new Promise<void>((resolve) => {
      stalled = resolve;
    });
    let created = 0;
    const target = await watchedTarget((request, _response, nth) => {
      if (nth > 40) stalled();
      else if (request.method === 'POST') created += 1;
      return nth > 40;
    });
    const child = start(['run', '--url', target.url, '--ledger', 'ledger.jsonl', '--workers', '1'], {
      cwd: folder.path,
    });
    const end = ended(child);
    // The 41st request is sent by one who has read all answers before.
    await stall;
    child.kill('SIGKILL');
    await end;
    const entries = ledger();
    expect(created).toBeGreaterThan(0);
    for (const { id } of entries) {
      expect(id).toMatch(/^[\da-f-]{36}$/);
    }
    expect(entries.length).toBeGreaterThan(0);
    expect(entries.length).toBeLessThanOrEqual(created);
    await target.close();
  });

  it('names what may have been created when no answer came, in the file and in the reports of an interrupted run', async () => {
    let stalled = (): void => undefined;
    const stall = new Promise<void>((resolve) => {
      stalled = resolve;
    });
    const target = await watchedTarget((request) => {
      // Creates are taken and not answered.
      if (request.method !== 'POST') return false;
      stalled();
      return true;
    });
    const args = ['run', '--url', target.url, '--ledger', 'ledger.jsonl', '--report', 'json=r.json', ...few];
    const child = start(args, { cwd: folder.path });
    const end = ended(child);
    await stall;
    child.kill('SIGINT');
    const { code } = await end;
    await target.close();
    expect(code).toBe(130);
    expect(ledger()).toEqual(report().ledger);
    expect(ledger()[0]).toMatchObject({ operation: 'createVoiceCall', unconfirmed: true });
    expect(ledger()[0]?.marker).toMatch(/^rt/);
    expect(ledger()[0]).not.toHaveProperty('id');
  });

  it('holds what was created for a fixture, in a run that is interrupted before anything is judged', async () => {
    let stalled = (): void => undefined;
    const stall = new Promise<void>((resolve) => {
      stalled = resolve;
    });
    const target = await watchedTarget((request, response) => {
      if (request.url === '/staff')
        response.writeHead(201, { 'content-type': 'application/json' }).end('{"uid":"s-1"}');
      else stalled();
      return true;
    });
    const config = [
      `url: ${target.url}`,
      'fixtures:',
      '  staff_uid: { post: /staff, body: {}, pointer: /uid }',
      '  client_uid: { post: /clients, body: {}, pointer: /uid }',
      '  business_uid: b-1',
    ];
    writeFileSync(inFolder('ringtrue.config.yaml'), `${config.join('\n')}\n`);
    const args = ['run', '--token', 't', '--ledger', 'ledger.jsonl', '--report', 'json=r.json', ...few];
    const child = start(args, { cwd: folder.path });
    const end = ended(child);
    await stall;
    child.kill('SIGINT');
    const { code, stdout } = await end;
    await target.close();
    expect(stdout).toContain('INCOMPLETE');
    expect(report().ledger).toMatchObject([
      { operation: 'POST /staff', id: 's-1', url: `${target.url}/staff` },
      { operation: 'POST /clients', unconfirmed: true },
    ]);
    expect(ledger()).toEqual(report().ledger);
    expect(report().summary.notTested).toBe(report().summary.cases - report().summary.notApplicable);
    expect(code).toBe(130);
  });

  it('ends the run when it can no longer be written: nothing is created that could not be found again', async () => {
    const target = await watchedTarget();
    const args = ['--url', target.url, '--ledger', '/dev/full', '--report', 'json=r.json', '--workers', '1'];
    const { code, stdout } = await run(args);
    await target.close();
    expect(code).toBe(3);
    expect(stdout).toMatch(/--ledger: \/dev\/full can no longer be written: .*\. The run stopped\./);
    expect(target.requests.filter((one) => one.startsWith('POST'))).toHaveLength(1);
    expect(report().verdict).toBe('incomplete');
    expect(report().ledger).toHaveLength(1);
  });

  it('holds nothing where nothing can have been created', async () => {
    const gone = await watchedTarget();
    await gone.close();
    const { code } = await run(['--url', gone.url, '--ledger', 'ledger.jsonl', '--report', 'json=r.json', ...few]);
    expect(existsSync(inFolder('ledger.jsonl'))).toBe(false);
    expect(report().ledger).toEqual([]);
    expect(code).toBe(3);
  });
});

describe('a live system', () => {
  let target: TlsTarget;
  let proxy: Proxy;
  beforeAll(async () => {
    target = await tlsTarget();
    proxy = await connectProxy(target.port);
  });
  afterAll(async () => {
    await proxy.close();
    await target.close();
  });
  beforeEach(() => {
    target.requests.length = 0;
    proxy.asked.length = 0;
    writeFileSync(inFolder('ca.pem'), namedCertificate);
    writeFileSync(inFolder('cert.pem'), namedCertificate);
    writeFileSync(inFolder('key.pem'), namedKey);
    writeFileSync(inFolder('other-cert.pem'), certificate);
    writeFileSync(inFolder('other-key.pem'), privateKey);
  });

  const fixtures = ['staff_uid', 'client_uid', 'business_uid'].flatMap((name) => ['--fixture', `${name}=x-1`]);
  const live = [
    '--url',
    'https://api.ringtrue.test',
    '--token',
    'staff-token',
    ...fixtures,
    ...few,
    '--report',
    'json=r.json',
  ];
  const known = ['--cacert', 'ca.pem', '--cert', 'cert.pem', '--key', 'key.pem'];

  it('is reached through a proxy, by a client certificate, and trusted by its authority', async () => {
    const { code, stderr } = await run([...live, ...known, '--proxy', proxy.url, '--allow-writes']);
    expect(stderr).not.toMatch(/insecure/i);
    expect(report().verdict).toBe('conformant');
    expect(code).toBe(0);
    expect(new Set(proxy.asked)).toEqual(new Set(['CONNECT api.ringtrue.test:443']));
    expect(target.requests.length).toBeGreaterThan(0);
    for (const request of target.requests) expect(request).toMatch(/ ringtrue test only$/);
  });

  it.each(['HTTPS_PROXY', 'https_proxy', 'ALL_PROXY'])('is reached through the proxy of %s', async (name) => {
    const { code } = await run([...live, ...known, '--allow-writes'], { env: { [name]: proxy.url } });
    expect(code).toBe(0);
    expect(proxy.asked).toContain('CONNECT api.ringtrue.test:443');
  });

  it('is asked directly where NO_PROXY names it, and then has no address here', async () => {
    const env = { HTTPS_PROXY: proxy.url, NO_PROXY: 'elsewhere.test,.ringtrue.test' };
    const { code } = await run([...live, ...known, '--allow-writes'], { env });
    expect(proxy.asked).toEqual([]);
    expect(report().notes[0]).toMatch(
      /The host name of https:\/\/api\.ringtrue\.test (is unknown|cannot be looked up)/,
    );
    expect(code).toBe(3);
  });

  it('that wants a certificate and is shown none, or that nobody vouches for, is not judged', async () => {
    const stranger = await run([...live, '--cacert', 'ca.pem', '--proxy', proxy.url, '--allow-writes']);
    expect(stranger.code).toBe(3);
    expect(report().summary.fail).toBe(0);
    expect(target.requests).toEqual([]);
    const untrusted = await run([...live, ...known.slice(2), '--proxy', proxy.url, '--allow-writes']);
    expect(untrusted.code).toBe(3);
    expect(report().notes[0]).toContain('cannot be trusted; --cacert FILE names the authority');
    expect(target.requests).toEqual([]);
  });

  it('is not written to without --allow-writes, whatever leads there', async () => {
    const { code, stderr } = await run([...live, ...known, '--proxy', proxy.url]);
    expect(stderr).toMatch(/^This run would write to https:\/\/api\.ringtrue\.test, which is not this machine:\n/);
    expect(code).toBe(2);
    expect(proxy.asked).toEqual([]);
  });

  it('is not asked at all with certificates that are none', async () => {
    writeFileSync(
      inFolder('half.pem'),
      `${namedCertificate}-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n`,
    );
    const wrong: [string[], string][] = [
      [['--cacert', 'key.pem'], '--cacert: key.pem holds no certificate in PEM form, or something else besides.'],
      [['--cacert', 'half.pem'], '--cacert: half.pem holds no certificate in PEM form, or something else besides.'],
      [
        ['--cert', 'key.pem', '--key', 'key.pem'],
        '--cert: key.pem holds no certificate in PEM form, or something else besides.',
      ],
      [
        ['--cert', 'cert.pem', '--key', 'cert.pem'],
        '--key: cert.pem holds no private key without passphrase in PEM form, or something else besides.',
      ],
      [
        ['--cert', 'cert.pem', '--key', 'other-key.pem'],
        '--key: other-key.pem holds another key than that of the certificate in cert.pem.',
      ],
    ];
    for (const [args, says] of wrong) {
      const { code, stderr } = await run([...live, ...args, '--proxy', proxy.url, '--allow-writes']);
      expect(stderr).toContain(says);
      expect(stderr.trimEnd().split('\n')).toHaveLength(1);
      expect(code).toBe(2);
    }
    expect(proxy.asked).toEqual([]);
  });
});
