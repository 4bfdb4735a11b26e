/** What a generic fault is. */
import type { Operation } from '../contract/types.ts';
import type { Hooks } from './model.ts';

/** What a generic fault breaks; the part of its id before the first colon. */
export type FaultKind =
  | 'not-stored'
  | 'not-updated'
  | 'altered'
  | 'not-returned'
  | 'required-field-missing'
  | 'wrong-type-returned'
  | 'required-not-enforced'
  | 'enum-not-enforced'
  | 'type-not-enforced'
  | 'bounds-not-enforced'
  | 'pattern-not-enforced'
  | 'format-not-enforced'
  | 'update-clears'
  | 'list-repeats'
  | 'list-misses'
  | 'list-mixes-parents'
  | 'pagination-ignored'
  | 'filter-ignored'
  | 'delete-keeps'
  | 'server-error'
  | 'empty-answer'
  | 'wrong-status'
  | 'auth-not-checked'
  | 'unknown-id-found'
  | 'slow';

/** One defect in an otherwise right server. */
export interface GenericFault {
  /** Kind, operation or resource, and field: `not-stored:createPet.name`. */
  id: string;
  kind: FaultKind;
  /** What the server does wrong, as a fact. */
  title: string;
  operation: string;
  field?: string;
  /** Pointer of the schema or operation that it breaks. */
  pointer: string;
  hooks: () => Hooks;
}

/** @returns a fault with the id that follows from its kind, its operation and its field */
export function makes(
  kind: FaultKind,
  title: string,
  operation: Operation,
  pointer: string,
  hooks: () => Hooks,
  field?: string,
): GenericFault {
  return {
    id: `${kind}:${operation.id}${field === undefined ? '' : `.${field}`}`,
    kind,
    title,
    operation: operation.id,
    ...(field === undefined ? {} : { field }),
    pointer,
    hooks,
  };
}
