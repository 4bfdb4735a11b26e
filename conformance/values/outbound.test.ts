import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Contract, Operation, Parameter, Schema } from '../contract/types.ts';
import { mayLeave, type OutboundRequest } from './outbound.ts';
import { isSafe, madeSafe } from './safe-value.ts';
import { surveyOf } from './survey.ts';

const emergencyNumbers = '911 112 999 000 110 113 117 118 119 08 15 17 18 100 101 102 108 190'.split(' ');

/** Separators that people write into numbers. */
const spaced = (digits: string): fc.Arbitrary<string> =>
  fc
    .array(fc.constantFrom('', '', '', ' ', '-', '.'), { minLength: digits.length, maxLength: digits.length })
    .map((gaps) =>
      [...digits].map((digit, index) => digit + (index === digits.length - 1 ? '' : (gaps[index] ?? ''))).join(''),
    );

/** Real numbers: countries that have no range for fiction, and North America outside 555. */
const realDigits = fc.oneof(
  fc
    .tuple(fc.constantFrom('31', '39', '91', '55', '81', '41', '7', '86'), fc.stringMatching(/^[1-9]\d{8}$/))
    .map((parts) => parts.join('')),
  fc.stringMatching(/^1[2-9][0-8]\d[2-4]\d{6}$/),
);
const real = realDigits.chain((digits) => spaced(digits).map((text) => `+${text}`));
const emergency = fc.constantFrom(...emergencyNumbers);
const service = fc
  .constantFrom('', '.police', '.fire', '.ambulance', '.ecall.manual')
  .map((kind) => `urn:service:sos${kind}`);
const anywhere = fc.oneof(
  real,
  fc
    .oneof(realDigits, emergency)
    .chain((digits) =>
      fc.constantFrom(`tel:${digits}`, `tel:+${digits}`, `tel:${digits};phone-context=+49`, `TEL:${digits}`),
    ),
  fc
    .tuple(
      fc.constantFrom('sip', 'sips', 'SIP'),
      fc.oneof(realDigits, emergency),
      fc.constantFrom('', '+'),
      fc.constantFrom('', '@sip.example', '@sip.example;user=phone', ';x=1'),
    )
    .map(([scheme, digits, plus, rest]) => `${scheme}:${plus}${digits}${rest}`),
  service,
  service.map((urn) => urn.toUpperCase()),
);
const inItsPlace = fc.oneof(
  anywhere,
  realDigits,
  emergency.chain(spaced),
  emergency.map((digits) => `+${digits}`),
  realDigits.map((digits) => `00${digits}`),
);

const phoneName = fc.constantFrom(
  'to',
  'from',
  'msisdn',
  'phoneNumber',
  'caller_id',
  'callerId',
  'toNumber',
  'destination',
  'fax',
  'ani',
  'dnis',
  'mobile',
  'whatsapp',
  'recipient',
);
const anyName = fc.oneof(phoneName, fc.constantFrom('note', 'x', 'label', 'callbackData'));

function contractOf(schema: Schema, parameters: Parameter[] = []): { contract: Contract; operation: Operation } {
  const pointer = '/paths/~1calls/post/requestBody/content/application~1json/schema';
  const operation: Operation = {
    id: 'createCall',
    method: 'POST',
    path: '/calls/{place}',
    pointer: '/paths/~1calls/post',
    tags: [],
    parameters,
    requestBody: {
      required: true,
      mediaType: 'application/json',
      schema,
      schemaPointer: pointer,
      pointer,
      examples: [],
    },
    bodies: [],
    fields: [],
    access: [],
    role: 'create',
    responses: [],
    security: [],
    undocumentedSuccess: 'MUST',
  };
  const contract: Contract = {
    name: 'calls',
    title: 'Calls',
    version: '1',
    sha256: '',
    document: {},
    operations: [operation],
    resources: [],
    fixtures: [],
    requirements: [],
    inferred: [],
    lineOf: () => undefined,
  };
  return { contract, operation };
}

function gate(request: Partial<OutboundRequest>, schema: Schema = {}): ReturnType<typeof mayLeave> {
  const { contract, operation } = contractOf(schema);
  return mayLeave({ contract, operation, path: '/calls', ...request });
}

