import { at } from '../contract/resolve.ts';
import type { RequestField } from '../contract/types.ts';
import type { Case, Outcome, Rule, Session } from './types.ts';
import { caseId } from './kit/case-id.ts';
import { writers, type WriterOf } from './kit/each.ts';
import { isPlain } from './kit/law.ts';
import { markedIn, type Marked } from './kit/marked.ts';
import { breached, notApplicable, pass } from './kit/outcome.ts';
import { control } from './kit/steps.ts';
import { controlPlaces } from './round-trip.ts';

/** What is only ever written is never returned. */
export const writeOnly: Rule = {
  id: 'write-only',
  title: 'a writeOnly property is never returned',
  about:
    'What a document marks writeOnly, at any depth of a request, is looked for in the response of the write, in a GET and in the list. The value that was written is a broken MUST; something else in its place, such as a mask, is a warning.',
  example: 'POST with a password is answered with that password.',
  sentence: 'A property that is writeOnly is never present in a response.',
  profile: 'core',
  cases: (contract) =>
    isPlain(contract)
      ? writers(contract).flatMap((part) =>
          part.fields.flatMap((field) =>
            markedIn(contract, field, 'writeOnly').map((marked) => caseOf(part, field, marked)),
          ),
        )
      : [],
};

function caseOf(part: WriterOf, field: RequestField, marked: Marked): Case {
  const { operation, resource, writer } = part;
  const inner = marked.at.split('/').slice(2).join('-');
  return {
    id: caseId('write-only', operation.id, field.name, inner),
    level: 'MUST',
    title: `${marked.at.slice(1).replaceAll('/', '.')} as ${operation.id} wrote it stands in no response`,
    operation: operation.id,
    field: field.name,
    phase: 'quiet',
    pointer: `${marked.pointer}/writeOnly`,
    writes: [`${operation.id}:control`],
    prepare: (session) => control(session, resource, writer),
    run: (session) => judge(session, part, field, marked),
  };
}

async function judge(session: Session, part: WriterOf, field: RequestField, { at: place }: Marked): Promise<Outcome> {
  const { written, found } = await controlPlaces(session, part, true);
  const sent = at(written.body, place);
  if (sent === undefined || sent === null) return notApplicable(`${place.slice(1)} was not sent`);
  const looks = found.map((one) => ({ one, got: at(one.record, place) }));
  const shown = looks.filter(({ got }) => got !== undefined && got !== null && got !== '');
  const leaked = shown.filter(({ got }) => JSON.stringify(got) === JSON.stringify(sent));
  const first = leaked[0] ?? shown[0];
  if (!first) return pass(...found.map(({ exchange }) => exchange));
  return breached(
    {
      kind: 'write-only-returned',
      field: field.name,
      at: place,
      sent,
      got: first.got,
      seen: looks.map(({ one, got }) => ({
        where: one.way,
        got,
        missing: got === undefined,
        ok: !(leaked.length > 0 ? leaked : shown).some((other) => other.one === one),
      })),
    },
    {
      level: leaked.length > 0 ? 'MUST' : 'SHOULD',
      field: field.name,
      operation: first.one.operation,
      exchanges: [first.one.exchange],
    },
  );
}
