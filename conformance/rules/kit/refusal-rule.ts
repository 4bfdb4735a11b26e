/** A rule whose cases each send one kind of refused value. */
import type { Contract, RequestField } from '../../contract/types.ts';
import type { Asked } from '../../model/index.ts';
import type { Case, Rule } from '../types.ts';
import { caseId } from './case-id.ts';
import { writers, type WriterOf } from './each.ts';
import { converted } from './converted.ts';
import { isPlain } from './law.ts';
import { mutationsOf, type Mutation, type MutationKind } from './mutations.ts';
import { unknownField } from './nested-mutations.ts';
import { judgeRefusal, sendMutation } from './refusal.ts';
import { notTested } from './outcome.ts';

/**
 * @param id the kind of change, which is the rule's id
 * @param words title, description and example of the rule
 */
export function refusalRule(
  id: MutationKind,
  words: Pick<Rule, 'title' | 'about' | 'example' | 'profile' | 'sentence'>,
): Rule {
  return {
    id,
    ...words,
    *cases(contract) {
      for (const part of writers(contract)) {
        for (const field of part.fields.filter((one) => !isPathsOwn(contract, part, one)))
          for (const mutation of mutationsOf(contract, field)) if (mutation.kind === id) yield caseOf(part, mutation);
        const whole = id === 'unknown-property' ? unknownField(contract, part.operation.requestBody) : undefined;
        if (whole) yield caseOf(part, unknownMutation(whole));
      }
    },
  };
}

/** The record's own id in the body of an update: the path says which record is meant, and a target need not look at it. */
function isPathsOwn(contract: Contract, { resource, writer }: WriterOf, field: RequestField): boolean {
  return isPlain(contract) && writer === 'update' && field.name === resource.idField;
}

/** A body as a whole that is closed. */
function unknownMutation({ field, keyword }: { field: RequestField; keyword: string }): Mutation {
  return {
    kind: 'unknown-property',
    field,
    pointer: `/${field.name}`,
    value: 'ringtrue',
    level: 'SHOULD',
    detail: '',
    what: `it has the property ${field.name}, which it may not have`,
    at: `${field.pointer}/${keyword}`,
  };
}

function askedOf({ kind, pointer, value, at, title }: Mutation): Asked {
  const keyword = at.split('/').at(-1);
  return {
    of: 'invalid',
    alteration: kind,
    at: pointer,
    ...(typeof value === 'function' ? {} : { value }),
    keyword: kind === 'wrong-type' && value === 1.5 ? 'fraction' : keyword,
    ...(title === undefined ? {} : { title }),
  };
}

/** Details that say no more than the rule's id does. */
const PLAIN = new Set(['missing', 'null', 'empty']);

function caseOf({ resource, writer, operation }: WriterOf, mutation: Mutation): Case {
  const { kind, field, detail, what, level } = mutation;
  const pointer = mutation.at.replace(/\/$/, '');
  return {
    id: caseId(kind, operation.id, field.name, PLAIN.has(detail) ? undefined : detail),
    level,
    title: `${operation.id} refuses a body in which ${what}`,
    operation: operation.id,
    field: field.name,
    phase: 'write',
    pointer,
    writes: [`${operation.id}:${kind}:${field.name}:${detail}`],
    run: async (session) => {
      const exchange = await sendMutation(session, resource, writer, mutation);
      if (exchange && !exchange.response) return notTested('no response came');
      const { contract } = session;
      const asked = askedOf(mutation);
      const outcome = judgeRefusal(exchange, { contract, operation, what, asked, level, field, pointer });
      if (outcome.breach?.kind !== 'accepted-invalid' || !exchange || !isPlain(contract)) return outcome;
      const visible = await converted(session, { resource, writer }, mutation, outcome.breach.asked, exchange);
      // What was stored in place of a list with equal items is seen nowhere: it may be right.
      const unseen = kind === 'duplicate-items' && !field.roundTrip;
      return visible ?? (unseen ? { ...outcome, level: 'SHOULD' } : outcome);
    },
  };
}
