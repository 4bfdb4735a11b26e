/** The same faults before RingTrue and before what a user would take instead. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { voiceCalls } from '../../conformance/self-test/apis/voice-calls.ts';
import { faults, startFaulty } from '../../conformance/self-test/index.ts';
import { contractFile, root } from '../../scripts/contracts.ts';
import { cli, inFolder, run, startReference, startServer } from '../helpers/processes.ts';
import { median, time } from '../helpers/statistics.ts';
import type { Table } from '../helpers/table.ts';

/** Every so many of the self-proof's MUST faults: the whole matrix is what `ringtrue selftest` prints. */
const EVERY = 12;

interface Outcome {
  accused: boolean;
  requests: number;
  wallMs: number;
}
type Peer = (url: string) => Promise<Outcome>;

export const peers: Table = {
  id: 'peers',
  title: 'Faults: voice-calls, RingTrue beside what a user would take instead',
  async measure() {
    const chosen = faults
      .filter(({ contract, level }) => contract === 'voice-calls' && level === 'MUST')
      .filter((_, index) => index % EVERY === 0);
    const rows: string[][] = [];
    for (const [name, peer] of Object.entries({ RingTrue: ringtrue, 'Prism, validation proxy': prism })) {
      const correct = await startReference();
      const clean = await peer(correct.url).finally(correct.close);
      const found: string[] = [];
      const walls: number[] = [];
      for (const fault of chosen) {
        const server = await startFaulty(fault);
        const { accused, wallMs } = await peer(server.url).finally(server.close);
        walls.push(wallMs);
        if (accused) found.push(fault.id);
      }
      rows.push([
        name,
        `${String(found.length)} of ${String(chosen.length)}`,
        clean.accused ? '1' : '0',
        String(clean.requests),
        time(median(walls)),
      ]);
    }
    for (const [name, why] of Object.entries(NOT_RUN)) rows.push([name, `not run: ${why}`, '', '', '']);
    return {
      columns: ['tool', 'faults found', 'false alarms', 'requests', 'wall time, median'],
      rows,
      targets: [],
      notes: [
        `Faults: ${chosen.map(({ id }) => `\`${id}\``).join(', ')} (every ${String(EVERY)}th MUST of the self-proof, so that nobody chose them). A false alarm is an accusation of the reference server without a fault.`,
        'Prism judges what passes through it, so it was handed the calls of a client that works: create, read, list and update with the contract’s own values. It counts as found whatever it reports as a violation.',
      ],
    };
  },
};

/** Tools that this script does not run yet. */
const NOT_RUN: Record<string, string> = {
  'Redocly Respect': 'not tried by this script yet',
  'Portman with Newman': 'not tried by this script yet',
  Specmatic: 'not tried by this script yet',
};

const ringtrue: Peer = (url) =>
  inFolder(async (folder) => {
    const file = join(folder, 'report.json');
    const { code, wallMs } = await run(process.execPath, [
      cli,
      'run',
      '--url',
      url,
      '--seed',
      '1',
      '--quiet',
      '--report',
      `json=${file}`,
    ]);
    const { summary } = JSON.parse(readFileSync(file, 'utf8')) as { summary: { requests: number } };
    return { accused: code === 1, requests: summary.requests, wallMs };
  });

let port = 20_000 + (process.pid % 20_000);

const prism: Peer = async (url) => {
  const started = performance.now();
  port += 1;
  const proxy = await startServer(
    join(root, 'node_modules', '.bin', 'prism'),
    ['proxy', contractFile('voice-calls'), url, '--port', String(port)],
    /listening on (http:\S+)/,
  );
  let requests = 0;
  let accused = false;
  const ask = async (method: string, path: string, body?: object): Promise<unknown> => {
    requests += 1;
    const response = await fetch(proxy.url + path, {
      method,
      headers: { authorization: 'Bearer staff-token', 'content-type': 'application/json' },
      body: body && JSON.stringify(body),
    });
    // The header is there only when something breaks the contract.
    if (response.headers.has('sl-violations')) accused = true;
    return response.json().catch(() => undefined);
  };
  try {
    const path = '/v3/communication/voice_calls';
    const { business_uid: _, ...update } = { ...voiceCalls.samples };
    const made = (await ask('POST', path, voiceCalls.samples)) as { data?: { uid?: string } } | undefined;
    const one = `${path}/${made?.data?.uid ?? 'none'}`;
    await ask('GET', one);
    await ask('GET', path);
    await ask('PUT', one, { ...update, ...UPDATE });
    await ask('GET', one);
    return { accused, requests, wallMs: performance.now() - started };
  } finally {
    await proxy.close();
  }
};

/** What an update has beyond a create. */
const UPDATE = {
  price: '0.10',
  duration: 61,
  call_summary: 'A call',
  external_app_url: 'https://example.com/app',
  external_app_name: 'App',
  recording_id: 'recording_1',
};
