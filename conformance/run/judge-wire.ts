/** Breaches of HTTP's own rules that leave an answer readable: worth a warning, whatever the contract says. */
import type { ReceivedResponse } from '../model/index.ts';
import type { Problem } from '../rules/types.ts';
import { splitList } from '../target/index.ts';

type Base = Pick<Problem, 'operation' | 'exchange' | 'pointer'>;

/** @returns the media types that an answer names, without parameters, in lower case; more than one only where several headers came */
export function mediaTypesOf({ headers }: ReceivedResponse): string[] {
  return splitList(headers['content-type'] ?? '').map(essence);
}

/**
 * @param response what it answered
 * @param base what all problems of the exchange share
 * @see RFC 9110 sections 8.3 (Content-Type is one value), 8.6 and 15.3.5 (204 has no body), RFC 9112 section 6.1
 */
export function judgeWire(response: ReceivedResponse, base: Base): Problem[] {
  const { status, headers } = response;
  const problems: Problem[] = [];
  const types = headers['content-type'] ?? '';
  if (contradict(splitList(types)))
    problems.push({
      ...base,
      rule: 'content-type',
      level: 'SHOULD',
      breach: { kind: 'contradicting-content-types', status, types },
    });
  const announced = status === 204 ? bodyHeader(headers) : undefined;
  if (announced !== undefined)
    problems.push({
      ...base,
      rule: 'response-body',
      level: 'SHOULD',
      breach: { kind: 'body-with-204', announced },
    });
  return problems;
}

function bodyHeader(headers: ReceivedResponse['headers']): string | undefined {
  const length = headers['content-length']?.trim();
  if (length !== undefined && length !== '0') return `Content-Length: ${length}`;
  return headers['transfer-encoding'] === undefined ? undefined : `Transfer-Encoding: ${headers['transfer-encoding']}`;
}

/** Another media type, or another charset where both name one, is a contradiction; the same twice is not. */
function contradict(types: readonly string[]): boolean {
  if (types.length < 2) return false;
  const charsets = types.flatMap((type) => /;\s*charset\s*=\s*"?([^";\s]+)/i.exec(type)?.[1]?.toLowerCase() ?? []);
  return new Set(types.map(essence)).size > 1 || new Set(charsets).size > 1;
}

function essence(type: string): string {
  return (type.split(';', 1)[0] ?? '').trim().toLowerCase();
}
