import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { at, subject, textAt, type Answer, type Json, type Sending, type Subject } from '../test-support.ts';

const calls = '/v3/communication/voice_calls';

const create = {
  staff_uid: 's1',
  client_uid: 'c1',
  business_uid: 'b1',
  from_number: '+12125550147',
  to_number: '+14155550123',
  direction: 'INBOUND',
  status: 'MISSED',
  rate: '0.05',
  provider: 'VONAGE',
  source_id: 'src-1',
  external_uuid: 'ext-call-001',
};

const { business_uid: _, ...shared } = create;
const update = {
  ...shared,
  staff_uid: 's2',
  direction: 'OUTBOUND',
  price: '0.20',
  duration: 12.5,
  call_summary: ' two  spaces ',
  external_app_url: 'https://calls.example/a?b=c#d',
  external_app_name: 'Calls',
  recording_id: 'rec-1',
  external_uuid: 'ext-call-002',
};

/** Values that an identifier has to survive, byte for byte. */
const identifiers = [
  '4887af14-22b7-456a-a150-0198da784a28',
  '4887AF14-22B7-456A-A150-0198DA784A28',
  '000123',
  '1e3',
  'null',
  'true',
  'a  b',
  '"quo\\ted"',
  '<b>&amp;',
  '%2F',
  'caf\u00e9',
  'cafe\u0301',
  '📞',
  ' outer ',
  'a\u0000b',
  '\ud800 alone',
  '__proto__',
  'x'.repeat(255),
  '📞'.repeat(255),
];

