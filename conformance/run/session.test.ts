import { beforeAll, describe, expect, it } from 'vitest';
import { loadContract } from '../contract/load.ts';
import type { Contract, Operation } from '../contract/types.ts';
import { openValidators, type Validators } from '../contract/validators.ts';
import type { Exchange, LedgerEntry } from '../model/index.ts';
import { BlockedError, UnansweredError } from '../rules/types.ts';
import type { RequestSpec, Target } from '../target/index.ts';
import { OwnMistakeError } from './errors.ts';
import { createSession, type RunSession } from './session.ts';

let contract: Contract;
let validators: Validators;
beforeAll(async () => {
  contract = await loadContract('voice-calls', { allowRemote: false });
  validators = await openValidators(contract, { properties: false });
});

type Answer = Pick<Exchange, 'response' | 'error'>;

function sessionOf(
  answer: (spec: RequestSpec) => Answer,
  more: Partial<Parameters<typeof createSession>[0]> = {},
): { session: RunSession; sent: RequestSpec[]; told: LedgerEntry[] } {
  const sent: RequestSpec[] = [];
  const told: LedgerEntry[] = [];
  const target: Target = {
    send: (spec) => {
      sent.push(spec);
      const request = { method: spec.method, url: `http://x${spec.path}`, headers: {}, body: spec.body?.toString() };
      const base = { id: sent.length, operation: spec.operation, request, startedAtMs: 0, durationMs: 1, attempts: 1 };
      return Promise.resolve({ ...base, ...answer(spec) });
    },
    requests: 0,
    dead: () => undefined,
    close: () => Promise.resolve(),
    mask: (text) => text.replaceAll('sekret', '***'),
  };
  const session = createSession({
    contract,
    validators,
    target,
    targetUrl: 'http://x',
    roleTokens: {},
    fixtures: new Map([['staff_uid', 's-1']]),
    seed: 7,
    consistencyMs: 0,
    explore: 0,
    workers: 1,
    now: () => 0,
    wait: () => new Promise((resolve) => setImmediate(resolve)),
    onExchange: () => undefined,
    onRecord: (entry) => told.push(entry),
    ...more,
  });
  return { session, sent, told };
}

const operation = (id: string): Operation => contract.operations.find((one) => one.id === id)!;
const answered = (status: number, json: unknown = {}): Answer => ({
  response: { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(json), json },
});
const failed = (kind: 'timeout' | 'refused'): Answer => ({ error: { kind, message: 'No answer.' } });

describe('the ledger', () => {
  it('holds a record as soon as a create succeeds, valid or not, with the marker where the body has it', async () => {
    const { session, told } = sessionOf(() => answered(201, { data: { uid: 'u-1' } }));
    await session.send({ operation: operation('createVoiceCall'), json: { external_uuid: session.fresh('k').token } });
    await session.send({ operation: operation('createVoiceCall'), raw: '{' });
    expect(told).toMatchObject([
      { operation: 'createVoiceCall', id: 'u-1', url: 'http://x/v3/communication/voice_calls' },
      { operation: 'createVoiceCall', id: 'u-1' },
    ]);
    expect(told.map(({ marker }) => marker)).toEqual([session.marker, undefined]);
    expect(session.ledger).toEqual(told);
  });

  it('holds nothing that was refused, read or asked for with another method', async () => {
    const refusing = sessionOf(() => answered(400)).session;
    await refusing.send({ operation: operation('createVoiceCall'), raw: '{' });
    expect(refusing.ledger).toEqual([]);
    const { session } = sessionOf(() => answered(200));
    await session.send({ operation: operation('listVoiceCalls') });
    await session.send({ operation: operation('createVoiceCall'), method: 'OPTIONS' });
    expect(session.ledger).toEqual([]);
  });

  it('holds what may exist because no answer came, and not what cannot have arrived', async () => {
    const lost = sessionOf(() => failed('timeout'));
    await expect(lost.session.send({ operation: operation('createVoiceCall'), raw: '{}' })).rejects.toThrow(
      UnansweredError,
    );
    expect(lost.told).toMatchObject([{ operation: 'createVoiceCall', unconfirmed: true }]);
    const gone = sessionOf(() => failed('refused'));
    await expect(gone.session.send({ operation: operation('createVoiceCall'), raw: '{}' })).rejects.toThrow(
      UnansweredError,
    );
    expect(gone.told).toEqual([]);
  });

  it('masks and shortens an id that the target chose', async () => {
    const { session, told } = sessionOf(() => answered(201, { data: { uid: `sekret${'x'.repeat(100_000)}` } }));
    await session.send({ operation: operation('createVoiceCall'), raw: '{}' });
    expect(told[0]?.id).toMatch(/^\*\*\*x/);
    expect(told[0]?.id?.length).toBeLessThan(5000);
  });
});

describe('what is sent', () => {
  it('nothing is written while lists are looked at', async () => {
    const { session, sent } = sessionOf(() => answered(200));
    session.quiet = true;
    await expect(session.send({ operation: operation('createVoiceCall'), raw: '{}' })).rejects.toThrow(BlockedError);
    await session.send({ operation: operation('listVoiceCalls') });
    expect(sent.map(({ method }) => method)).toEqual(['GET']);
  });

  it('whoever waits for quiet waits for requests that nobody else waits for', async () => {
    const { session } = sessionOf(() => answered(201, { data: { uid: 'u' } }));
    const create = (): Promise<Exchange> => session.send({ operation: operation('createVoiceCall'), raw: '{}' });
    // The answer to one leads to another.
    void create().then(create);
    expect(session.ledger).toHaveLength(0);
    await session.idle();
    expect(session.ledger).toHaveLength(2);
  });

  it('an id with half a character in it is sent as one that nobody has', async () => {
    const { session, sent } = sessionOf(() => answered(404));
    await session.send({
      operation: operation('getVoiceCall'),
      pathParameters: { uid: 'a\ud800' },
      query: [['q', '\udc00']],
    });
    expect(sent[0]?.path).toBe('/v3/communication/voice_calls/a%EF%BF%BD?q=%EF%BF%BD');
  });

  it('a body that was meant to be valid and is not is our mistake, that of a fixture, or that of a contract from elsewhere', async () => {
    const create = operation('createVoiceCall');
    const { session, sent } = sessionOf(() => answered(201));
    await expect(session.send({ operation: create, json: {}, valid: true })).rejects.toThrow(OwnMistakeError);
    const wrong = sessionOf(() => answered(201), { fixtures: new Map([['staff_uid', '']]) }).session;
    const json = { staff_uid: '', client_uid: 'c', business_uid: 'b' };
    await expect(wrong.send({ operation: create, json, valid: true })).rejects.toThrow(/^the fixture staff_uid breaks/);
    const foreign = sessionOf(() => answered(201), { contract: { ...contract, digest: undefined } }).session;
    await expect(foreign.send({ operation: create, json: {}, valid: true })).rejects.toThrow(
      /^no request for createVoiceCall could be made that keeps voice-calls at /,
    );
    expect(sent).toEqual([]);
  });
});
