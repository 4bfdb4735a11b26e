import { afterEach, describe, expect, it } from 'vitest';
import { faults, startFaulty, variants, type FaultyServer } from './index.ts';

const call = {
  staff_uid: 's',
  client_uid: 'c',
  business_uid: 'b',
  from_number: '+12125550147',
  to_number: '+14155550123',
  direction: 'INBOUND',
  status: 'MISSED',
  rate: '0.10',
  provider: 'VONAGE',
  source_id: 'source',
  external_uuid: 'Ext-1',
};
const headers = { authorization: 'Bearer staff-token', 'content-type': 'application/json' };

describe('startFaulty', () => {
  let server: FaultyServer | undefined;
  afterEach(async () => {
    await server?.close();
  });

  const start = async (id: string): Promise<string> => {
    const subject = [...faults, ...variants].find((candidate) => candidate.id === id);
    if (subject === undefined) throw new Error(`There is no ${id}.`);
    server = await startFaulty(subject);
    return `${server.url}/v3/communication/voice_calls`;
  };
  const create = async (url: string, body: object = call): Promise<Record<string, unknown>> => {
    const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
    expect(response.status).toBe(201);
    return ((await response.json()) as { data: Record<string, unknown> }).data;
  };
  const read = async (url: string, uid: unknown): Promise<Record<string, unknown>> =>
    ((await (await fetch(`${url}/${String(uid)}`, { headers })).json()) as { data: Record<string, unknown> }).data;

  it('shows a value in POST that GET lacks', async () => {
    const url = await start('voice-calls/external-uuid-echoed-only');
    const created = await create(url);
    expect(created['external_uuid']).toBe('Ext-1');
    expect(await read(url, created['uid'])).not.toHaveProperty('external_uuid');
  });

  it('takes a wrong value and shows it ever after', async () => {
    const url = await start('voice-calls/create-takes-number-rate');
    const created = await create(url, { ...call, rate: 0.5 });
    expect([created['rate'], (await read(url, created['uid']))['rate']]).toEqual([0.5, 0.5]);
  });

  it('stores what it refused', async () => {
    const url = await start('voice-calls/refused-create-stored');
    const refused = await fetch(url, {
      method: 'POST',
      headers,
      body: JSON.stringify({ ...call, direction: 'x', source_id: 'trace' }),
    });
    expect(refused.status).toBe(400);
    expect(await (await fetch(url, { headers })).text()).toContain('trace');
  });

  it.each([
    'gzip',
    'chunked',
    'connection-close',
    'connection-cut',
    'http-1.0',
    'ascii-only',
    'media-type-in-odd-case',
    'few-headers',
  ])('the variant %s says the same in another way', async (name) => {
    const url = await start(`voice-calls/${name}`);
    const created = await create(url, { ...call, external_uuid: 'é📞' });
    expect(created).toMatchObject({ ...call, external_uuid: 'é📞' });
    expect(await read(url, created['uid'])).toEqual(created);
  });

  it('has earlier records where a variant names them', async () => {
    const url = await start('voice-calls/earlier-records');
    const { data } = (await (await fetch(`${url}?per_page=100&page=50`, { headers })).json()) as {
      data: { voice_calls: unknown[] };
    };
    expect(data.voice_calls.length).toBe(100);
  });

  it('keeps malformed bodies as they are', async () => {
    const url = await start('voice-calls/as-it-is');
    expect((await fetch(url, { method: 'POST', headers, body: '{' })).status).toBe(400);
    expect(
      (await fetch(url, { method: 'POST', headers: { ...headers, 'content-type': 'text/plain' }, body: '{}' })).status,
    ).toBe(415);
    expect((await fetch(url, { method: 'HEAD', headers })).status).toBe(200);
  });
});
