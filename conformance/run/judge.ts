/** The checks of every exchange, whatever case sent it. */
import { inDirection } from '../contract/direction.ts';
import { at, isObject } from '../contract/resolve.ts';
import { successOf } from '../contract/resources.ts';
import { statusPlaces } from '../contract/status-places.ts';
import type { Contract, Operation, Resource, ResponseSpec } from '../contract/types.ts';
import type { SchemaBreach, Validators } from '../contract/validators.ts';
import type { Breach, Exchange, Level } from '../model/index.ts';
import type { Judging, Problem } from '../rules/types.ts';
import { serverError } from '../rules/kit/answers.ts';
import { isPlain, isServerError } from '../rules/kit/law.ts';
import { lacksZone } from '../model/breach/difference.ts';
import { judgeWire, mediaTypesOf } from './judge-wire.ts';

/**
 * @param contract the contract
 * @param operation the operation that answered
 * @param exchange what it answered
 * @param validators the contract's schemas
 * @param only what the answer is held to
 * @returns what is wrong with it, one problem per cause
 */
export function judgeExchange(
  contract: Contract,
  operation: Operation,
  exchange: Exchange,
  validators: Validators,
  only: Judging,
): Problem[] {
  const response = exchange.response;
  if (!response) return [];
  const base = { operation: operation.id, exchange, pointer: operation.pointer, level: 'MUST' as Level };
  const { status } = response;
  if (status >= 500 && !isServerError(contract, exchange)) return [];
  if (status >= 500)
    return [
      {
        ...base,
        rule: 'no-server-error',
        breach: serverError(exchange, { of: 'request', method: exchange.request.method, path: pathOf(exchange) }),
      },
    ];
  if (only === 'server-error') return [];
  const spec = responseFor(operation, status);
  if (only === 'success' && (status >= 300 || !spec)) return [];
  if (!spec) {
    const problem = undocumented(contract, operation, status, base);
    // Where another 2xx is only frowned upon, it has to say what the documented one says.
    const meant = problem.level === 'SHOULD' && status < 300 ? successOf(operation) : undefined;
    return [problem, ...(meant ? judgeBody(contract, operation, exchange, meant, validators, base) : [])];
  }
  const problems: Problem[] = [];
  for (const header of spec.headers) {
    if (header.required && response.headers[header.name.toLowerCase()] === undefined)
      problems.push({
        ...base,
        rule: 'response-headers',
        breach: { kind: 'missing-header', status, header: header.name },
        pointer: spec.pointer,
      });
  }
  return [
    ...problems,
    ...judgeWire(response, base),
    ...judgeBody(contract, operation, exchange, spec, validators, base),
  ];
}

function pathOf({ request }: Exchange): string {
  const { pathname, search } = new URL(request.url);
  return pathname + search;
}

/** The response that the contract documents for a status: its own, its class's, or `default`. */
export function responseFor(operation: Operation, status: number): ResponseSpec | undefined {
  const named = (name: string): ResponseSpec | undefined =>
    operation.responses.find((response) => response.status.toUpperCase() === name);
  return named(String(status)) ?? named(`${String(status)[0] ?? ''}XX`) ?? named('DEFAULT');
}

type Base = Pick<Problem, 'operation' | 'exchange' | 'pointer' | 'level'>;

function undocumented(contract: Contract, operation: Operation, status: number, base: Base): Problem {
  if (isPlain(contract) && status >= 300) return unsaid(operation, status, base);
  const success = status >= 200 && status < 300;
  const documented = operation.responses.map((response) => response.status);
  const validation = status === 422 && operation.responses.some((response) => response.status === '400');
  const wanted = success ? (successOf(operation)?.status ?? '2xx') : undefined;
  return {
    ...base,
    rule: 'status-documented',
    level: success ? operation.undocumentedSuccess : validation ? 'SHOULD' : 'MUST',
    breach: { kind: 'undocumented-status', status, documented, wanted },
    pointer: `${operation.pointer}/responses`,
  };
}

/**
 * A refusal or a redirection that a plain document does not name. HTTP gives these statuses their meaning (RFC 9110 section 15), so
 * the target is right and the document is short: told once for each status, whatever number of operations answers it.
 */
function unsaid(operation: Operation, status: number, base: Base): Problem {
  const documented = operation.responses.map((response) => response.status);
  return {
    ...base,
    rule: 'status-documented',
    level: 'SHOULD',
    breach: { kind: 'undocumented-status', status, documented },
    pointer: `${operation.pointer}/responses`,
  };
}

function judgeBody(
  contract: Contract,
  operation: Operation,
  exchange: Exchange,
  spec: ResponseSpec,
  validators: Validators,
  base: Base,
): Problem[] {
  const response = exchange.response;
  if (!response || spec.mediaTypes.length === 0) return [];
  const { status } = response;
  const problem = (rule: string, breach: Breach): Problem => ({ ...base, rule, breach, pointer: spec.pointer });
  const documented = spec.mediaTypes;
  const broken = (how: 'bytes' | 'empty' | 'no-json', why?: string): Problem[] => [
    problem('response-body', { kind: 'broken-body', status, how, why, documented }),
  ];
  if (response.bodyError !== undefined) return broken('bytes', response.bodyError);
  if (response.body === '') return broken('empty');
  const types = mediaTypesOf(response);
  const [type = ''] = types;
  // Where several came, another rule says so; here it is enough that one of them is right.
  if (!documented.some((one) => [type, ...types].some((sent) => matchesType(one, sent))))
    return [problem('content-type', { kind: 'undocumented-content-type', status, type, documented })];
  if (response.jsonError !== undefined) return broken('no-json', response.jsonError);
  const problems = (response.oddities ?? []).map((oddity): Problem => ({
    ...problem('json-oddities', { kind: 'odd-json', oddity }),
    level: 'SHOULD',
  }));
  if (spec.schemaPointer === undefined || response.json === undefined) return problems;
  const all = validators.check(spec.schemaPointer, response.json);
  const breaches = inDirection(contract.document, spec.schemaPointer, all, 'response');
  problems.push(...breachProblems(contract, operation, exchange, breaches, base));
  problems.push(...statusInBody(contract, operation, exchange, spec, base));
  return problems;
}

