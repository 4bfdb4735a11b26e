import { askedFor } from './handler.ts';
import { isSuccess } from './behaviours/altering.ts';
import { dig } from './json.ts';
import type { Answered, Api, Asked, JsonObject } from './fault.ts';

/** The ids that the reference server makes: UUIDs of version 4, and 24 hexadecimal digits. */
const ID =
  /(?<![\w-])(?:call_)?[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}|(?<![\w-])[0-9a-f]{24}(?![\w-])/g;

/** Asks a server and keeps what it said. */
export class Probe {
  readonly #api: Api;
  readonly #handle: (asked: Asked) => Promise<Answered>;
  readonly #transcript: string[] = [];

  /**
   * @param api the API that the server serves
   * @param handle the server
   */
  constructor(api: Api, handle: (asked: Asked) => Promise<Answered>) {
    this.#api = api;
    this.#handle = handle;
  }

  /**
   * @param method the method
   * @param url path and query
   * @param body JSON, or bytes as they are; nothing when left out
   * @param headers further headers; an empty value takes one out
   * @returns the answer
   */
  async ask(method: string, url: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answered> {
    const raw = Buffer.isBuffer(body) ? body : Buffer.from(body === undefined ? '' : JSON.stringify(body));
    const all = {
      ...this.#api.credentials,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    };
    const sent = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ''));
    const answered = await this.#handle(askedFor(this.#api, method, url, sent, raw));
    const { 'content-type': type, 'x-request-id': requestId } = answered.headers;
    this.#transcript.push(
      JSON.stringify([method, url, answered.status, type, requestId, answered.raw ?? answered.body]),
    );
    return answered;
  }

  /**
   * @param answered the answer of a create
   * @returns the id in it
   */
  idIn({ body }: Answered): string | undefined {
    const id = dig(body, 'data', this.#api.idProperty) ?? dig(body, this.#api.idProperty);
    return typeof id === 'string' ? id : undefined;
  }

  /** All that was said, with ids numbered in the order in which they came up. */
  get transcript(): string {
    const numbers = new Map<string, number>();
    return this.#transcript.join('\n').replace(ID, (id) => {
      if (!numbers.has(id)) numbers.set(id, numbers.size);
      return `id-${String(numbers.get(id))}`;
    });
  }
}

/** Values of all kinds; most are wrong in most places. */
const ODD: readonly unknown[] = [
  undefined,
  null,
  5,
  '',
  'text',
  ' outer  spaces ',
  {},
  ['text'],
  true,
  'null',
  'true',
  '0042',
];

/** Values for fields whose names end in a certain way. */
const BY_NAME: readonly (readonly [RegExp, readonly unknown[]])[] = [
  [
    /uuid|source_id|name/i,
    [
      '4887AF14-22B7-456A-A150-0198DA784A28',
      'aB',
      'e\u0301',
      '\u00e9',
      '📞',
      '<b>&"',
      '%2F',
      'a\\b',
      'ring\0true',
      'ring\r\ntrue',
      '\u044f'.repeat(255),
      '\u{1F4DE}'.repeat(255),
      'x'.repeat(255),
      'x'.repeat(256),
    ],
  ],
  [
    /number|caller_id|destination/i,
    [
      '14155550123',
      '+0155550123',
      '+9990000000000012',
      '+999000000000001',
      '+1 415',
      '+1415x',
      '+121255501\u0660\u0661',
      '+12125550147\n',
      '+14155550199',
    ],
  ],
  [
    /direction|status|provider|voice/i,
    [
      'INBOUND',
      'INBOUND ',
      ' MISSED',
      ' twilio',
      0,
      1,
      '1',
      'OUTBOUND',
      'inbound',
      'MISSED_CALL_HANDLED',
      'VOICEMAIL_RECEIVED',
      'ANSWERED_BY_CALLS_PROVIDER',
      'missed',
      'vonage',
      'noAnswer',
      'QUEUED',
      'canceled',
      'plivo',
      'telnyx',
      'TWILIO',
      'male',
      'female',
      'MALE',
    ],
  ],
  [/rate|price/, ['0', '0.05', '0.25', '0.12345678901234567891', 'free']],
  [/duration/, [0, '90']],
  [/summary/, ['ring\r\ntrue']],
  [/url/, ['https://RingTrue.EXAMPLE/Path', 'https://RingTrue.EXAMPLE']],
  [/Human/, [' outer ']],
  [/record$/, [false]],
  [
    /metadata/,
    [
      { Key: 'value', other: 'more' },
      Object.fromEntries(Array.from({ length: 10 }, (_, n) => [`k${String(n)}`, 'vvvvv'])),
      Object.fromEntries(Array.from({ length: 11 }, (_, n) => [`k${String(n)}`, 'v'])),
      { n: 5 },
    ],
  ],
  [
    /Variable/,
    [
      [],
      [
        { key: 'b', value: '1' },
        { key: 'a', value: '2' },
      ],
      [
        { key: 'a', value: '1' },
        { key: 'a', value: '2' },
      ],
      Array.from({ length: 12 }, (_, n) => ({ key: `k${String(n)}`, value: 'v' })),
      [{ key: 'a' }],
      [{ value: 'a' }],
      [{ key: 'a', value: 5 }],
    ],
  ],
  [
    /Webhooks/,
    [
      [{ url: 'https://x.example', subscribedEvent: 'e', secret: 's' }],
      [
        { url: 'https://x.example', subscribedEvent: 'e' },
        { url: 'https://y.example', subscribedEvent: 'f' },
      ],
      [{ url: 'https://x.example' }],
      [{ subscribedEvent: 'e' }],
    ],
  ],
  [/Until/, ['2030-01-01T00:00:59.387Z', '2030-01-01T00:00:00+02:00', 'tomorrow']],
  [/Email/, ['A@mail.example']],
];

