import type { RequestField } from '../contract/types.ts';
import { isSafe } from '../values/safe-value.ts';
import type { Case, Outcome, Rule, Session } from './types.ts';
import { arbitraryOf, isPlain, isSettled } from './kit/arbitraries.ts';
import { caseId } from './kit/case-id.ts';
import { judgePlaces } from './kit/compare.ts';
import { jsonWriters, type WriterOf } from './kit/each.ts';
import * as law from './kit/law.ts';
import { saidBy, serverError } from './kit/answers.ts';
import { breached, notApplicable, notTested, pass, show } from './kit/outcome.ts';
import { places, wayNames } from './kit/places.ts';
import { smallest } from './kit/shrink.ts';
import {
  control,
  controlCause,
  create,
  createdRecord,
  documentedSuccess,
  refused,
  update,
  type Written,
} from './kit/steps.ts';

/** How many further writes look for the smallest value that is not kept; an update takes a create beforehand. */
const furtherWrites = { create: 20, update: 12 };

/** `--explore N`: generated requests, where the other rules send chosen ones. */
export const explore: Rule = {
  id: 'explore',
  title: 'a generated value that keeps the schema is read back',
  about:
    'With --explore N each create and update is sent N more times, with values that are generated from the schema of every property whose values are free: texts of any script with spaces inside, numbers between the bounds, lists and objects. What was taken is read back and compared; a value that is not kept is shrunk to the smallest one that is not. A refusal is told only where the contract leaves no doubt that the value is taken. The values come from the seed.',
  example: 'A text with a letter beyond U+FFFF is answered with 201, and GET tells it with question marks.',
  sentence: 'Every value that the contract allows and the target takes is what is read back.',
  profile: 'full',
  cases: (contract, options) =>
    jsonWriters(contract).flatMap((part) =>
      Array.from({ length: options.explore }, (_, index) => exploreCase(part, index + 1)),
    ),
};

function exploreCase(part: WriterOf, number: number): Case {
  const { operation } = part;
  const key = `explore-${operation.id}-${String(number)}`;
  return {
    id: caseId('explore', operation.id, String(number)),
    level: 'MUST',
    title: `what ${operation.id} took of generated request ${String(number)} is read back`,
    operation: operation.id,
    phase: 'write',
    pointer: operation.requestBody?.schemaPointer ?? operation.pointer,
    writes: [`${operation.id}:${key}`],
    run: (session) => ask(session, part, key),
  };
}

/** One value of one property, and where it came from. */
interface Generated {
  field: RequestField;
  value: unknown;
  seed: number;
}

async function ask(session: Session, part: WriterOf, key: string): Promise<Outcome> {
  await control(session, part.resource, part.writer);
  const generated = await generate(session, part, key);
  if (generated.length === 0) return notApplicable('no property of the request has values that can be generated');
  const set = Object.fromEntries(generated.map(({ field, value }) => [field.name, value]));
  const written = await write(session, part, key, set);
  if (!written.ok) return judgeRefused(session, part, key, generated, written);
  const found: Outcome[] = [];
  for (const one of generated) {
    const outcome = await judgeKept(session, part, one.field, one.value, written);
    if (outcome.status === 'broken') found.push(await shrunk(session, part, one, outcome));
  }
  const [first, ...also] = found;
  if (first) return { ...first, also };
  return pass(written.exchange);
}

async function generate(session: Session, { operation, fields }: WriterOf, key: string): Promise<Generated[]> {
  const fc = await import('fast-check');
  return fields.flatMap((field) => {
    const arbitrary = field.roundTrip ? arbitraryOf(fc, session.contract, field) : undefined;
    if (!arbitrary) return [];
    const seed = session.fresh(key).int(`${operation.id}/${field.name}`, 2 ** 31 - 1);
    // Generated values may fall outside what is sent; the first that does not is taken.
    const value = fc.sample(arbitrary, { seed, numRuns: 20 }).find((each) => isSendable(session, field, each));
    return value === undefined ? [] : [{ field, value, seed }];
  });
}

