/**
 * Reports to try reporters on, in the shapes that real runs give. Everything is computed from the arguments: no clock, no
 * randomness, so that two calls give equal reports.
 */
import type {
  CaseBreach,
  CaseResult,
  CaseStatus,
  Exchange,
  Finding,
  Level,
  OperationInfo,
  Report,
  Verdict,
} from '../model/index.ts';

const REQUEST_FIELDS = [
  'staff_uid',
  'client_uid',
  'business_uid',
  'from_number',
  'to_number',
  'direction',
  'status',
  'rate',
  'provider',
  'source_id',
  'external_uuid',
];
const RESPONSE_FIELDS = ['uid', 'created_at', 'updated_at', ...REQUEST_FIELDS, 'price', 'duration'];
const WAYS = ['create response', 'get', 'list', 'update response', 'get after update', 'list after update'];

const OPERATIONS: OperationInfo[] = [
  {
    operationId: 'createVoiceCall',
    method: 'POST',
    path: '/v3/communication/voice_calls',
    summary: 'Store a call',
    tags: ['Voice calls'],
    requestFields: REQUEST_FIELDS,
    responseFields: RESPONSE_FIELDS,
  },
  {
    operationId: 'listVoiceCalls',
    method: 'GET',
    path: '/v3/communication/voice_calls',
    summary: 'List calls',
    tags: ['Voice calls'],
    requestFields: [],
    responseFields: RESPONSE_FIELDS,
  },
  {
    operationId: 'getVoiceCall',
    method: 'GET',
    path: '/v3/communication/voice_calls/{uid}',
    summary: 'Read a call',
    tags: ['Voice calls'],
    requestFields: [],
    responseFields: RESPONSE_FIELDS,
  },
  {
    operationId: 'updateVoiceCall',
    method: 'PUT',
    path: '/v3/communication/voice_calls/{uid}',
    summary: 'Replace a call',
    tags: ['Voice calls'],
    requestFields: [...REQUEST_FIELDS.filter((field) => field !== 'business_uid'), 'price', 'duration'],
    responseFields: RESPONSE_FIELDS,
  },
];

const BODY = {
  staff_uid: 'staff-1',
  client_uid: 'client-1',
  business_uid: 'business-1',
  from_number: '+12125550101',
  to_number: '+12125550102',
  direction: 'INBOUND',
  status: 'ANSWERED_BY_STAFF',
  rate: '0.05',
  provider: 'VONAGE',
  source_id: 'rt42-src-0001',
  external_uuid: '4887af14-22b7-456a-a150-0198da784a28',
};
const URL_ = 'http://127.0.0.1:3000/v3/communication/voice_calls';

const SHOULD_FIELDS = new Set(['rate', 'provider', 'business_uid', 'price']);

function roundTrips(): CaseResult[] {
  return REQUEST_FIELDS.flatMap((field) =>
    WAYS.filter((way) => field !== 'business_uid' || !way.includes('update')).map((way): CaseResult => {
      const update = way.includes('update');
      const operation = update ? 'updateVoiceCall' : 'createVoiceCall';
      return {
        id: `round-trip.${operation}.${field}.${way.replaceAll(' ', '-')}`,
        rule: 'round-trip',
        requirement: `voice-calls.read-back.${field}`,
        level: SHOULD_FIELDS.has(field) ? 'SHOULD' : 'MUST',
        title: `${field} comes back in the ${way} as it was written`,
        operation,
        field,
        way,
        status: 'pass',
        durationMs: 4,
        exchangeIds: [1, 2],
      };
    }),
  );
}

function refusals(): CaseResult[] {
  return ['createVoiceCall', 'updateVoiceCall'].flatMap((operation) =>
    REQUEST_FIELDS.filter((field) => field !== 'business_uid' || operation === 'createVoiceCall').flatMap((field) =>
      ['missing', 'null', 'wrong-type'].map((detail): CaseResult => ({
        id: `${detail === 'wrong-type' ? 'types' : 'required'}.${operation}.${field}.${detail}`,
        rule: detail === 'wrong-type' ? 'types' : 'required',
        requirement: `voice-calls.${detail === 'wrong-type' ? 'types' : 'required'}`,
        level: 'MUST',
        title: `${field} ${detail} is refused`,
        operation,
        field,
        status: 'pass',
        durationMs: 2,
      })),
    ),
  );
}

