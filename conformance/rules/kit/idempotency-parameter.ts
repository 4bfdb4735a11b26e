/** Headers by which a repeated request is known, under the names that APIs have for them. */
import { plain } from '../../contract/graph/words.ts';
import type { Operation, Parameter } from '../../contract/types.ts';

/** @returns whether a parameter is such a header: `Idempotency-Key`, `X-Idempotency-Key`, `Idempotency-Token` */
export function isIdempotencyKey({ in: where, name }: Pick<Parameter, 'in' | 'name'>): boolean {
  return where === 'header' && /^x?idempoten(?:cy|t)(?:key|token|id)?$/.test(plain(name));
}

/** @returns that header of an operation; undefined when its document has none */
export function idempotencyHeader({ parameters }: Operation): Parameter | undefined {
  return parameters.find((one) => isIdempotencyKey(one));
}
