/** Prism's validation proxy, and before it the calls of a client that works. */
import { once } from 'node:events';
import { startPrism } from '../../conformance/cli/testing/prism.ts';
import { voiceCalls } from '../../conformance/self-test/apis/voice-calls.ts';
import type { Peer, Trial } from './peer.ts';

const COLLECTION = '/v3/communication/voice_calls';

/** What an update has beyond a create. */
const UPDATE = {
  price: '0.10',
  duration: 61,
  call_summary: 'A call',
  external_app_url: 'https://example.com/app',
  external_app_name: 'App',
  recording_id: 'recording_1',
};

/** What its `sl-violations` header holds. */
interface Violation {
  location?: string[];
  code?: string | number;
  message?: string;
}

export const prism: Peer = {
  name: 'Prism, validation proxy',
  prepare: () => Promise.resolve(trial),
};

const trial: Trial = async (url) => {
  const started = performance.now();
  const { prism: proxy, origin } = await startPrism('voice-calls', url);
  const complaints: string[] = [];
  const ask = async (method: string, path: string, body?: object): Promise<unknown> => {
    const response = await fetch(origin + path, {
      method,
      headers: { authorization: 'Bearer staff-token', 'content-type': 'application/json' },
      body: body && JSON.stringify(body),
    });
    // The header is there only when something breaks the contract.
    const violations = response.headers.get('sl-violations');
    if (violations !== null) {
      for (const { location = [], code, message } of JSON.parse(violations) as Violation[])
        complaints.push(`${method} ${location.join('.')} ${String(code)} ${message ?? ''}`);
    }
    return response.json().catch(() => undefined);
  };
  try {
    const { business_uid: _, ...update } = { ...voiceCalls.samples };
    const made = (await ask('POST', COLLECTION, voiceCalls.samples)) as { data?: { uid?: string } } | undefined;
    const one = `${COLLECTION}/${made?.data?.uid ?? 'none'}`;
    await ask('GET', one);
    await ask('GET', COLLECTION);
    await ask('PUT', one, { ...update, ...UPDATE });
    await ask('GET', one);
    return { complaints, wallMs: performance.now() - started };
  } finally {
    if (proxy.exitCode === null && proxy.kill('SIGKILL')) await once(proxy, 'exit');
  }
};