/**
 * Asks about everything that a fault can be in: far more than a conformance run, and with no notion of right and wrong.
 * @param api the API
 * @param probe what asks
 * @param fields the request fields that are sent with odd values
 */
export async function askEverything(api: Api, probe: Probe, fields: readonly string[]): Promise<void> {
  const item = (id: string | undefined): string => api.pathOf(id ?? 'unknown');
  const collection = item('x').slice(0, -2);
  const updates = api.route('PUT', item('x')) !== undefined;
  const lists = api.route('GET', collection) !== undefined;
  let count = 0;
  // A list without pages shows everything, so calls are spread over templates.
  const template = (): string => `template-${String(Math.floor(count / 8))}`;
  const listed = (): string[] => (lists ? [`${collection}?per_page=3&callTemplateId=${template()}`] : []);
  const links = api.contract === 'calldesk' ? ['/status', '/recordings'] : [];
  const fresh = (changes: JsonObject = {}): JsonObject => {
    count += 1;
    const unique = Object.fromEntries(
      ['source_id', 'external_uuid', 'nameOfHuman', 'call_summary']
        .filter((name) => name in api.samples)
        .map((name) => [name, `Fresh value ${String(count)}`]),
    );
    const grouped = 'callTemplateId' in api.samples ? { callTemplateId: template() } : {};
    return { ...api.samples, ...unique, ...grouped, ...changes };
  };
  const look = async (id: string | undefined): Promise<void> => {
    for (const url of [item(id), ...links.map((link) => item(id) + link), ...listed()]) await probe.ask('GET', url);
  };
  const create = async (changes?: JsonObject, headers?: Record<string, string>): Promise<string | undefined> => {
    const answered = await probe.ask('POST', collection, fresh(changes), headers);
    const id = probe.idIn(answered);
    if (isSuccess(answered)) await look(id);
    return id;
  };
  const change = async (
    id: string | undefined,
    changes?: JsonObject,
    headers?: Record<string, string>,
  ): Promise<void> => {
    if (!updates) return;
    await probe.ask('PUT', item(id), fresh(changes), headers);
    await look(id);
  };

  await create();
  const first = await create();
  const second = await create();
  await change(first, { duration: 90, staff_uid: 'staff_2', rate: '0.10', price: '0.70' });
  await look(second);

  const tokens = [
    { authorization: '', 'aicaller-api-key': '' },
    ...['staff', 'app', 'directory', 'client'].map((role) => ({ authorization: `Bearer ${role}-token` })),
    { authorization: 'Bearer garbage', 'aicaller-api-key': 'garbage' },
  ];
  for (const headers of tokens) {
    await create({}, headers);
    for (const url of [item(first), ...links.map((link) => item(first) + link), ...listed(), item('unknown')])
      await probe.ask('GET', url, undefined, headers);
    await change(first, {}, headers);
    for (const url of listed()) await probe.ask('GET', url);
  }

  for (const field of fields) {
    for (const value of [...ODD, ...BY_NAME.flatMap(([name, values]) => (name.test(field) ? values : []))]) {
      const answered = await probe.ask('POST', collection, fresh({ [field]: value }));
      if (isSuccess(answered)) await probe.ask('GET', item(probe.idIn(answered)));
      if (updates) await probe.ask('PUT', item(first), fresh({ [field]: value }));
    }
    for (const url of [item(first), ...listed()]) await probe.ask('GET', url);
  }

  for (const name of ['uid', '_id', 'created_at', 'createdAt', 'updated_at', 'business_uid']) {
    const value = /at$/i.test(name) ? '2001-01-01T00:00:00.000Z' : `forged-${name}`;
    await create({ [name]: value });
    await change(second, { [name]: value });
    await probe.ask('GET', item(second));
  }

  for (const [method, url] of [['POST', collection], ...(updates ? [['PUT', item(first)]] : [])] as [
    string,
    string,
  ][]) {
    for (const body of [Buffer.from('{'), Buffer.from(''), [fresh()], 'text']) await probe.ask(method, url, body);
    const text = JSON.stringify(fresh());
    await probe.ask(method, url, Buffer.from(`${text} more`));
    await probe.ask(method, url, Buffer.from(text.replace(/:"[^"]*/, '$&\u00e9'), 'latin1'));
    await probe.ask(method, url, Buffer.from(text.replace(/^\{("[^"]+"):/, '{$1:"twice",$1:')));
    const { [Object.keys(api.samples)[0] ?? '']: one, ...rest } = fresh();
    await probe.ask(method, url, { ...rest, [(Object.keys(api.samples)[0] ?? '').toUpperCase()]: one });
    await probe.ask(method, url, fresh(), { 'content-type': 'text/plain' });
  }
  for (const method of ['PATCH', 'DELETE']) for (const url of [collection, item(first)]) await probe.ask(method, url);
  for (const link of ['', ...links]) await probe.ask('GET', item('5f0c6c9e-0000-4000-8000-000000000000') + link);
  await change('5f0c6c9e-0000-4000-8000-000000000000');

  if (updates) {
    for (const name of Object.keys(api.samples)) await change(first, { [name]: undefined });
    for (let more = 0; more < 60; more += 1) await probe.ask('POST', collection, fresh());
  }
  const queries = [
    '',
    'page=0',
    'page=-1',
    'page=10001',
    'page=x',
    'per_page=0',
    'per_page=101',
    'per_page=x',
    'per_page=5',
    'per_page=60',
    'per_page=100',
    'per_page=3&page=2',
    'per_page=7&page=3',
    'sort=created_at:asc',
    'filter[direction]=OUTBOUND',
    'callTemplateId=unknown',
  ];
  if (lists) for (const query of queries) await probe.ask('GET', `${collection}?${query}`);

  const key = (digit: number): Record<string, string> => ({
    'idempotency-key': `5f0c6c9e-0000-4000-8000-00000000000${String(digit)}`,
  });
  if (api.contract === 'calldesk') {
    for (const [digit, changes] of [
      [1],
      [1],
      [1],
      [1, { record: true }],
      [2],
      [3, { destination: 'x' }],
      [3],
      [4, { caller_id: '+14155550199' }],
      [4],
    ] as [number, JsonObject?][])
      await create(changes, key(digit));
    await create({}, { 'idempotency-key': 'no UUID' });
    await create({ record: true });
    await create({ metadata: undefined });
    await Promise.all([5, 5, 5].map((digit) => probe.ask('POST', collection, fresh(), key(digit))));
  }
  const together = await Promise.all(
    Array.from({ length: 3 }, (_, index) =>
      probe.ask(
        'POST',
        collection,
        fresh(api.contract === 'calldesk' ? { destination: `+1212555010${String(index)}` } : {}),
      ),
    ),
  );
  for (const answered of together) await look(probe.idIn(answered));
}