function others(): CaseResult[] {
  const one = (
    rule: string,
    operation: string,
    detail: string,
    title: string,
    level: Level = 'MUST',
    status: CaseStatus = 'pass',
    message?: string,
  ): CaseResult => ({
    id: `${rule}.${operation}.${detail}`,
    rule,
    requirement: `voice-calls.${rule}`,
    level,
    title,
    operation,
    status,
    ...(message === undefined ? {} : { message }),
    durationMs: 3,
  });
  const noToken = 'no token for the role "client" was given (--role-token client=…)';
  return [
    one('auth', 'createVoiceCall', 'no-token', 'a request without a token answers 401'),
    one('auth', 'getVoiceCall', 'no-token', 'a request without a token answers 401'),
    one(
      'auth',
      'createVoiceCall',
      'role-client',
      'the role "client" may not create',
      'MUST',
      'not-applicable',
      noToken,
    ),
    one(
      'auth',
      'updateVoiceCall',
      'role-client',
      'the role "client" may not update',
      'MUST',
      'not-applicable',
      noToken,
    ),
    one('unknown-id', 'getVoiceCall', 'unknown', 'an unknown uid answers 404'),
    one('unknown-id', 'updateVoiceCall', 'unknown', 'an unknown uid answers 404'),
    one('list', 'listVoiceCalls', 'per-page', 'per_page bounds the length of a page'),
    one('list', 'listVoiceCalls', 'walk', 'walking the pages gives every call exactly once'),
    one('sort', 'listVoiceCalls', 'created-at-asc', 'sort=created_at:asc orders by creation', 'SHOULD'),
    one('extra', 'listVoiceCalls', 'unknown-query', 'an unknown query parameter is ignored or refused', 'MAY'),
  ];
}

function requirements(cases: CaseResult[]): Report['requirements'] {
  const seen = new Map<string, Level>();
  for (const one of cases) if (!seen.has(one.requirement)) seen.set(one.requirement, one.level);
  return [...seen].map(([id, level]) => ({
    id,
    level,
    sentence: id.includes('read-back')
      ? `What was last written to ${id.split('.').at(-1) ?? ''} is what every read answers, byte for byte.`
      : `The API keeps what it says on ${id.split('.').at(-1) ?? ''}.`,
    source: 'record',
  }));
}

function exchange(
  id: number,
  operation: string,
  method: string,
  url: string,
  status: number,
  answer: unknown,
): Exchange {
  const write = method !== 'GET';
  const body = JSON.stringify(answer);
  return {
    id,
    operation,
    request: {
      method,
      url,
      headers: { authorization: 'Bearer ***', ...(write ? { 'content-type': 'application/json' } : {}) },
      ...(write ? { body: JSON.stringify(BODY) } : {}),
    },
    response: {
      status,
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body,
      json: answer,
    },
    startedAtMs: id * 7,
    durationMs: 4.2,
    attempts: 1,
  };
}

/** Counts, as the run does. */
function summarise(cases: CaseResult[], requests: number): Report['summary'] {
  const count = (status: CaseStatus): number => cases.filter((one) => one.status === status).length;
  return {
    cases: cases.length,
    pass: count('pass'),
    fail: count('fail'),
    warn: count('warn'),
    notApplicable: count('not-applicable'),
    notTested: count('not-tested'),
    error: count('error'),
    requests,
  };
}

