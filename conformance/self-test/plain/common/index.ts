/** The faults and variants that any API may have, written once. */
import type { PlainFault, PlainVariant } from '../api.ts';
import { answeringFaults } from './answering.ts';
import { checkingFaults } from './checking.ts';
import { listingFaults } from './listing.ts';
import type { Shape } from './shape.ts';
import { storingFaults } from './storing.ts';
import { variantsOf } from './variants.ts';

/**
 * @param shape of an API
 * @returns two thirds of the faults that it may have: each is tried on several APIs, and no run of the matrix takes longer than it has to
 */
export function commonFaults(shape: Shape): PlainFault[] {
  return dealt(
    shape,
    [storingFaults, checkingFaults, answeringFaults, listingFaults].flatMap((faultsOf) => faultsOf(shape)),
  );
}

/** @returns the right server itself, and two thirds of the variants that an API of this shape may have */
export function commonVariants(shape: Shape): PlainVariant[] {
  const [right, ...others] = variantsOf(shape);
  return [...(right ? [right] : []), ...dealt(shape, others)];
}

/** Which third is left out depends on the name of the API. */
function dealt<T>({ api }: Shape, all: readonly T[]): T[] {
  const first = api.length % 3;
  return all.filter((_, index) => index % 3 !== first);
}
