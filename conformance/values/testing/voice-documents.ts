/** Documents in the manner of public voice APIs, each with real-looking numbers wherever a document may show one. */
import type { JsonObject } from '../../contract/types.ts';

export interface VoiceDocument {
  name: string;
  document: JsonObject;
  /** Keys under which this document has telephone numbers: what the test's own checker goes by. */
  dials: RegExp;
}

interface Shape {
  properties: JsonObject;
  required?: string[];
  example?: JsonObject;
  parameters?: JsonObject[];
  schemas?: JsonObject;
  mediaType?: string;
}

function document(name: string, dials: RegExp, shape: Shape): VoiceDocument {
  const { properties, required = [], example, parameters = [], schemas = {}, mediaType = 'application/json' } = shape;
  const record = { type: 'object', properties: { id: { type: 'string', readOnly: true }, ...properties } };
  const answer = {
    description: 'The call.',
    content: { 'application/json': { schema: { $ref: '#/components/schemas/Call' } } },
  };
  const body = {
    required: true,
    content: {
      [mediaType]: {
        schema: { type: 'object', required, properties },
        ...(example === undefined ? {} : { examples: { one: { value: example } } }),
      },
    },
  };
  const errors = { '400': { description: 'Refused.' }, '404': { description: 'Unknown.' } };
  return {
    name,
    dials,
    document: {
      openapi: '3.1.0',
      info: { title: name, version: '1' },
      servers: [{ url: 'http://localhost' }],
      paths: {
        '/calls': {
          post: { operationId: 'createCall', parameters, requestBody: body, responses: { '201': answer, ...errors } },
          get: {
            operationId: 'listCalls',
            parameters: [{ name: 'to', in: 'query', schema: { type: 'string', example: '+19195551234' } }],
            responses: {
              '200': {
                description: 'Calls.',
                content: {
                  'application/json': {
                    schema: {
                      type: 'object',
                      properties: { calls: { type: 'array', items: { $ref: '#/components/schemas/Call' } } },
                    },
                  },
                },
              },
            },
          },
        },
        '/calls/{id}': {
          parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
          get: { operationId: 'getCall', responses: { '200': answer, ...errors } },
          put: { operationId: 'updateCall', requestBody: body, responses: { '200': answer, ...errors } },
        },
      },
      components: { schemas: { Call: record, ...schemas } },
    },
  };
}

const text = (more: JsonObject = {}): JsonObject => ({ type: 'string', ...more });
const e164 = '^\\+[1-9]\\d{6,14}$';

