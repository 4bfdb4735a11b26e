import type { Resource } from '../contract/types.ts';
import type { Case, Outcome, Rule, Session } from './types.ts';
import { caseId } from './kit/case-id.ts';
import { makeable } from './kit/each.ts';
import { breached, notTested, pass } from './kit/outcome.ts';
import { resourceOf } from './kit/references.ts';
import { createdRecord, readOnce, succeeded } from './kit/steps.ts';
import { idOf, itemsOf } from './kit/walk.ts';

/** A record that stands below another one is read and listed there alone. */
export const childOf: Rule = {
  id: 'child-of',
  title: 'a nested record is read and listed below its own parent alone',
  about:
    'A record is made below one parent, and asked for below another one of the same kind that the run made as well: by its id, and in the list there.',
  example: 'GET /owners/2/pets/7 answers the pet of owner 1.',
  sentence: 'A nested record is neither read nor listed below another parent.',
  profile: 'full',
  cases: (contract) =>
    makeable(contract).flatMap((resource): Case[] => {
      const parent = resource.parents.at(-1);
      const above = resourceOf(contract, parent?.resource);
      if (!parent || !above || above === resource || !makeable(contract).includes(above)) return [];
      return (['read', 'list'] as const).flatMap((way): Case[] => {
        const operation = resource[way];
        if (!operation?.path.includes(`{${parent.parameter}}`)) return [];
        return [
          {
            id: caseId('child-of', operation.id),
            level: 'MUST',
            title: `${operation.id} has no record of another ${parent.parameter}`,
            operation: operation.id,
            phase: 'write',
            pointer: operation.pointer,
            writes: [`${resource.create?.id ?? ''}:control`, `${above.create?.id ?? ''}:other-parent`],
            run: (session) => ask(session, resource, above, parent.parameter, way),
          },
        ];
      });
    }),
};

async function ask(
  session: Session,
  resource: Resource,
  above: Resource,
  parameter: string,
  way: 'read' | 'list',
): Promise<Outcome> {
  const operation = resource[way];
  if (!operation) return notTested('there is no such operation');
  const { record, written } = await createdRecord(session, resource, 'control');
  const { record: other } = await createdRecord(session, above, 'other-parent');
  const elsewhere = { [parameter]: other.id };
  if (way === 'read') {
    const home = await readOnce(session, resource, record.id);
    if (!succeeded(home))
      return notTested(
        `${operation.id} answers ${String(home.response?.status)} below its own parent`,
        `read|${operation.id}`,
      );
    const exchange = await session.send({
      operation,
      pathParameters: { ...elsewhere, [resource.idParameter]: record.id },
    });
    return succeeded(exchange) ? strange(exchange.response?.status, [written.exchange, exchange]) : pass(exchange);
  }
  const exchange = await session.send({ operation, pathParameters: elsewhere });
  if (!succeeded(exchange))
    return notTested(`${operation.id} answers ${String(exchange.response?.status)} below another parent`);
  const listed = itemsOf(resource, exchange).some((item) => idOf(resource, item) === record.id);
  return listed ? strange(exchange.response?.status, [written.exchange, exchange]) : pass(exchange);

  function strange(status: number | undefined, exchanges: Outcome['exchanges']): Outcome {
    return breached(
      {
        kind: 'wrong-parent',
        parameter,
        parent: other.id,
        status: status ?? 0,
        id: record.id,
        listed: way === 'list',
      },
      { exchanges },
    );
  }
}