function report(cases: CaseResult[], verdict: Verdict, more: Partial<Report> = {}): Report {
  const record = { uid: 'call_000001', ...BODY };
  return {
    schemaVersion: 1,
    tool: { name: 'ringtrue', version: '0.1.0' },
    contract: {
      name: 'voice-calls',
      version: '3.0.0',
      sha256: '5f2c8e7d3b1a4096c7e85d2f3a1b4c6d7e8f9a0b1c2d3e4f5a6b7c8d9e0f1a2b',
      file: 'openapi/voice-calls.yaml',
    },
    target: { url: 'http://127.0.0.1:3000' },
    seed: 42,
    startedAt: '2025-01-15T09:30:00.000Z',
    durationMs: 1432,
    verdict,
    notes: [],
    summary: summarise(cases, 212),
    findings: [],
    cases,
    requirements: requirements(cases),
    operations: OPERATIONS,
    untouched: [
      {
        kind: 'requirement',
        id: 'voice-calls.recording.retention',
        reason: 'no operation of the contract reads recordings',
      },
    ],
    inferred: [],
    fixtures: [
      { name: 'staff_uid', value: 'staff-1', via: 'GET /platform/v1/staffs#/data/staffs/0/uid' },
      { name: 'client_uid', value: 'client-1', via: 'POST /platform/v1/clients' },
      { name: 'business_uid', value: 'business-1', via: 'flag' },
    ],
    ledger: [
      {
        operation: 'createVoiceCall',
        id: 'call_000001',
        url: URL_,
        marker: 'rt42',
        at: '2025-01-15T09:30:00.120Z',
      },
    ],
    drift: [],
    verifiedRequests: [
      { operation: 'createVoiceCall', method: 'POST', path: '/v3/communication/voice_calls', body: BODY, status: 201 },
      {
        operation: 'updateVoiceCall',
        method: 'PUT',
        path: '/v3/communication/voice_calls/{uid}',
        body: { ...BODY, business_uid: undefined, price: '0.10', duration: 61 },
        status: 200,
      },
    ],
    exchanges: [
      exchange(1, 'createVoiceCall', 'POST', URL_, 201, { success: true, data: record }),
      exchange(2, 'getVoiceCall', 'GET', `${URL_}/call_000001`, 200, { success: true, data: record }),
    ],
    ...more,
  };
}

/** Every case asked and kept. */
export function conformant(): Report {
  return report([...roundTrips(), ...refusals(), ...others()], 'conformant');
}

/** The known defect: POST answers 201, `external_uuid` is gone everywhere. One finding from all its cases, and one SHOULD. */
export function lostExternalUuid(): Report {
  const cases = conformant().cases.map((one): CaseResult => {
    if (one.rule === 'round-trip' && one.field === 'external_uuid') {
      return {
        ...one,
        status: 'fail',
        message: `external_uuid is missing in the ${one.way ?? ''}`,
        exchangeIds: [1, 2, 3],
      };
    }
    if (one.rule === 'sort') {
      return {
        ...one,
        status: 'warn',
        message: 'sort=created_at:asc answered the newest call first',
        exchangeIds: [4],
      };
    }
    return one;
  });
  for (const value of [
    'uuid-upper',
    'leading-zeros',
    'null-text',
    'inner-spaces',
    'emoji',
    'e-decomposed',
    'length-255',
  ]) {
    cases.push({
      id: `round-trip.createVoiceCall.external_uuid.value-${value}`,
      rule: 'round-trip',
      requirement: 'voice-calls.read-back.external_uuid',
      level: 'MUST',
      title: `external_uuid keeps a value of the kind ${value}`,
      operation: 'createVoiceCall',
      field: 'external_uuid',
      way: 'get',
      status: 'fail',
      message: 'external_uuid is missing in the get',
      durationMs: 5,
      exchangeIds: [1, 2],
    });
  }
  cases.push({
    id: 'filter.listVoiceCalls.external_uuid',
    rule: 'filter',
    requirement: 'voice-calls.filter',
    level: 'SHOULD',
    title: 'filter[external_uuid] selects the call',
    operation: 'listVoiceCalls',
    field: 'external_uuid',
    status: 'not-tested',
    message: 'its control failed: external_uuid is not stored (see the finding value.external_uuid)',
    durationMs: 0,
  });
  const { external_uuid: _lost, ...rest } = BODY;
  const record = { uid: 'call_000001', ...rest };
  const broken = cases.filter((one) => one.status === 'fail');
  for (const one of broken) one.breaches = [lostBreach(one)];
  const failed = broken.map((one) => one.id);
  return report(cases, 'non-conformant', {
    findings: [lostFinding(failed), sortFinding()],
    drift: [
      {
        operation: 'createVoiceCall',
        field: 'external_uuid',
        observed: 'external_uuid was written 14 times and never came back.',
        implementation:
          'Hand external_uuid to the store when a call is created and updated, and return it with the call.',
        contractChange:
          '--- openapi/voice-calls.yaml\n+++ openapi/voice-calls.yaml\n@@ -805,3 +805,2 @@\n         - source_id\n-        - external_uuid\n         - created_at',
        favours: 'implementation',
        why: 'The record says that the service takes the value and loses it, and both pages name the field required.',
      },
    ],
    exchanges: [
      exchange(1, 'createVoiceCall', 'POST', URL_, 201, { success: true, data: record }),
      exchange(2, 'getVoiceCall', 'GET', `${URL_}/call_000001`, 200, { success: true, data: record }),
      exchange(3, 'listVoiceCalls', 'GET', `${URL_}?page=1`, 200, { success: true, data: { voice_calls: [record] } }),
      exchange(4, 'listVoiceCalls', 'GET', `${URL_}?sort=created_at:asc`, 200, {
        success: true,
        data: { voice_calls: [record] },
      }),
    ],
  });
}

