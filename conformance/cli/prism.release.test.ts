import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ended, start } from './testing/cli.ts';
import { startPrism } from './testing/prism.ts';

const contracts = [
  {
    name: 'voice-calls',
    credential: { authorization: 'Bearer staff-token' },
    list: '/v3/communication/voice_calls',
    record: '/v3/communication/voice_calls/vc_7f3a9b2c',
    create: '/v3/communication/voice_calls',
    created: 201,
    body: {
      staff_uid: 'staff_1',
      client_uid: 'client_1',
      business_uid: 'business_1',
      from_number: '+12125550147',
      to_number: '+14155550123',
      direction: 'INBOUND',
      status: 'INCOMING_CALL',
      rate: '0.05',
      provider: 'VONAGE',
      source_id: 'conversation-2048',
      external_uuid: 'ext-call-001',
    },
    wrong: { rate: 0.05 },
    refusal: 400,
    example: { name: 'completedCall', at: (body: Json) => body.data?.['status'], is: 'ANSWERED_BY_STAFF' },
  },
  {
    name: 'calldesk',
    credential: { authorization: 'Bearer calldesk_test' },
    list: undefined,
    record: '/api/v1/voice/calls/call_cm1abc2def3gh4',
    create: '/api/v1/voice/calls',
    created: 201,
    body: { caller_id: '+14155550123', destination: '+12125550147', record: true, metadata: { patient_id: 'P-1' } },
    wrong: { destination: '12125550147' },
    // Prism answers a refusal with 422 wherever a contract documents it.
    refusal: 422,
    example: { name: 'plainCall', at: (body: Json) => body['call_id'], is: 'call_cm2xyz5uvw6rs7' },
  },
  {
    name: 'aicaller',
    credential: { 'aicaller-api-key': 'test-key' },
    list: '/v1/phoneCalls',
    record: '/v1/phoneCalls/64b7f0a1c2d3e4f5a6b7c8e0',
    create: '/v1/phoneCalls',
    created: 200,
    body: {
      teamId: '64b7f0a1c2d3e4f5a6b7c8d1',
      callTemplateId: '64b7f0a1c2d3e4f5a6b7c8d2',
      nameOfHuman: 'John',
      toPhoneNumber: '+12125550147',
      promptVariableValues: [],
    },
    wrong: { status: 'canceled' },
    refusal: 400,
    example: { name: 'smallestCall', at: (body: Json) => body.data?.['record'], is: false },
  },
] as const;

type Json = Record<string, unknown> & { data?: Record<string, unknown> };

describe.each(contracts)('Prism on $name', (contract) => {
  let prism: ChildProcess;
  let origin: string;

  beforeAll(async () => {
    ({ prism, origin } = await startPrism(contract.name));
  });
  afterAll(async () => {
    if (prism.exitCode !== null || prism.signalCode !== null) return;
    prism.kill();
    await once(prism, 'exit');
  });

  const ask = (path: string, headers: Record<string, string> = {}, init: RequestInit = {}): Promise<Response> =>
    fetch(`${origin}${path}`, { ...init, headers: { ...contract.credential, ...headers } });
  const send = (body: unknown): Promise<Response> =>
    ask(contract.create, { 'content-type': 'application/json' }, { method: 'POST', body: JSON.stringify(body) });

  it('a first request answers the documented example', async () => {
    const response = await ask(contract.record);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toContain('application/json');
    expect(Object.keys((await response.json()) as Json).length).toBeGreaterThan(0);
  });

  it('the list answers an example, where there is one', async () => {
    if (contract.list !== undefined) expect((await ask(contract.list)).status).toBe(200);
  });

  it('Prefer: code=404 answers the refusal', async () => {
    const response = await ask(contract.record, { prefer: 'code=404' });
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject(contract.name === 'voice-calls' ? { success: false } : { error: {} });
  });

  it('Prefer: example=… answers that example', async () => {
    const response = await ask(contract.record, { prefer: `example=${contract.example.name}` });
    expect(contract.example.at((await response.json()) as Json)).toBe(contract.example.is);
  });

  it('a request without credential answers 401', async () => {
    expect((await fetch(`${origin}${contract.record}`)).status).toBe(401);
  });

  it('a right create answers its success', async () => {
    expect((await send(contract.body)).status).toBe(contract.created);
  });

  it('a wrong create is refused', async () => {
    expect((await send({ ...contract.body, ...contract.wrong })).status).toBe(contract.refusal);
  });
});

it('`ringtrue mock` starts Prism on the contract, and stops it when told', async () => {
  // Prism is looked for where the user works.
  const child = start(['mock', 'calldesk', '--port', '0']);
  let output = '';
  const url = await new Promise<string>((found) => {
    child.stdout?.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      const address = /listening on (http:\S+)/.exec(output)?.[1];
      if (address !== undefined) found(address);
    });
  });
  const answer = await fetch(`${url}/api/v1/voice/calls/call_1`, { headers: { authorization: 'Bearer any' } });
  expect(answer.status).toBe(200);
  const end = ended(child);
  child.kill('SIGTERM');
  expect((await end).code).toBe(0);
  await expect(fetch(url)).rejects.toThrow();
});
