/**
 * What a document without requirements of its own proves: its words and HTTP's own RFCs, and nothing that is merely inferred.
 * A contract with requirements, or a keyword at the place, says more and is followed instead.
 */
import { isObject } from '../../contract/resolve.ts';
import type { Contract, Operation, Schema } from '../../contract/types.ts';
import type { Exchange, Level } from '../../model/index.ts';
import type { MutationKind } from './mutations.ts';

/** @returns whether the contract is a document as its owner published it, without a requirements file */
export function isPlain(contract: Contract): boolean {
  return contract.requirements.length === 0;
}

/** @returns whether a status is documented: by itself, by its class, or by `default` (OpenAPI 3.1, Responses Object) */
export function documents(operation: Operation, status: number): boolean {
  const names = new Set([String(status), `${String(status).charAt(0)}XX`, 'DEFAULT']);
  return operation.responses.some((response) => names.has(response.status.toUpperCase()));
}

/**
 * A 5xx that a target may answer: it says that it does not do this (501), or that it cannot now, with a reason or a time (503).
 * RFC 9110 sections 15.6.2 and 15.6.4.
 */
export function isExcused(exchange: Exchange): boolean {
  const { response } = exchange;
  if (!response) return false;
  if (response.status === 501) return true;
  return response.status === 503 && (response.headers['retry-after'] !== undefined || response.body.trim() !== '');
}

/**
 * @param contract the contract
 * @param exchange an answer
 * @returns whether it is a 5xx that is held against the target
 */
export function isServerError(contract: Contract, exchange: Exchange): boolean {
  return (exchange.response?.status ?? 0) >= 500 && !(isPlain(contract) && isExcused(exchange));
}

/**
 * The level of refusing a value that breaks the schema of a body. Formats are annotations unless somebody asserts them (JSON
 * Schema 2020-12, Validation, section 7.2.1), so accepting one is no more than a SHOULD.
 *
 * @param contract the contract
 * @param kind what is wrong with the value
 * @param level what a contract with requirements says
 * @param schema the property's schema: a level that stands in it wins
 */
export function levelOfAccepting(contract: Contract, kind: MutationKind, level: Level, schema: Schema): Level {
  if (!isPlain(contract) || isObject(schema['x-ringtrue-levels'])) return level;
  // Servers that ignore what they do not know lose nothing of what the document names.
  if (kind === 'format-refused' || kind === 'unknown-property') return 'SHOULD';
  // An empty text is a question of its length, of its pattern or of its list; where only a format is asked it is one of format.
  if (kind === 'empty-value')
    return schema.pattern !== undefined || schema.enum !== undefined || schema.minLength !== undefined
      ? 'MUST'
      : 'SHOULD';
  return level;
}