function isSendable(session: Session, field: RequestField, value: unknown): boolean {
  return isPlain(value) && session.keeps(field.pointer, value) && isSafe(session.contract, field, value);
}

async function write(
  session: Session,
  { resource, writer }: WriterOf,
  key: string,
  set: Record<string, unknown>,
): Promise<Written> {
  if (writer === 'create') return create(session, resource, key, { set });
  // Each on a record of its own: a record that was read after an update is not read again.
  const { record } = await createdRecord(session, resource, `for-${key}`);
  return update(session, resource, record, key, { set });
}

async function judgeKept(
  session: Session,
  part: WriterOf,
  field: RequestField,
  value: unknown,
  written: Written,
): Promise<Outcome> {
  if (!written.record) return notApplicable('the response returns no id');
  const found = await places(session, part, written, written.record);
  const looked = found.filter((place) =>
    wayNames[part.writer].some(({ way, name }) => name === place.way && field.roundTrip?.ways.includes(way)),
  );
  const outcome = judgePlaces(session, part.resource, field, value, looked, written.record);
  // Whatever the level of taking a value, what was taken is kept.
  return outcome.status === 'broken' ? { ...outcome, level: outcome.level ?? 'MUST' } : outcome;
}

/** The outcome for the smallest value that is not kept; looked for once per property. */
async function shrunk(session: Session, part: WriterOf, from: Generated, outcome: Outcome): Promise<Outcome> {
  const { operation, writer } = part;
  const { field, value } = from;
  const found = await session.once(`explore-smallest:${operation.id}:${field.name}`, async () => {
    const fc = await import('fast-check');
    const arbitrary = arbitraryOf(fc, session.contract, field);
    if (!arbitrary) return { value, outcome };
    let writes = 0;
    return smallest(fc, arbitrary, { value, outcome, seed: from.seed }, async (candidate) => {
      if (writes >= furtherWrites[writer] || !isSendable(session, field, candidate)) return undefined;
      writes += 1;
      const written = await write(session, part, `explore-${operation.id}-${field.name}-smaller-${String(writes)}`, {
        [field.name]: candidate,
      });
      const judged = written.ok ? await judgeKept(session, part, field, candidate, written) : undefined;
      return judged?.status === 'broken' ? judged : undefined;
    });
  });
  const { breach } = found.outcome;
  if (breach?.kind !== 'not-persisted' && breach?.kind !== 'altered') return found.outcome;
  const generated = JSON.stringify(found.value) === JSON.stringify(value) ? {} : { generated: value };
  return { ...found.outcome, breach: { ...breach, value: 'generated', ...generated } };
}

/** A refusal is told only of a value that the contract plainly allows, and that is refused by itself. */
async function judgeRefused(
  session: Session,
  part: WriterOf,
  key: string,
  generated: readonly Generated[],
  written: Written,
): Promise<Outcome> {
  const { operation } = part;
  const status = written.exchange.response?.status ?? 0;
  if (law.isServerError(session.contract, written.exchange))
    return breached(serverError(written.exchange, { of: 'odd', title: `the generated ${show(written.body)}` }), {
      exchanges: [written.exchange],
    });
  if (!refused(written.exchange))
    return notTested(`${operation.id} answered ${String(status)} to a generated request`, controlCause(operation));
  const settled = law.isPlain(session.contract) ? [] : generated.filter((one) => isSettled(one.field, one.value));
  for (const { field, value } of settled) {
    const alone = await write(session, part, `${key}-${field.name}-alone`, { [field.name]: value });
    if (alone.ok || !refused(alone.exchange)) continue;
    return breached(
      {
        kind: 'rejected-valid',
        field: field.name,
        status: alone.exchange.response?.status ?? 0,
        asked: { of: 'valid', field: field.name, value },
        sent: value,
        said: saidBy(alone.exchange),
        documented: documentedSuccess(operation),
      },
      { field: field.name, pointer: field.pointer, exchanges: [alone.exchange] },
    );
  }
  return notApplicable(
    `${operation.id} answered ${String(status)} to a generated request; no source settles whether such values are taken`,
  );
}
