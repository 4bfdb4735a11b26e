/** The reference server under load, beside bare Express and Prism's mock; and its list when much is stored. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import autocannon from 'autocannon';
import { voiceCalls } from '../../conformance/self-test/apis/voice-calls.ts';
import { contractFile, root } from '../../scripts/contracts.ts';
import { startReference, startServer, type Server } from '../helpers/processes.ts';
import { median, times } from '../helpers/statistics.ts';
import type { Table } from '../helpers/table.ts';

const SECONDS = 3;
const STORED = 100_000;
const path = '/v3/communication/voice_calls';
const headers = { authorization: 'Bearer staff-token', 'content-type': 'application/json' };
const body = JSON.stringify(voiceCalls.samples);

interface Speed {
  create: number;
  get: number;
}

export const server: Table = {
  id: 'server',
  title: 'Reference server: requests a second (autocannon, 10 connections)',
  async measure() {
    const bare = fileURLToPath(new URL('../helpers/bare-express.ts', import.meta.url));
    const prism = join(root, 'node_modules', '.bin', 'prism');
    const reference = await speedOf(startReference());
    const express = await speedOf(startServer(process.execPath, ['--import', 'tsx', bare]));
    const port = String(20_000 + (process.pid % 20_000));
    const mock = await speedOf(
      startServer(prism, ['mock', contractFile('voice-calls'), '--port', port, '--errors'], /listening on (http:\S+)/),
    );
    const [few, many] = await listSpeeds();
    const row = (name: string, { create, get }: Speed): string[] => [name, create.toFixed(0), get.toFixed(0)];
    const over = (other: Speed): { text: string; least: number } => {
      const [create, get] = [reference.create / other.create, reference.get / other.get];
      return { text: `create ${times(create)}, get ${times(get)}`, least: Math.min(create, get) };
    };
    const [half, ten] = [over(express), over(mock)];
    const timesPrism = ({ create, get }: Speed): string =>
      `${times(create / mock.create)} (create) and ${times(get / mock.get)} (get) Prism's`;
    return {
      columns: ['server', 'create', 'get'],
      rows: [
        row('reference server', reference),
        row('the same handlers on bare Express', express),
        row("Prism's mock", mock),
        [`list of the reference server, 100 stored`, '', few.toFixed(0)],
        [`list of the reference server, ${STORED.toLocaleString('en')} stored`, '', many.toFixed(0)],
      ],
      targets: [
        { wanted: 'at least half of bare Express', measured: half.text, holds: half.least >= 0.5 },
        {
          wanted: "at least 10 × Prism's mock",
          measured: ten.text,
          holds: ten.least >= 10,
          why:
            ten.least >= 10
              ? undefined
              : `Bare Express without any check is ${timesPrism(express)}: what Express itself takes for a request leaves no room for it on this machine`,
        },
        {
          wanted: `list at ${STORED.toLocaleString('en')} stored calls as fast as at 100 (at least 0.7 ×)`,
          measured: times(many / few),
          holds: many / few >= 0.7,
        },
      ],
      notes: [],
    };
  },
};

async function speedOf(starting: Promise<Server>): Promise<Speed> {
  const { url, close } = await starting;
  try {
    const target = url + path;
    const made = (await (await fetch(target, { method: 'POST', headers, body })).json()) as { data?: { uid?: string } };
    const create = await rate({ url: target, method: 'POST', headers, body });
    const get = await rate({ url: `${target}/${made.data?.uid ?? 'call_1'}`, headers });
    return { create, get };
  } finally {
    await close();
  }
}

async function rate(options: Parameters<typeof autocannon>[0]): Promise<number> {
  // The first second warms up.
  await autocannon({ ...options, connections: 10, duration: 1 });
  const { requests, non2xx } = await autocannon({ ...options, connections: 10, duration: SECONDS });
  if (non2xx > 0) throw new Error(`${options.url} answered ${String(non2xx)} requests with no success.`);
  return requests.average;
}

async function listSpeeds(): Promise<[few: number, many: number]> {
  const { url, close } = await startReference();
  try {
    const fill = (amount: number): Promise<unknown> =>
      autocannon({
        url: url + path,
        method: 'POST',
        headers,
        body,
        connections: 10,
        pipelining: 4,
        amount,
        duration: 90,
      });
    await fill(100);
    const few = await rate({ url: url + path, headers });
    await fill(STORED - 100);
    const many = [await rate({ url: url + path, headers }), await rate({ url: url + path, headers })];
    return [few, median(many)];
  } finally {
    await close();
  }
}
