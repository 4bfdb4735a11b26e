import { describe, expect, expectTypeOf, it } from 'vitest';
import { createAicallerClient, createCalldeskClient, createVoiceCallsClient } from './index.ts';

/** A fetch that answers one body and keeps the request. */
function answering(status: number, body: unknown): { fetch: (request: Request) => Promise<Response>; sent: Request[] } {
  const sent: Request[] = [];
  return {
    sent,
    fetch: async (request) => {
      sent.push(request);
      return Response.json(body, { status });
    },
  };
}

const baseUrl = 'http://127.0.0.1:1';

describe('the typed clients', () => {
  it('voice-calls sends the bearer token and types the call', async () => {
    const { fetch, sent } = answering(200, { success: true, data: { uid: 'u1', external_uuid: 'e1' } });
    const client = createVoiceCallsClient({ baseUrl, token: 't', fetch });
    const { data } = await client.GET('/v3/communication/voice_calls/{uid}', { params: { path: { uid: 'u 1' } } });
    expect(sent[0]?.url).toBe(`${baseUrl}/v3/communication/voice_calls/u%201`);
    expect(sent[0]?.headers.get('authorization')).toBe('Bearer t');
    expect(data?.data.external_uuid).toBe('e1');
    expectTypeOf(data?.data.external_uuid).toEqualTypeOf<string | undefined>();
    expectTypeOf(data?.data.direction).toEqualTypeOf<'INBOUND' | 'OUTBOUND' | undefined>();
  });

  it('voice-calls answers a refusal as an error and does not throw', async () => {
    const { fetch } = answering(400, { success: false, errors: [{ code: 'c', message: 'm', field: 'rate' }] });
    const { data, error, response } = await createVoiceCallsClient({ baseUrl, fetch }).GET(
      '/v3/communication/voice_calls',
    );
    expect(data).toBeUndefined();
    expect(response.status).toBe(400);
    expect(error?.errors[0]?.field).toBe('rate');
  });

  it('calldesk sends the bearer token beside headers of the caller', async () => {
    const { fetch, sent } = answering(201, {});
    const client = createCalldeskClient({ baseUrl, token: 'calldesk_t', headers: { 'X-Trace': '1' }, fetch });
    await client.POST('/api/v1/voice/calls', {
      params: { header: { 'Idempotency-Key': 'k' } },
      body: { caller_id: '+14155550123', destination: '+12125550147', record: true },
    });
    expect(sent[0]?.headers.get('authorization')).toBe('Bearer calldesk_t');
    expect(sent[0]?.headers.get('x-trace')).toBe('1');
    expect(sent[0]?.headers.get('idempotency-key')).toBe('k');
  });

  it('aicaller sends its key in a header of its own', async () => {
    const { fetch, sent } = answering(200, { data: [] });
    const client = createAicallerClient({ baseUrl, token: 'k', fetch });
    await client.GET('/v1/phoneCalls', { params: { query: { callTemplateId: 'c1' } } });
    expect(sent[0]?.url).toBe(`${baseUrl}/v1/phoneCalls?callTemplateId=c1`);
    expect(sent[0]?.headers.get('aicaller-api-key')).toBe('k');
    expect(sent[0]?.headers.has('authorization')).toBe(false);
  });

  it('sends no credential when none was given', async () => {
    const { fetch, sent } = answering(200, {});
    await createVoiceCallsClient({ baseUrl, fetch }).GET('/v3/communication/voice_calls');
    expect(sent[0]?.headers.has('authorization')).toBe(false);
  });
});