describe('voice-calls', () => {
  let api: Subject;
  beforeAll(async () => {
    api = await subject({ authorization: 'Bearer staff-token' });
  });
  afterAll(async () => {
    await api.server.close();
  });

  const post = (body: unknown, sending: Sending = {}): Promise<Answer> => api.ask('POST', calls, { body, ...sending });
  const put = (uid: string, body: unknown): Promise<Answer> => api.ask('PUT', `${calls}/${uid}`, { body });
  const get = async (uid: string): Promise<Json | undefined> =>
    at((await api.ask('GET', `${calls}/${uid}`)).body, 'data');
  const list = async (query: string): Promise<Json[]> =>
    at((await api.ask('GET', `${calls}?${query}`)).body, 'data', 'voice_calls') as Json[];
  const make = async (changes: object = {}): Promise<{ uid: string; data: Json }> => {
    const { body } = await post({ ...create, ...changes });
    return { uid: textAt(body, 'data', 'uid'), data: at(body, 'data') as Json };
  };
  const fieldsOf = ({ body }: Answer): Json[] =>
    (at(body, 'errors') as Json[]).map((error) => at(error, 'field') as Json);

  it('a create answers 201 with everything that was sent, and get and list say the same', async () => {
    const { status, body } = await post(create);
    expect(status).toBe(201);
    expect(body).toMatchObject({ success: true, data: create });
    const data = at(body, 'data') as Json;
    expect(await get(textAt(data, 'uid'))).toEqual(data);
    expect((await list('per_page=1'))[0]).toEqual(data);
  });

  it.each(identifiers)('the identifier %j is read back as it was written', async (value) => {
    const { uid, data } = await make({ external_uuid: value, source_id: value });
    expect([at(data, 'external_uuid'), at(data, 'source_id')]).toEqual([value, value]);
    expect(at((await get(uid)) ?? null, 'external_uuid')).toBe(value);
    const answer = await put(uid, { ...update, external_uuid: value });
    expect(at(answer.body, 'data', 'external_uuid')).toBe(value);
  });

  it('an update replaces what it names and leaves the rest', async () => {
    const { uid, data } = await make();
    const { status, body } = await put(uid, {
      ...update,
      uid: 'forged',
      business_uid: 'forged',
      created_at: '2000-01-01T00:00:00Z',
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      success: true,
      data: { ...update, uid, business_uid: 'b1', created_at: at(data, 'created_at') },
    });
    expect(await get(uid)).toEqual(at(body, 'data'));
    expect((await list('per_page=1'))[0]).toEqual(at(body, 'data'));
    expect(textAt(body, 'data', 'updated_at') > textAt(data, 'updated_at')).toBe(true);
  });

  it('handled_by_staff_uid is kept when an update leaves it out; null is no value of it', async () => {
    const { uid } = await make();
    await put(uid, { ...update, handled_by_staff_uid: 's9' });
    expect(at((await put(uid, update)).body, 'data', 'handled_by_staff_uid')).toBe('s9');
    expect((await put(uid, { ...update, handled_by_staff_uid: null })).status).toBe(400);
  });

  it('a forged uid and instants in a create are not applied', async () => {
    const { data } = await make({
      uid: 'forged',
      created_at: '2000-01-01T00:00:00Z',
      price: '9',
      __proto__: { price: '9' },
    });
    expect(at(data, 'uid')).not.toBe('forged');
    expect(at(data, 'created_at')).not.toContain('2000');
    expect(at(data, 'price')).toBeNull();
  });

  it.each(Object.keys(create))(
    'a create without %s, with null, with a wrong type or empty is refused and names it',
    async (field) => {
      const before = (await list('per_page=100')).length;
      for (const value of [undefined, null, 5, {}, [], '']) {
        const answer = await post({ ...create, [field]: value });
        expect([answer.status, fieldsOf(answer)]).toEqual([400, [field]]);
        expect(at(answer.body, 'success')).toBe(false);
      }
      expect((await list('per_page=100')).length).toBe(before);
    },
  );

  it.each(Object.keys(update))(
    'an update without %s, with null or with a wrong type is refused and changes nothing',
    async (field) => {
      const { uid, data } = await make();
      for (const value of [undefined, null, [], true]) {
        const answer = await put(uid, { ...update, [field]: value });
        expect([answer.status, fieldsOf(answer)]).toEqual([400, [field]]);
      }
      expect(await get(uid)).toEqual(data);
    },
  );

  it.each([
    [
      'from_number',
      '12125550147',
      '+02125550147',
      '+1',
      '+1234567890123456',
      '+1 212',
      '+1212555o147',
      ' +12125550147',
      '+12125550147\n',
    ],
    ['to_number', '0012125550147'],
    ['direction', 'inbound', 'SIDEWAYS', 'INBOUND '],
    ['status', 'VOICEMAIL', 'missed'],
    ['rate', 'abc', '.5', '1.', '-1', '1e3', '0,05', ' 1', 0.05],
    ['provider', 'vonage', 'TWILIO'],
    ['external_uuid', 'x'.repeat(256), '📞'.repeat(256)],
  ])('%s just outside its rule is refused', async (field, ...values) => {
    for (const value of values) expect((await post({ ...create, [field]: value })).status, String(value)).toBe(400);
  });

  it.each([
    ['from_number', '+12', '+999000000000001'],
    ['direction', 'INBOUND', 'OUTBOUND'],
    [
      'status',
      'INCOMING_CALL',
      'ANSWERED_BY_STAFF',
      'MISSED',
      'ANSWERED_BY_CALLS_PROVIDER',
      'MISSED_CALL_HANDLED',
      'VOICEMAIL_RECEIVED',
    ],
    ['rate', '0', '0.10', '123.456789'],
  ])('every right value of %s is taken', async (field, ...values) => {
    for (const value of values)
      expect((await post({ ...create, [field]: value })).body).toMatchObject({ data: { [field]: value } });
  });

  it.each([
    ['price', 'abc', 1],
    ['duration', '12', -1, null],
    ['external_app_url', 'not a uri', '/path', '', 'https://a b'],
    ['handled_by_staff_uid', 7],
  ])('an update with %s just outside its rule is refused', async (field, ...values) => {
    const { uid } = await make();
    for (const value of values) expect((await put(uid, { ...update, [field]: value })).status, String(value)).toBe(400);
  });

  it('empty texts are taken where nothing forbids them', async () => {
    const { uid } = await make();
    expect(
      (await put(uid, { ...update, call_summary: '', external_app_name: '', recording_id: '', duration: 0 })).status,
    ).toBe(200);
  });

  it.each([
    ['staff-token', 201, 200, 200],
    ['app-token', 201, 403, 200],
    ['directory-token', 201, 200, 200],
    ['client-token', 403, 200, 403],
  ])('%s may create %i, read %i, update %i', async (token, creating, reading, updating) => {
    const { uid, data } = await make();
    const headers = { authorization: `Bearer ${token}` };
    expect((await post(create, { headers })).status).toBe(creating);
    expect((await api.ask('GET', calls, { headers })).status).toBe(reading);
    expect((await api.ask('GET', `${calls}/${uid}`, { headers })).status).toBe(reading);
    expect(at((await get(uid)) ?? null, 'updated_at')).toBe(at(data, 'updated_at'));
    expect((await api.ask('PUT', `${calls}/${uid}`, { headers, body: update })).status).toBe(updating);
  });

  it.each([
    '',
    'Bearer',
    'Bearer ',
    'Bearer nonsense',
    'Basic staff-token',
    'staff-token',
    'Bearer __proto__',
    'Bearer staff-token x',
  ])('the authorization %j is refused with 401', async (authorization) => {
    const answer = await post(create, { headers: { authorization } });
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toBe('Bearer');
    expect(at(answer.body, 'errors', 0, 'code')).toBe('unauthorized');
  });

  it('the scheme is told in any case', async () => {
    expect((await api.ask('GET', calls, { headers: { authorization: 'bearer staff-token' } })).status).toBe(200);
  });

  it.each(['nonsense', '4887af14-22b7-456a-a150-0198da784a28', '__proto__', 'constructor', '%00', '..%2f'])(
    'the unknown uid %s answers 404 to get and update, and nothing is made',
    async (uid) => {
      expect((await api.ask('GET', `${calls}/${uid}`)).status).toBe(404);
      expect((await put(uid, update)).status).toBe(404);
      expect((await api.ask('GET', `${calls}/${uid}`)).status).toBe(404);
    },
  );

  it.each([
    ['PATCH', calls, 'GET, HEAD, POST'],
    ['DELETE', calls, 'GET, HEAD, POST'],
    ['PUT', calls, 'GET, HEAD, POST'],
    ['POST', `${calls}/x`, 'GET, HEAD, PUT'],
    ['DELETE', `${calls}/x`, 'GET, HEAD, PUT'],
  ])('%s %s answers 405 and says what is allowed', async (method, path, allow) => {
    const answer = await api.ask(method, path);
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, allow]);
    expect(at(answer.body, 'success')).toBe(false);
  });

  it('another path below the base answers 404 in the envelope', async () => {
    const { status, body } = await api.ask('GET', '/v3/communication/nothing');
    expect([status, at(body, 'success'), at(body, 'errors', 0, 'code')]).toEqual([404, false, 'not_found']);
  });

  it.each([
    '',
    '{',
    '[1',
    'nul',
    '{"a":1,}',
    '\ufeff{}',
    '[]',
    '"text"',
    '5',
    'null',
    `${'['.repeat(100_000)}${']'.repeat(100_000)}`,
  ])('the body %.20j is refused with 400', async (raw) => {
    const answer = await api.ask('POST', calls, { raw, headers: { 'content-type': 'application/json' } });
    expect([answer.status, at(answer.body, 'errors', 0, 'code')]).toEqual([400, 'malformed_json']);
  });

  it('a value 100,000 deep is refused where a text belongs, and ignored in an unknown field', async () => {
    const deep = `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`;
    const json = JSON.stringify(create);
    const headers = { 'content-type': 'application/json' };
    expect((await api.ask('POST', calls, { headers, raw: json.replace('"ext-call-001"', deep) })).status).toBe(400);
    expect((await api.ask('POST', calls, { headers, raw: json.replace('{', `{"unknown":${deep},`) })).status).toBe(201);
  });

  it('bytes that are no UTF-8 are refused with 400', async () => {
    const raw = Buffer.from(JSON.stringify(create).replace('ext-call-001', '\u00e9'), 'latin1');
    expect((await api.ask('POST', calls, { raw, headers: { 'content-type': 'application/json' } })).status).toBe(400);
  });

  it('of duplicate keys the last one counts, and own prototype keys reach nothing', async () => {
    const raw = JSON.stringify(create).replace(
      '{',
      '{"external_uuid":"first","__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},',
    );
    const answer = await api.ask('POST', calls, { raw, headers: { 'content-type': 'application/json' } });
    expect(at(answer.body, 'data', 'external_uuid')).toBe('ext-call-001');
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    const inherited = `{"__proto__":${JSON.stringify(create)}}`;
    expect(
      (await api.ask('POST', calls, { raw: inherited, headers: { 'content-type': 'application/json' } })).status,
    ).toBe(400);
  });

  it.each([
    'text/plain',
    '',
    'application/x-www-form-urlencoded',
    'application/json-patch+json',
    'application/json; charset=latin1',
    'application/jsonx',
  ])('the media type %j is refused with 415', async (type) => {
    const raw = new TextEncoder().encode(JSON.stringify(create));
    expect((await api.ask('POST', calls, { raw, headers: { 'content-type': type } })).status).toBe(415);
  });

  it.each(['application/json; charset=utf-8', 'Application/JSON;Charset="UTF-8"', 'application/json; foo=bar'])(
    'the media type %j is taken',
    async (type) => {
      expect((await post(create, { headers: { 'content-type': type } })).status).toBe(201);
    },
  );

  it('a compressed body is refused with 415', async () => {
    expect((await post(create, { headers: { 'content-encoding': 'gzip' } })).status).toBe(415);
  });

  it('a body above the limit answers 413, and the connection serves on', async () => {
    const answer = await post({ ...create, unknown: 'x'.repeat(1024 * 1024) });
    expect([answer.status, at(answer.body, 'success')]).toEqual([413, false]);
    expect((await post(create)).status).toBe(201);
  });
});

