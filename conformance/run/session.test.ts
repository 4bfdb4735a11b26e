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

type Answer = Pick<Exchange, 'response' | 'error' | 'doubt'>;

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

/** A target that ends no request before it is told to. */
function slowTarget(): { target: Target; begun: string[]; end: (which: number) => void } {
  const begun: string[] = [];
  const waiting: (() => void)[] = [];
  const target: Target = {
    send: async (spec) => {
      begun.push(`${spec.method} ${spec.path}`);
      await new Promise<void>((resolve) => waiting.push(resolve));
      const request = { method: spec.method, url: `http://x${spec.path}`, headers: {} };
      const base = { id: begun.length, operation: spec.operation, request, startedAtMs: 0, durationMs: 1, attempts: 1 };
      return { ...base, ...answered(200) };
    },
    requests: 0,
    dead: () => undefined,
    close: () => Promise.resolve(),
    mask: (text) => text,
  };
  return { target, begun, end: (which) => waiting[which]?.() };
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

  it.each([302, 500, 502, 503])('holds what may exist because the answer was %d', async (status) => {
    const { session, told } = sessionOf(() => answered(status));
    await session.send({ operation: operation('createVoiceCall'), json: { external_uuid: session.fresh('k').token } });
    expect(told).toMatchObject([{ operation: 'createVoiceCall', unconfirmed: true, marker: session.marker }]);
    expect(told[0]).not.toHaveProperty('id', expect.anything());
    // A POST that is no create may create something all the same.
    await session.send({ operation: operation('getVoiceCall'), method: 'POST' });
    expect(told).toHaveLength(2);
    await session.send({ operation: operation('listVoiceCalls') });
    expect(told).toHaveLength(2);
  });

  it('holds each create that is sent again, before it is', async () => {
    const { session, told } = sessionOf((spec) => {
      spec.onUnsettled?.({ method: spec.method, url: `http://x${spec.path}`, headers: {}, body: '{}' });
      expect(told).toHaveLength(1);
      return answered(201, { data: { uid: 'u-1' } });
    });
    await session.send({ operation: operation('createVoiceCall'), raw: '{}' });
    expect(told).toMatchObject([{ unconfirmed: true }, { id: 'u-1' }]);
    expect(told[1]).not.toHaveProperty('unconfirmed');
  });

  it('shortens an id that the target chose, and keeps it as it is otherwise', async () => {
    const { session, told } = sessionOf(() => answered(201, { data: { uid: `sekret${'x'.repeat(100_000)}` } }));
    await session.send({ operation: operation('createVoiceCall'), raw: '{}' });
    expect(told[0]?.id).toMatch(/^sekretx/);
    expect(told[0]?.id?.length).toBeLessThan(5000);
  });
});

describe('an answer in doubt', () => {
  const doubt = { kind: 'unsteady', message: 'It may be trouble on the way.' } as const;
  const json = (session: RunSession): unknown => ({
    ...(contract.operations.find(({ id }) => id === 'createVoiceCall')?.requestBody?.examples[0]?.value as object),
    source_id: session.fresh('k').token,
  });
  const create = (session: RunSession): Promise<unknown> =>
    session
      .send({ operation: operation('createVoiceCall'), json: json(session), valid: true })
      .catch((error: unknown) => error);

  it('is no answer to the case, and proves nothing beside others', async () => {
    let count = 0;
    const { session, told } = sessionOf(() => ((count += 1) < 3 ? { ...answered(502), doubt } : answered(201)));
    for (let asked = 0; asked < 3; asked += 1)
      expect((await create(session)) instanceof UnansweredError).toBe(asked < 2);
    expect(session.problems('no-server-error', 'createVoiceCall')).toEqual([]);
    expect(told.map(({ unconfirmed }) => unconfirmed)).toEqual([true, true, undefined]);
  });

  it('proves a breach where no valid request is answered otherwise', async () => {
    const { session } = sessionOf(() => ({ ...answered(502), doubt }));
    await create(session);
    expect(session.problems('no-server-error', 'createVoiceCall')).toEqual([]);
    await create(session);
    expect(session.problems('no-server-error', 'createVoiceCall')).toMatchObject([{ level: 'MUST' }]);
  });

  it('a valid write is not to be sent twice, any other may be', async () => {
    const { session, sent } = sessionOf(() => answered(400));
    await create(session);
    await session.send({ operation: operation('createVoiceCall'), raw: '{' });
    await session.send({ operation: operation('listVoiceCalls') });
    expect(sent.map(({ repeatable }) => repeatable)).toEqual([false, true, true]);
  });
});

describe('what is sent', () => {
  it('query names are percent-encoded, brackets too (RFC 3986 section 3.4)', async () => {
    const { session, sent } = sessionOf(() => answered(200));
    await session.send({ operation: operation('listVoiceCalls'), query: [['filter[status][gt]', 'a b[']] });
    expect(sent[0]?.path).toBe('/v3/communication/voice_calls?filter%5Bstatus%5D%5Bgt%5D=a%20b%5B');
  });

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

describe('requests that change one record', () => {
  const settled = () => new Promise((resolve) => setImmediate(resolve));
  const update = (uid: string) => ({ operation: operation('updateVoiceCall'), pathParameters: { uid }, raw: '{}' });

  it('go out one after the other, whatever case they belong to', async () => {
    const { target, begun, end } = slowTarget();
    const { session } = sessionOf(() => answered(200), { target });
    const all = [
      session.send(update('a')),
      session.send(update('a')),
      session.send({ ...update('a'), method: 'DELETE' }),
      session.send(update('b')),
      session.send({ operation: operation('getVoiceCall'), pathParameters: { uid: 'a' } }),
    ];
    await settled();
    const path = '/v3/communication/voice_calls';
    expect(begun).toEqual([`PUT ${path}/a`, `PUT ${path}/b`, `GET ${path}/a`]);
    end(0);
    await settled();
    expect(begun.slice(3)).toEqual([`PUT ${path}/a`]);
    end(3);
    await settled();
    expect(begun.slice(4)).toEqual([`DELETE ${path}/a`]);
    for (const which of [1, 2, 4]) end(which);
    await Promise.all(all);
  });

  it('keep no create waiting: creates may race', async () => {
    const { target, begun, end } = slowTarget();
    const { session } = sessionOf(() => answered(201), { target });
    const all = [1, 2, 3].map(() => session.send({ operation: operation('createVoiceCall'), raw: '{}' }));
    await settled();
    expect(begun).toHaveLength(3);
    for (const which of all.keys()) end(which);
    await Promise.all(all);
  });
});