function matchesType(documented: string, type: string): boolean {
  const wanted = documented.split(';')[0]?.trim().toLowerCase() ?? '';
  return wanted === type || wanted === '*/*' || (wanted.endsWith('/*') && type.startsWith(wanted.slice(0, -1)));
}

/** Breaches below one broken `anyOf` say the same thing several times: the outermost place is enough. */
function breachProblems(
  contract: Contract,
  operation: Operation,
  exchange: Exchange,
  breaches: SchemaBreach[],
  base: Base,
): Problem[] {
  const found = new Map<string, Problem>();
  const status = exchange.response?.status ?? 0;
  for (const one of breaches.slice(0, 50)) {
    const field = recordField(contract, operation, status, one);
    const where = one.missing === undefined ? one.at : `${one.at}/${one.missing}`;
    const got = at(exchange.response?.json, where);
    const breach: Breach = {
      kind: 'invalid-body',
      status,
      at: where,
      keyword: one.keyword,
      field,
      says: one.keyword === 'format' && lacksZone(got) ? 'time-zone-lost' : one.message,
      got,
      missing: got === undefined,
    };
    const cause = field ?? where.replaceAll(/\/\d+/g, '/*');
    if (found.has(cause)) continue;
    found.set(cause, {
      ...base,
      rule: 'response-body',
      level: isPlain(contract) && isOfFormatAlone(one, breaches) ? 'SHOULD' : levelOf(contract, one),
      breach,
      field: field ?? topField(where),
      pointer: one.pointer,
    });
  }
  return [...found.values()];
}

/** What only an example shows of a returned value, the contract marks as less than a MUST. */
function levelOf(contract: Contract, { keyword, pointer }: SchemaBreach): Level {
  const schema = at(contract.document, pointer.slice(0, pointer.lastIndexOf('/')));
  const levels = isObject(schema) ? schema['x-ringtrue-levels'] : undefined;
  return isObject(levels) && Object.hasOwn(levels, keyword) ? (levels[keyword] as Level) : 'MUST';
}

/** A format binds only who asserts it (JSON Schema 2020-12, Validation, section 7.2.1): the type and everything else is right. */
function isOfFormatAlone({ at: place }: SchemaBreach, breaches: readonly SchemaBreach[]): boolean {
  const here = breaches.filter((one) => one.at === place);
  return (
    here.some(({ keyword }) => keyword === 'format') &&
    here.every(
      ({ keyword, message }) =>
        ['format', 'anyOf', 'oneOf'].includes(keyword) || (keyword === 'type' && message.includes('null')),
    )
  );
}

function topField(where: string): string | undefined {
  return where.split('/').filter((token) => token !== '' && !/^\d+$/.test(token))[0];
}

/** The record's property that a breach is about, if it stands inside a record. */
function recordField(
  contract: Contract,
  operation: Operation,
  status: number,
  breach: SchemaBreach,
): string | undefined {
  if (status >= 300) return undefined;
  for (const resource of contract.resources) {
    const prefix = recordPrefix(resource, operation, breach.at);
    if (prefix === undefined) continue;
    const rest = breach.at.slice(prefix.length).split('/').slice(1);
    const name = rest[0] ?? breach.missing;
    // A property that another one stands behind is told under that one's name.
    const behind = [...resource.createFields, ...resource.updateFields].find(
      ({ roundTrip }) =>
        roundTrip &&
        roundTrip.at.split('/')[1] === name &&
        (rest[1] === undefined || roundTrip.at.split('/')[2] === rest[1] || roundTrip.at.split('/').length === 2),
    );
    return behind?.name ?? name;
  }
  return undefined;
}

function recordPrefix(resource: Resource, operation: Operation, place: string): string | undefined {
  if (operation === resource.list) {
    const match = new RegExp(`^${resource.itemsAt.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}/\\d+`).exec(place);
    return match?.[0];
  }
  const prefix =
    operation === resource.create
      ? resource.recordAt.create
      : operation === resource.read
        ? resource.recordAt.read
        : resource.updates.find((updater) => updater.operation === operation)?.recordAt;
  return prefix !== undefined && place.startsWith(prefix) ? prefix : undefined;
}

/** Properties that must equal the response's own status (`x-ringtrue-http-status`). */
function statusInBody(
  contract: Contract,
  operation: Operation,
  exchange: Exchange,
  spec: ResponseSpec,
  base: Base,
): Problem[] {
  const response = exchange.response;
  if (!response || !spec.schema || spec.schemaPointer === undefined) return [];
  return statusPlaces(contract.document, spec).flatMap(({ pointer, place }) => {
    const got = at(response.json, pointer);
    if (got === undefined || got === response.status) return [];
    return [
      {
        ...base,
        rule: 'http-status-in-body',
        breach: { kind: 'wrong-status-in-body', status: response.status, at: pointer, got } as const,
        field: topField(pointer),
        pointer: place,
      },
    ];
  });
}
