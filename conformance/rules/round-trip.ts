import type { RequestField, WayIn } from '../contract/types.ts';
import type { Case, Rule, Session } from './types.ts';
import { caseId } from './kit/case-id.ts';
import { judgePlaces, look, type Place } from './kit/compare.ts';
import { writers, type WriterOf } from './kit/each.ts';
import { isPlain } from './kit/law.ts';
import { notApplicable, notTested } from './kit/outcome.ts';
import { placeOf, places, wayNames } from './kit/places.ts';
import { isOurs } from './kit/server-made.ts';
import { control, type Written } from './kit/steps.ts';

/** What was written is read back, field by field and way by way: the heart of the suite. */
export const roundTrip: Rule = {
  id: 'round-trip',
  title: 'a value that was written is read back',
  about:
    'Each property of a create and of an update is compared, one by one, in the response of the write, in a GET of the record and in the list. The response of the write alone is no evidence: only GET and list show what was stored.',
  example: 'POST echoes the value, and GET answers without it.',
  sentence: 'A value that was written is what is read back.',
  profile: 'core',
  cases: (contract) => writers(contract).flatMap((part) => fieldCases(part, isPlain(contract))),
};

function fieldCases(part: WriterOf, plain: boolean): Case[] {
  const { resource, operation, writer } = part;
  const asked = plain ? part.fields.filter((field) => !field.roundTrip?.inferred || isOurs(part, field)) : part.fields;
  return asked.flatMap((field) =>
    wayNames[writer]
      .filter(({ way }) => (way !== 'list' || resource.list) && (way !== 'read' || resource.read))
      .filter(({ way }) => field.roundTrip?.ways.includes(way) ?? false)
      .map(({ way, name }): Case => ({
        id: caseId('round-trip', operation.id, field.name, name),
        level: 'MUST',
        title: `${field.name} as ${operation.id} wrote it stands in the ${name}`,
        operation: operation.id,
        field: field.name,
        way: name,
        phase: way === 'list' ? 'quiet' : 'write',
        pointer: field.pointer,
        writes: [`${operation.id}:control`],
        prepare: (session) => control(session, resource, writer),
        run: (session) => compare(session, part, field, way, name),
      })),
  );
}

async function compare(session: Session, part: WriterOf, field: RequestField, way: WayIn, name: string) {
  const written = await controlOf(session, part);
  const { record } = written;
  if (!record) return notApplicable('the create response returns no id');
  const learnt = session.learnt.get(part.operation.id);
  if (!Object.hasOwn(written.body, field.name) && learnt)
    return notTested(`${part.operation.id} takes no ${field.name}${learnt.said}`);
  if (!Object.hasOwn(written.body, field.name))
    return notApplicable(`${field.name} was not sent: it has no value to send`);
  const place = await placeOf(session, part, written, record, way, name);
  if (!place) return notApplicable('that response has no body');
  const sent = written.body[field.name];
  const outcome = judgePlaces(session, part.resource, field, sent, [place], record);
  if (outcome.status !== 'broken' || way === part.writer) return outcome;
  // The response of the write stands in the evidence too, so that one glance shows where a value is lost.
  const response = await placeOf(
    session,
    part,
    written,
    record,
    part.writer,
    wayNames[part.writer][0]?.name ?? part.writer,
  );
  const echo = response && look(field, sent, response);
  const row = echo && {
    where: response.way,
    got: echo.got,
    missing: echo.got === undefined,
    ok: echo.seen === 'equal',
  };
  const { breach } = outcome;
  return {
    ...outcome,
    ...(row && breach && 'seen' in breach ? { breach: { ...breach, seen: [row, ...(breach.seen ?? [])] } } : {}),
    exchanges: [written.exchange, ...(outcome.exchanges ?? [])],
  };
}

/** The control write of a resource, and every place where it can be looked at. */
export async function controlPlaces(
  session: Session,
  part: WriterOf,
  withList: boolean,
): Promise<{ written: Written; found: Place[] }> {
  const written = await controlOf(session, part);
  return { written, found: written.record ? await places(session, part, written, written.record, withList) : [] };
}

function controlOf(session: Session, part: WriterOf): Promise<Written> {
  return control(session, part.resource, part.writer);
}