describe('the list of voice-calls', () => {
  let api: Subject;
  const uids: string[] = [];
  beforeAll(async () => {
    let now = Date.parse('2026-01-01T00:00:00Z');
    api = await subject({ authorization: 'Bearer staff-token' }, { clock: () => (now += 1000) });
    for (let index = 0; index < 60; index += 1) {
      const body = {
        ...create,
        direction: index % 3 === 0 ? 'OUTBOUND' : 'INBOUND',
        rate: String(index),
        source_id: `s-${String(index % 7)}`,
      };
      uids.push(textAt((await api.ask('POST', calls, { body })).body, 'data', 'uid'));
    }
    await api.ask('PUT', `${calls}/${String(uids[5])}`, { body: update });
  });
  afterAll(async () => {
    await api.server.close();
  });

  const list = async (query: string): Promise<Json[]> =>
    at((await api.ask('GET', `${calls}?${query}`)).body, 'data', 'voice_calls') as Json[];
  const uidsOf = (items: Json[]): Json[] => items.map((item) => at(item, 'uid') as Json);

  it('is 25 long by default and begins with the call that changed last', async () => {
    const page = await list('');
    expect(page.length).toBe(25);
    expect(uidsOf(page).slice(0, 3)).toEqual([uids[5], uids[59], uids[58]]);
  });

  it.each([1, 7, 25, 60, 100])('walked in pages of %i gives every call once', async (size) => {
    const seen: Json[] = [];
    for (let page = 1; page <= Math.ceil(60 / size) + 1; page += 1)
      seen.push(...uidsOf(await list(`page=${String(page)}&per_page=${String(size)}`)));
    expect(seen.length).toBe(60);
    expect(new Set(seen).size).toBe(60);
  });

  it.each([
    'page=0',
    'page=10001',
    'page=-1',
    'page=x',
    'page=',
    'page=1.5',
    'page=1&page=2',
    'per_page=0',
    'per_page=101',
    'per_page=1e1',
    'page=%20',
  ])('%s is refused with 400 and names the parameter', async (query) => {
    const { status, body } = await api.ask('GET', `${calls}?${query}`);
    expect([status, at(body, 'errors', 0, 'field')]).toEqual([400, query.split('=')[0]]);
  });

  it('takes the bounds and a page past the end', async () => {
    expect(await list('page=10000&per_page=100')).toEqual([]);
  });

  it('takes as many sort keys and filters as it says', async () => {
    expect((await api.ask('GET', `${calls}?sort=${Array(10).fill('rate').join(',')}`)).status).toBe(200);
    expect((await api.ask('GET', `${calls}?${Array(20).fill('filter[rate]=1').join('&')}`)).status).toBe(200);
  });

  it('sorts by one key and by several', async () => {
    expect(uidsOf(await list('sort=created_at:asc&per_page=100'))).toEqual(uids);
    expect(uidsOf(await list('sort=created_at&per_page=3'))).toEqual(uids.slice(0, 3));
    expect(at((await list('sort=rate:desc'))[0] ?? null, 'rate')).toBe('59');
    const two = (await list('sort=direction:asc,created_at:desc&per_page=100')).map(
      (item) => `${textAt(item, 'direction')} ${textAt(item, 'created_at')}`,
    );
    expect(two[0]).toContain('INBOUND');
    expect(two[0]).toContain('00:01:00');
    expect(two.at(-1)).toContain('OUTBOUND');
  });

  it.each([
    'sort=nothing',
    'sort=created_at:up',
    'sort=',
    'sort=__proto__:asc',
    'sort=uid&sort=rate',
    'sort=uid:asc:x',
    'filter[nothing]=1',
    'filter[rate][like]=1',
    'filter[rate][gt]=x',
    'filter[created_at][gt]=x',
    'filter[__proto__]=1',
    // More than anybody means costs a look at every call each.
    `sort=${Array(11).fill('rate').join(',')}`,
    `sort=${Array(300).fill('created_at:asc').join(',')}`,
    Array(21).fill('filter[rate]=1').join('&'),
  ])('%s is refused with 400', async (query) => {
    expect((await api.ask('GET', `${calls}?${query}`)).status).toBe(400);
  });

  it('filters by a value, and by bounds on numbers and instants', async () => {
    expect((await list('filter[direction]=OUTBOUND&per_page=100')).length).toBe(21);
    expect((await list('filter[source_id]=s-1&filter[direction]=OUTBOUND&per_page=100')).length).toBe(3);
    expect((await list('filter[rate][gt]=50&per_page=100')).length).toBe(9);
    expect((await list('filter[rate][gte]=50&filter[rate][lt]=52')).length).toBe(2);
    expect((await list('filter[created_at][lte]=2026-01-01T00:00:10Z')).length).toBe(10);
    expect((await list('filter[created_at][gt]=2026-01-01T02:00:10%2B02:00&per_page=100')).length).toBe(50);
    expect((await list('filter[duration]=12.50')).length).toBe(1);
    expect(await list('filter[direction]=')).toEqual([]);
    expect((await list('filter[direction]=OUTBOUND&per_page=5&page=5')).length).toBe(1);
  });

  it('ignores unknown parameters', async () => {
    expect((await list('foo=bar&filter=x')).length).toBe(25);
  });

  it('HEAD answers like GET, without the body', async () => {
    const { status, text } = await api.ask('HEAD', calls);
    expect([status, text]).toEqual([200, '']);
  });
});