/** Ways to put a value into a request. */
const ways: [string, (name: string, value: string) => Partial<OutboundRequest>][] = [
  ['a property', (name, value) => ({ json: { [name]: value } })],
  ['a list', (name, value) => ({ json: { [name]: ['+12125550147', value] } })],
  ['a nested list', (name, value) => ({ json: { a: [{ b: [{ [name]: value }] }] } })],
  ['a query parameter', (name, value) => ({ query: [[name, value]] })],
  ['a filter', (name, value) => ({ query: [[`filter[${name}][eq]`, value]] })],
  ['a header', (name, value) => ({ headers: { [name]: value } })],
  ['the path', (name, value) => ({ path: `/calls/{${name}}`, pathParameters: { [name]: value } })],
  ['a followed link', (name, value) => ({ path: `/calls?${new URLSearchParams([[name, value]]).toString()}` })],
  [
    'a form',
    (name, value) => ({
      raw: new URLSearchParams([
        ['x', '1'],
        [name, value],
      ]).toString(),
      contentType: 'application/x-www-form-urlencoded',
    }),
  ],
  [
    'a part',
    (name, value) => ({
      raw: `--b\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n--b--`,
      contentType: 'multipart/form-data; boundary=b',
    }),
  ],
  ['raw JSON', (name, value) => ({ raw: JSON.stringify({ [name]: value }) })],
  ['JSON cut short', (name, value) => ({ raw: JSON.stringify({ [name]: value, zz: 1 }).slice(0, -3) })],
  [
    'a name that stands twice',
    (name, value) => ({ raw: `{"${name}":${JSON.stringify(value)},"${name}":"+12125550147"}` }),
  ],
  ['JSON in a text', (name, value) => ({ json: { data: JSON.stringify({ [name]: value }) } })],
  ['bytes', (name, value) => ({ raw: new TextEncoder().encode(JSON.stringify({ [name]: value })) })],
];

describe('whatever may ring is refused, wherever it stands', () => {
  it.each(ways)('a number, an address or an emergency service in %s', (_way, put) => {
    fc.assert(
      fc.property(anyName, anywhere, (name, value) => {
        expect(gate(put(name, value)).ok).toBe(false);
      }),
      { numRuns: 60 },
    );
    fc.assert(
      fc.property(phoneName, inItsPlace, (name, value) => {
        expect(gate(put(name, value)).ok).toBe(false);
      }),
      { numRuns: 60 },
    );
  });

  it('integers, a map keyed by numbers, what a text holds', () => {
    fc.assert(
      fc.property(phoneName, realDigits, (name, digits) => {
        expect(gate({ json: { [name]: Number(digits) } }).ok).toBe(false);
        expect(gate({ json: { [name]: { [digits]: true } } }).ok).toBe(false);
        expect(gate({ json: { twiml: `<Response><Dial>${digits}</Dial></Response>` } }).ok).toBe(false);
        expect(gate({ json: { note: `call +${digits} now` } }).ok).toBe(false);
      }),
    );
  });

  it('numbers in examples, listed values, defaults, constants and patterns make a place of them', () => {
    fc.assert(
      fc.property(realDigits, (digits) => {
        const shown = '+919876543210';
        for (const schema of [
          { example: shown },
          { examples: [shown] },
          { enum: [shown, digits] },
          { default: shown },
          { const: shown },
          { pattern: '^\\+?\\d{6,15}$' },
          { format: 'phone' },
        ])
          expect([
            schema,
            gate({ json: { x: digits } }, { type: 'object', properties: { x: { type: 'string', ...schema } } }).ok,
          ]).toEqual([schema, false]);
      }),
      { numRuns: 30 },
    );
  });

  it('listed values that say emergency, in any field', () => {
    for (const value of ['EMERGENCY', 'emergency', 'sos', 'emergencyCall', 'EMERGENCY_CALL', 'E911', ' Emergency '])
      expect([value, gate({ json: { kind: value } }, { properties: { kind: { enum: [value] } } })]).toMatchObject([
        value,
        { why: 'emergency' },
      ]);
    expect(gate({ json: { emergency: true } })).toMatchObject({ why: 'emergency' });
  });

  it('hosts that are somebody’s', () => {
    for (const value of [
      'https://acme.com/hook',
      'wss://media.acme.io',
      'jane@acme.com',
      'sip:alice@acme.com',
      'https://a.example@acme.com/',
    ])
      expect([value, gate({ json: { x: value } })]).toMatchObject([value, { why: 'address' }]);
    for (const value of [
      'https://hooks.example/x',
      'HTTPS://RINGTRUE.EXAMPLE',
      'Ring.True+tag@mail.example',
      'sip:alice@sip.example',
      'http://127.0.0.1:8080/x',
    ])
      expect([value, gate({ json: { x: value } })]).toEqual([value, { ok: true }]);
    expect(gate({ json: { x: 'https://api.acme.com/a' }, ownHost: 'api.acme.com' })).toEqual({ ok: true });
  });
});