/** As a run has it of one case. */
function lostBreach({ operation, way = 'get' }: CaseResult): CaseBreach {
  return {
    breach: {
      kind: 'not-persisted',
      field: 'external_uuid',
      sent: BODY.external_uuid,
      as: 'missing',
      seen: [{ where: way, missing: true, ok: false }],
    },
    level: 'MUST',
    operation,
    field: 'external_uuid',
    contract: { pointer: '#/components/schemas/VoiceCall/properties/external_uuid' },
    exchangeIds: [1, 2],
  };
}

function lostFinding(cases: string[]): Finding {
  return {
    id: 'value.external_uuid',
    level: 'MUST',
    kind: 'not-persisted',
    operation: 'createVoiceCall',
    field: 'external_uuid',
    message:
      'POST took external_uuid and answered 201, but the value came back nowhere: it is missing from the create response, from GET and from the list.',
    suggestion: 'Hand external_uuid to the store when a call is created, and return it with the call.',
    severity: 'critical',
    requirement: {
      id: 'voice-calls.read-back.external_uuid',
      level: 'MUST',
      sentence: 'What was last written to external_uuid is what every read answers, byte for byte.',
      source: 'record: POST voice_calls, "Critical Learnings"',
    },
    contract: {
      pointer: '#/components/schemas/VoiceCall/properties/external_uuid',
      file: 'openapi/voice-calls.yaml',
      line: 867,
    },
    cases,
    causes: ['value.external_uuid'],
    breach: {
      kind: 'not-persisted',
      field: 'external_uuid',
      sent: BODY.external_uuid,
      as: 'missing',
      seen: ['create response', 'get', 'list', 'update response'].map((where) => ({ where, missing: true, ok: false })),
    },
    blocked: 1,
    reproduce: [
      `curl -sS -X POST '${URL_}' -H "Authorization: Bearer $RINGTRUE_TOKEN" -H 'Content-Type: application/json' -d '${JSON.stringify(BODY)}'`,
      `curl -sS '${URL_}/call_000001' -H "Authorization: Bearer $RINGTRUE_TOKEN"`,
    ],
    evidence: {
      sent: BODY.external_uuid,
      got: [
        { where: 'create response', missing: true, ok: false },
        { where: 'get', missing: true, ok: false },
        { where: 'list', missing: true, ok: false },
        { where: 'update response', missing: true, ok: false },
      ],
      exchangeIds: [1, 2, 3],
    },
  };
}