describe('a full store of voice-calls', () => {
  it('answers 507, keeps every call and still takes updates', async () => {
    const api = await subject({ authorization: 'Bearer staff-token' }, { recordLimit: 3 });
    const answers = [];
    for (let index = 0; index < 5; index += 1) answers.push(await api.ask('POST', calls, { body: create }));
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 507, 507]);
    expect(at(answers[4]?.body ?? null, 'errors', 0, 'code')).toBe('insufficient_storage');
    const uid = textAt(answers[0]?.body ?? null, 'data', 'uid');
    expect((await api.ask('PUT', `${calls}/${uid}`, { body: update })).status).toBe(200);
    expect(at((await api.ask('GET', calls)).body, 'data', 'voice_calls')).toHaveLength(3);
    await api.server.close();
  });

  it('answers 507 when bytes run out, to a create and to an update, and changes nothing', async () => {
    const api = await subject({ authorization: 'Bearer staff-token' }, { byteLimit: 2000 });
    const { body } = await api.ask('POST', calls, { body: create });
    const uid = textAt(body, 'data', 'uid');
    expect((await api.ask('POST', calls, { body: { ...create, source_id: 'x'.repeat(3000) } })).status).toBe(507);
    expect(
      (await api.ask('PUT', `${calls}/${uid}`, { body: { ...update, call_summary: 'x'.repeat(3000) } })).status,
    ).toBe(507);
    expect((await api.ask('GET', `${calls}/${uid}`)).body).toEqual(body);
    await api.server.close();
  });
});

describe('options for voice-calls', () => {
  it('name other tokens', async () => {
    const api = await subject({ authorization: 'Bearer mine' }, { roleTokens: { mine: 'client' } });
    expect((await api.ask('GET', calls)).status).toBe(200);
    expect((await api.ask('POST', calls, { body: create })).status).toBe(403);
    expect((await api.ask('GET', calls, { headers: { authorization: 'Bearer staff-token' } })).status).toBe(401);
    await api.server.close();
  });
});
