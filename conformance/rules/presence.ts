import type { Case, Rule } from './types.ts';
import { caseId } from './kit/case-id.ts';
import { look, valueCause } from './kit/compare.ts';
import { writers } from './kit/each.ts';
import { broken, notApplicable, pass, show } from './kit/outcome.ts';
import { controlPlaces } from './round-trip.ts';

/** Values whose absence is a SHOULD: told somewhere after they were written. */
export const presence: Rule = {
  id: 'presence',
  title: 'a value that was written is told',
  about:
    'Where a contract only wishes that a property is told (presence: SHOULD), its absence is a warning and no failure; its value, where it is told, is the business of round-trip.',
  example: 'rate was written, and no response tells it.',
  sentence: 'A value that was written is told in responses.',
  profile: 'core',
  cases: (contract) =>
    writers(contract).flatMap((part) =>
      part.fields
        .filter((field) => field.roundTrip?.presence === 'SHOULD')
        .map((field): Case => ({
          id: caseId('presence', part.operation.id, field.name),
          level: 'SHOULD',
          title: `${field.name} is told after ${part.operation.id} wrote it`,
          operation: part.operation.id,
          field: field.name,
          phase: 'write',
          pointer: field.pointer,
          writes: [`${part.operation.id}:control`],
          run: async (session) => {
            const { written, found } = await controlPlaces(session, part, false);
            if (!Object.hasOwn(written.body, field.name)) return notApplicable(`${field.name} was not sent`);
            const sent = written.body[field.name];
            const absent = found.filter((place) => look(field, sent, place).seen === 'absent');
            if (absent.length === 0) return pass(...found.map((place) => place.exchange));
            return broken({
              kind: 'not-told',
              cause: `${valueCause(field.name)}|presence`,
              message: `${field.name} was sent as ${show(sent)}, and the ${absent.map(({ way }) => way).join(' and the ')} ${absent.length > 1 ? 'leave' : 'leaves'} it out.`,
              suggestion: `Tell ${field.name} in the response; the contract wishes it, and does not require it.`,
              field: field.name,
              evidence: {
                sent,
                got: found.map((place) => ({ where: place.way, ...gotOf(look(field, sent, place)) })),
              },
              exchanges: absent.map((place) => place.exchange),
            });
          },
        })),
    ),
};

function gotOf({ seen, got }: { seen: string; got: unknown }) {
  return { got, missing: got === undefined, ok: seen !== 'absent' };
}