function sortFinding(): Finding {
  return {
    id: 'wrong-order.listVoiceCalls.sort',
    level: 'SHOULD',
    kind: 'wrong-order',
    operation: 'listVoiceCalls',
    message: 'GET with sort=created_at:asc answered the newest call first.',
    suggestion: 'Apply the sort parameter, or remove it from the contract.',
    severity: 'minor',
    requirement: {
      id: 'voice-calls.sort',
      level: 'SHOULD',
      sentence: 'A list is ordered by the fields that sort names.',
      source: 'vendor spec',
    },
    contract: { pointer: '#/components/parameters/Sort', file: 'openapi/voice-calls.yaml', line: 540 },
    cases: ['sort.listVoiceCalls.created-at-asc'],
    causes: ['wrong-order.listVoiceCalls.sort'],
    breach: {
      kind: 'wrong-order',
      parameter: 'sort',
      order: 'created_at:asc',
      first: '2025-01-15T09:30:02Z',
      second: '2025-01-15T09:30:01Z',
    },
    blocked: 0,
    reproduce: [`curl -sS '${URL_}?sort=created_at:asc' -H "Authorization: Bearer $RINGTRUE_TOKEN"`],
    evidence: {
      sent: ['call_000001', 'call_000002', 'call_000003'],
      got: [{ where: 'list', got: ['call_000003', 'call_000002', 'call_000001'], ok: false }],
      exchangeIds: [4],
    },
  };
}

/** Only a SHOULD is not kept. */
export function shouldOnly(): Report {
  const cases = conformant().cases.map((one): CaseResult =>
    one.rule === 'sort' ? { ...one, status: 'warn', message: 'the newest call came first', exchangeIds: [1] } : one,
  );
  return report(cases, 'conformant', { findings: [sortFinding()] });
}

/** The target died after some forty requests. */
export function incomplete(): Report {
  const cases = conformant().cases.map((one, at): CaseResult => {
    if (at < 40) return one;
    return {
      ...one,
      status: 'not-tested',
      message: 'the target did not answer any more (connection refused)',
      durationMs: 0,
    };
  });
  const base = report(cases, 'incomplete', {
    notes: [
      'The run stopped early: three requests in a row got no answer from http://127.0.0.1:3000 (connection refused).',
    ],
    summary: summarise(cases, 43),
    verifiedRequests: [],
  });
  const dead = { ...exchange(3, 'getVoiceCall', 'GET', `${URL_}/call_000001`, 0, {}), response: undefined };
  return {
    ...base,
    exchanges: [
      ...(base.exchanges ?? []),
      { ...dead, error: { kind: 'refused', message: 'connection refused by 127.0.0.1:3000' } },
    ],
  };
}

/** Texts that attack a reader: each must stay inert in each format. */
export const HOSTILE = [
  '<script>alert("owned")</script>',
  '"><img src=x onerror=alert(1)>',
  'a]]>b<!--c-->&amp;&lt;',
  '\u001b[31mred\u001b[0m\u001b]0;title\u0007\u009b2J',
  'null\u0000 bell\u0007 back\u0008 \r\n::error::injected',
  '\u202egnidaer tfel ot thgir\u202c and \u2066isolated\u2069 \u200bhidden',
  '| cell | `code` ``` @everyone [link](javascript:alert(1)) ![x](http://evil.example/x.png) # h1',
  "%0A::warning file=x::y $(touch owned) `id` '; DROP TABLE calls; --",
  '\ud800 lone \udfff \uffff \ufffe',
  `long ${'x'.repeat(5000)} end`,
  '</style></script></title></textarea></pre></details>',
  '日本語の値 العربية עברית 👩‍👩‍👧‍👦 é e\u0301',
];