export const voiceDocuments: readonly VoiceDocument[] = [
  document('forms with capitals', /^(?:To|From|Twiml)$/, {
    mediaType: 'application/x-www-form-urlencoded',
    required: ['To', 'From'],
    properties: {
      To: text({ examples: ['+19195551234'] }),
      From: text({ example: '+14158675309' }),
      Url: text({ format: 'uri', example: 'https://demo.acme-voice.com/welcome.xml' }),
      Twiml: text({ example: '<Response><Dial>+19195551234</Dial></Response>' }),
    },
    example: { To: '+19195551234', From: '+14158675309', Twiml: '<Response><Dial>919-555-1234</Dial></Response>' },
  }),
  document('endpoints in lists', /^(?:number|uri)$/, {
    required: ['to', 'from'],
    properties: {
      to: {
        type: 'array',
        items: {
          type: 'object',
          required: ['type', 'number'],
          properties: { type: text({ enum: ['phone'] }), number: text({ example: '14155550100' }) },
        },
      },
      from: { type: 'object', required: ['number'], properties: { type: text({ enum: ['phone'] }), number: text() } },
    },
    example: { to: [{ type: 'phone', number: '447700800123' }], from: { type: 'phone', number: '14158675309' } },
  }),
  document('call control', /^(?:to|from|from_display_name|sip_address)$/, {
    required: ['to', 'from', 'connection_id'],
    properties: {
      connection_id: text({ example: '7267xxxxxxxxxxxxxx' }),
      to: {
        anyOf: [text({ example: '+18005550101' }), { type: 'array', items: text({ example: '+18005550102' }) }],
      },
      from: text({ example: '+18005550101' }),
      webhook_url: text({ example: 'https://www.acme-voice.com/server-b/' }),
      custom_headers: { type: 'array', items: { type: 'object', properties: { name: text(), value: text() } } },
    },
    example: {
      to: '+18005550100',
      from: '+18005550101',
      connection_id: '7267',
      webhook_url: 'https://www.acme-voice.com/x',
    },
  }),
  document('answer and disconnect', /^(?:to|from|uui)$/, {
    required: ['from', 'to', 'applicationId'],
    properties: {
      from: text({ pattern: '^\\+[1-9]\\d{1,14}$', example: '+19195551234' }),
      to: text({ example: '+19195554321' }),
      applicationId: text({ example: '04e88489-df02-4e34-a0ee-27a91849555f' }),
      answerUrl: text({ example: 'http://acme-voice.com/answer' }),
      callTimeout: { type: 'number', example: 15 },
    },
    example: {
      from: '+19195551234',
      to: '+19195554321',
      applicationId: '04e88489',
      answerUrl: 'http://acme-voice.com/answer',
    },
  }),
  document('WebRTC sessions', /^(?:originatorAddress|receiverAddress)$/, {
    required: ['originatorAddress', 'receiverAddress'],
    properties: {
      originatorAddress: text({ pattern: '^(?:tel:\\+[0-9]{5,14}|sip:.+|urn:.+)$', example: 'tel:+4930901820' }),
      receiverAddress: text({ example: 'urn:service:sos' }),
      callType: text({ enum: ['EMERGENCY', 'VOICE', 'VIDEO'] }),
    },
    example: { originatorAddress: 'tel:+4930901820', receiverAddress: 'urn:service:sos', callType: 'EMERGENCY' },
  }),
  document('emergency only', /^(?:to|callee)$/, {
    required: ['to', 'kind'],
    properties: { to: text({ const: 'urn:service:sos.police' }), kind: text({ const: 'emergencyCall' }) },
  }),
  document('SIP trunks', /^(?:sipUri|caller|outboundProxy)$/, {
    required: ['sipUri'],
    properties: {
      sipUri: text({ pattern: '^sips?:', example: 'sip:+19195551234@pbx.acme-voice.com' }),
      caller: text({ example: 'sips:alice@acme-voice.com;user=phone' }),
      outboundProxy: text({ examples: ['sip:911@psap.acme-voice.com'] }),
    },
    example: { sipUri: 'sip:112@ims.mnc001.mcc001.3gppnetwork.org', caller: 'sip:+19195551234@1.2.3.4' },
  }),
  document('numeric MSISDN', /^(?:msisdn|destination|shortNumber)$/, {
    required: ['msisdn', 'destination'],
    properties: {
      msisdn: {
        type: 'integer',
        format: 'int64',
        minimum: 1_000_000,
        maximum: 999_999_999_999_999,
        example: 4_915_112_345_678,
      },
      destination: { type: 'integer', example: 19_195_551_234 },
      retries: { type: 'integer', minimum: 0, maximum: 112 },
    },
    example: { msisdn: 4_915_112_345_678, destination: 19_195_551_234, retries: 112 },
  }),
  document('recipients', /^(?:recipients|cc)$/, {
    required: ['recipients'],
    properties: {
      recipients: { type: 'array', minItems: 1, maxItems: 20, items: text({ pattern: e164, example: '+19195551234' }) },
      cc: { type: 'array', items: text({ enum: ['+19195551234', '+12125550100'] }) },
      body: text({ example: 'Call +1 919 555 1234 or write to jane@acme-voice.com' }),
    },
    example: { recipients: ['+19195551234', '+4930901820'], cc: ['+19195551234'], body: 'Call +1 919 555 1234' },
  }),
  document('nested actions', /^(?:number|uri|from|phoneNumber)$/, {
    required: ['ncco'],
    properties: {
      ncco: {
        type: 'array',
        minItems: 1,
        items: {
          oneOf: [
            {
              type: 'object',
              required: ['action', 'endpoint'],
              properties: {
                action: text({ enum: ['connect'] }),
                from: text({ example: '14158675309' }),
                endpoint: {
                  type: 'array',
                  items: {
                    type: 'object',
                    properties: { type: text(), number: text({ example: '4915112345678' }), uri: text() },
                  },
                },
              },
            },
            {
              type: 'object',
              required: ['action', 'text'],
              properties: { action: text({ enum: ['talk'] }), text: text() },
            },
          ],
        },
      },
    },
    example: {
      ncco: [
        {
          action: 'connect',
          from: '14158675309',
          endpoint: [
            { type: 'phone', number: '4915112345678' },
            { type: 'sip', uri: 'sip:112@acme-voice.com' },
          ],
        },
        { action: 'talk', text: 'Hello' },
      ],
    },
  }),
  document('listed caller ids', /^(?:callerId|destination)$/, {
    required: ['destination'],
    properties: {
      callerId: text({ enum: ['+19195551234', '+4930901820', '911'] }),
      destination: text({ enum: ['+19195551234', '+12125550147'] }),
    },
    example: { callerId: '+19195551234', destination: '+19195551234' },
  }),
  document('required listed caller id', /^(?:callerId|destination)$/, {
    required: ['callerId', 'destination'],
    properties: { callerId: text({ enum: ['+19195551234', '+4930901820'] }), destination: text() },
  }),
  document('defaults and constants', /^(?:to|from|fallbackNumber|fax)$/, {
    required: ['to'],
    properties: {
      to: text({ default: '+19195551234' }),
      from: text({ const: '+4930901820' }),
      fallbackNumber: text({ default: '0049 30 901820' }),
      fax: text({ default: '(919) 555-1234', minLength: 7, maxLength: 20 }),
    },
  }),
  document('patterns by country', /^(?:ukMobile|german|french|american|digits)$/, {
    required: ['ukMobile', 'german', 'french', 'american', 'digits'],
    properties: {
      ukMobile: text({ pattern: '^\\+447\\d{9}$' }),
      german: text({ pattern: '^\\+49[1-9]\\d{6,12}$' }),
      french: text({ pattern: '^\\+33[1-9]\\d{8}$' }),
      american: text({ pattern: '^\\+1[2-9]\\d{9}$' }),
      digits: text({ pattern: '^[1-9]\\d{6,14}$' }),
    },
  }),
  document('a country without such numbers', /^(?:phoneNumber|spare)$/, {
    required: ['phoneNumber'],
    properties: { phoneNumber: text({ pattern: '^\\+91[6-9]\\d{9}$' }), spare: text({ pattern: '^\\+55\\d{10,11}$' }) },
  }),
  document('maps of numbers', /^(?:home|work|\*|phones|mobile)$/, {
    required: ['phones'],
    properties: {
      phones: { type: 'object', additionalProperties: text({ example: '+19195551234' }) },
      contact: { type: 'object', properties: { mobile: text(), whatsapp: text({ example: 'whatsapp:+19195551234' }) } },
    },
    example: {
      phones: { home: '+19195551234', work: '112' },
      contact: { mobile: '0171 1234567', whatsapp: 'whatsapp:+19195551234' },
    },
  }),
  document('snake case inside', /^(?:phone_number|call_to|transfer_to|ani)$/, {
    required: ['leg'],
    properties: {
      leg: {
        type: 'object',
        required: ['phone_number'],
        properties: { phone_number: text({ example: '+919876543210' }), caller_id_name: text(), ani: text() },
      },
      call_to: text({ example: '+4930901820' }),
      transfer_to: text({ default: '+19195551234' }),
    },
    example: {
      leg: { phone_number: '+919876543210', ani: '0172 1234567' },
      call_to: '110',
      transfer_to: 'sip:110@acme-voice.com',
    },
  }),
  document('numbers beside names', /^(?:msisdn|ani|dnis)$/, {
    required: ['subject'],
    parameters: [
      { name: 'X-Caller-Number', in: 'header', schema: text({ example: '+19195551234' }) },
      { name: 'msisdn', in: 'query', schema: text({ example: '4915112345678' }) },
    ],
    properties: {
      subject: text({ maxLength: 40 }),
      ani: text({ maxLength: 20 }),
      dnis: text({ minLength: 3 }),
      json: text({ example: '{"to":"+19195551234"}' }),
      link: text({ example: 'tel:911' }),
    },
    example: { subject: 'x', ani: '9195551234', dnis: '911', json: '{"to":"+19195551234"}', link: 'tel:911' },
  }),
  document('words that call for help', /^(?:to|number)$/, {
    required: ['to', 'priority'],
    properties: {
      to: text({ examples: ['911', '+12125550147'] }),
      priority: text({ enum: ['normal', 'sos', 'EMERGENCY_CALL', 'low'] }),
      emergency: { type: 'boolean', default: true },
      service: text({ enum: ['urn:service:sos.fire', 'none'] }),
    },
    example: { to: '999', priority: 'sos', emergency: true, service: 'urn:service:sos.fire' },
  }),
  document('numbers that are none', /^(?!)/, {
    required: ['status', 'pageSize', 'orderNumber', 'price'],
    properties: {
      status: { type: 'integer', minimum: 100, maximum: 999 },
      pageSize: { type: 'integer', minimum: 112, maximum: 118 },
      orderNumber: text({ examples: ['999'] }),
      price: text({ pattern: '^\\d+\\.\\d{2}$', example: '911.00' }),
      startDate: text({ format: 'date' }),
      from: text({ format: 'date-time' }),
    },
    example: {
      status: 110,
      pageSize: 112,
      orderNumber: '999',
      price: '911.00',
      startDate: '2026-11-21',
      from: '2026-11-21T09:00:00Z',
    },
  }),
];