describe('what rings nowhere passes', () => {
  it.each([
    {
      status: 110,
      page_size: 112,
      total: 999,
      price: '911.00',
      id: '999',
      orderNumber: '112',
      serial_number: '19195551234',
    },
    {
      created_at: '2026-11-21T09:30:00+02:00',
      from: '2026-11-21',
      date: '20261121',
      ids: ['4887af14-22b7-456a-a150-0198da784a28'],
    },
    { to: 'bob', from: '+12125550147', destination: '+447700900123', currency: 'SOS', level: 'NON_EMERGENCY' },
    { to_uid: '12345678', phone_number_id: '1234567890', phoneNumberSid: 'PN19195551234', msisdn: 12125550147 },
    {
      emergency: false,
      emergencyAddressId: 'x',
      text: 'In an emergency call for help',
      from_number: '+999000000000001',
    },
  ])('%j', (json) => {
    expect(gate({ json })).toEqual({ ok: true });
  });

  it('a value that the user gave, unless it calls an emergency service', () => {
    const given = new Set(['+19195551234', '911', 'urn:service:sos']);
    expect(gate({ json: { to: '+19195551234' }, given })).toEqual({ ok: true });
    expect(gate({ json: { to: '911' }, given })).toMatchObject({ why: 'emergency' });
    expect(gate({ json: { x: 'urn:service:sos' }, given })).toMatchObject({ why: 'emergency' });
  });
});

describe('values are made so that they pass', () => {
  const choice = { int: (name: string, below: number) => name.length % below };

  it('whatever a contract shows, the made value passes or is left out', () => {
    fc.assert(
      fc.property(
        anyName,
        inItsPlace,
        fc.constantFrom('example', 'default', 'enum', 'const'),
        (name, value, keyword) => {
          const schema = { type: 'string', [keyword]: keyword === 'enum' ? [value] : value };
          const { contract } = contractOf({ type: 'object', properties: { [name]: schema } });
          const property = { name, schema, pointer: `/${name}/${keyword}/${value}` };
          const made = madeSafe(contract, property, value, choice, false);
          expect(made === undefined || isSafe(contract, property, made)).toBe(true);
        },
      ),
    );
  });

  it.each([
    ['^\\+447\\d{9}$', /^\+447700900\d{3}$/],
    ['^\\+49[1-9]\\d{6,12}$', /^\+49/],
    ['^\\+33[67]\\d{8}$', /^\+3363998\d{4}$/],
    ['^\\+614\\d{8}$', /^\+61491570\d{3}$/],
    ['^\\+353\\d{8,9}$', /^\+3532091\d{5}$/],
    ['^\\+46\\d{8,9}$', /^\+46/],
    ['^07\\d{9}$', /^07700900\d{3}$/],
    ['^[1-9]\\d{6,14}$', /^1\d{3}55501\d\d$/],
    ['^tel:\\+\\d+$', /^tel:\+1\d{3}55501\d\d$/],
  ])('a number that %s takes', (pattern, looks) => {
    const schema = { type: 'string', pattern };
    const { contract } = contractOf({ type: 'object', properties: { to: schema } });
    expect(madeSafe(contract, { name: 'to', schema, pointer: '/to' }, '+919876543210', choice, true)).toMatch(looks);
  });
});

describe('the plan names', () => {
  it('the fields that are taken for numbers, and what is shown and not sent', () => {
    const { contract } = contractOf({
      type: 'object',
      properties: {
        to: { type: 'array', items: { type: 'object', properties: { number: { type: 'string' } } } },
        caller: { type: 'string', examples: ['+919876543210'] },
        kind: { enum: ['VOICE', 'EMERGENCY'] },
        hook: { type: 'string', default: 'https://acme.com/hook' },
        note: { type: 'string' },
      },
    });
    const { phones, withheld } = surveyOf(contract);
    expect(phones).toEqual([{ operation: 'createCall', fields: ['to.number', 'caller'] }]);
    expect(withheld.map(({ field, why }) => [field, why])).toEqual([
      ['caller', 'phone'],
      ['kind', 'emergency'],
      ['hook', 'address'],
    ]);
  });
});
