import { isObject } from '../contract/resolve.ts';
import type { Case, Rule } from './types.ts';
import { caseId } from './kit/case-id.ts';
import { writers } from './kit/each.ts';
import { instant, tellsFractions } from './kit/equality.ts';
import { breached, notApplicable, pass } from './kit/outcome.ts';
import { controlPlaces } from './round-trip.ts';
import { createdRecord } from './kit/steps.ts';

/** The time of the last write never goes back, and moves on with an update. */
export const advances: Rule = {
  id: 'advances',
  title: 'the time of the last write never goes back',
  about:
    'The property is read before and after an update. Going back breaks a MUST; standing still only the level that the contract gives.',
  example: 'The time of the last update is earlier after an update than before it.',
  sentence: 'The time of the last write never goes back and moves on with an update.',
  profile: 'full',
  cases: (contract) =>
    writers(contract)
      .filter(({ writer }) => writer === 'update')
      .flatMap((part) =>
        part.resource.recordFields.flatMap((field): Case[] => {
          const { advances: level } = field;
          if (!level) return [];
          return [
            {
              id: caseId('advances', part.operation.id, field.name),
              level: 'MUST',
              title: `${field.name} is not earlier after an update than before it`,
              operation: part.operation.id,
              field: field.name,
              phase: 'write',
              pointer: field.pointer,
              writes: [`${part.operation.id}:control`],
              run: async (session) => {
                const { written, found } = await controlPlaces(session, part, false);
                const before = isObject(written.record?.created) ? written.record.created[field.name] : undefined;
                const from = instant(before);
                const after = found
                  .map((place) => ({ place, got: isObject(place.record) ? place.record[field.name] : undefined }))
                  .filter(({ got }) => instant(got) !== undefined);
                if (from === undefined || after.length === 0)
                  return notApplicable(`${field.name} is not returned before and after`);
                // A server that tells whole seconds in one place cuts off what it tells in another.
                const floor =
                  after.every(({ got }) => tellsFractions(got)) && tellsFractions(before) ? from : from - 999;
                const back = after.find(({ got }) => (instant(got) ?? 0) < floor);
                // Within one tick of a clock nothing can move on.
                const { written: made } = await createdRecord(session, part.resource, 'update-control');
                const elapsed = written.exchange.startedAtMs - (made.exchange.startedAtMs + made.exchange.durationMs);
                const still =
                  elapsed < 5 ? undefined : after.find(({ got }) => tellsFractions(got) && instant(got) === from);
                const wrong = back ?? still;
                if (!wrong) return pass(...after.map(({ place }) => place.exchange));
                if (!back && level === 'MAY') return pass(wrong.place.exchange);
                return breached(
                  {
                    kind: back ? 'went-back' : 'stood-still',
                    field: field.name,
                    before,
                    got: wrong.got,
                    seen: after.map(({ place, got }) => ({ where: place.way, got, ok: got !== wrong.got })),
                  },
                  {
                    level: back ? 'MUST' : level,
                    field: field.name,
                    exchanges: [written.exchange, wrong.place.exchange],
                  },
                );
              },
            },
          ];
        }),
      ),
};