/** A target that fills every place that a target can fill with attacks. */
export function hostile(): Report {
  const base = lostExternalUuid();
  const findings = HOSTILE.map((text, at): Finding => ({
    ...lostFinding([base.cases[at]?.id ?? '']),
    id: `altered.createVoiceCall.hostile-${String(at)}`,
    kind: 'altered',
    message: `POST sent external_uuid ${text} and GET answered another value.`,
    suggestion: `Keep ${text} as it is.`,
    evidence: {
      sent: text,
      got: [
        { where: 'get', got: `${text}!`, ok: false },
        { where: text, got: { [text]: [text, null, 1] }, ok: false },
        { where: 'list', got: text, ok: true },
      ],
      exchangeIds: [1],
    },
    reproduce: [`curl -sS '${URL_}?q=${text.replaceAll("'", `'\\''`)}'`],
  }));
  const cases = base.cases.map((one, at): CaseResult => ({
    ...one,
    message: HOSTILE[at % HOSTILE.length] ?? '',
    status: at < HOSTILE.length ? 'fail' : one.status,
  }));
  const text = HOSTILE.join(' ');
  return report(cases, 'non-conformant', {
    findings,
    notes: HOSTILE,
    fixtures: HOSTILE.map((value, at) => ({ name: `fixture_${String(at)}`, value, via: `GET /${value}` })),
    ledger: HOSTILE.map((id) => ({
      operation: 'createVoiceCall',
      id,
      url: URL_,
      marker: 'rt42',
      at: '2025-01-15T09:30:00Z',
    })),
    drift: HOSTILE.map((observed) => ({
      ...(base.drift[0] as Report['drift'][number]),
      observed,
      contractChange: observed,
    })),
    verifiedRequests: [{ operation: 'createVoiceCall', method: 'POST', path: '/v3/x', body: HOSTILE, status: 201 }],
    inferred: HOSTILE,
    exchanges: [
      {
        ...exchange(1, 'createVoiceCall', 'POST', `${URL_}?q=${encodeURIComponent('<script>')}`, 201, text),
        response: { status: 201, headers: { 'x-evil': text, 'content-type': text }, body: text },
      },
    ],
  });
}

/**
 * A large run.
 *
 * @param count how many cases
 * @param failEvery every how many-th case fails; 0 for none
 */
export function large(count = 20_000, failEvery = 997): Report {
  const rules = ['round-trip', 'required', 'types', 'enums', 'bounds', 'patterns', 'auth', 'list'];
  const operations = Array.from({ length: 40 }, (_, at): OperationInfo => {
    const template = OPERATIONS[at % OPERATIONS.length] as OperationInfo;
    return { ...template, operationId: `${template.operationId}${String(at)}`, path: `/v3/resource_${String(at)}` };
  });
  const cases = Array.from({ length: count }, (_, at): CaseResult => {
    const rule = rules[at % rules.length] ?? '';
    const operation = operations[Math.floor(at / rules.length) % operations.length]?.operationId ?? '';
    const field = REQUEST_FIELDS[at % REQUEST_FIELDS.length] ?? '';
    const failed = failEvery > 0 && at % failEvery === failEvery - 1;
    return {
      id: `${rule}.${operation}.${field}.case-${String(at)}`,
      rule,
      requirement: `big.${rule}`,
      level: 'MUST',
      title: `${field} in case ${String(at)} is judged`,
      operation,
      field,
      ...(rule === 'round-trip' ? { way: WAYS[at % WAYS.length] ?? '' } : {}),
      status: failed ? 'fail' : 'pass',
      ...(failed ? { message: `${field} differs` } : {}),
      durationMs: 1,
    };
  });
  const failed = cases.filter((one) => one.status === 'fail');
  return report(cases, failed.length > 0 ? 'non-conformant' : 'conformant', {
    operations,
    findings: failed.map((one): Finding => ({
      ...lostFinding([one.id]),
      id: `altered.${one.operation}.${one.field ?? ''}.${one.id}`,
      operation: one.operation,
      field: one.field,
      message: `${one.operation} answered another ${one.field ?? ''} than was written.`,
    })),
  });
}

/** All of them by name, for tests that hold for every report. */
export function samples(): Record<string, Report> {
  return {
    conformant: conformant(),
    lostExternalUuid: lostExternalUuid(),
    shouldOnly: shouldOnly(),
    incomplete: incomplete(),
    hostile: hostile(),
    large: large(2000),
  };
}
