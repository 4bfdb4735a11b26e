import { at, escapeToken, isObject } from '../contract/resolve.ts';
import type { RequestField, Resource, Updater } from '../contract/types.ts';
import type { Case, Outcome, Rule, Session } from './types.ts';
import { caseId } from './kit/case-id.ts';
import { makeable } from './kit/each.ts';
import { explanationOf } from './kit/explanation.ts';
import { isPlain } from './kit/law.ts';
import { breached, notApplicable, notTested, pass, show } from './kit/outcome.ts';
import { isOurs } from './kit/server-made.ts';
import { createdRecord, readOnce, succeeded } from './kit/steps.ts';
import { formOf } from './kit/usual-form.ts';
import { makeBody } from './kit/values.ts';

/** PATCH changes what it names and leaves the rest alone (RFC 5789 section 2). */
export const patchKeeps: Rule = {
  id: 'patch-keeps',
  title: 'PATCH leaves alone what it does not name',
  about:
    'A record is read, one of its properties is changed by PATCH, and every other property is compared with what it was.',
  example: 'PATCH of the title empties the description.',
  sentence: 'PATCH changes the properties that it names and no others.',
  profile: 'full',
  cases: (contract) =>
    makeable(contract).flatMap((resource) =>
      resource.read
        ? resource.updates
            .filter(({ operation }) => operation.method === 'PATCH' && operation.requestBody !== undefined)
            .map((updater): Case => ({
              id: caseId('patch-keeps', updater.operation.id),
              level: 'MUST',
              title: `${updater.operation.id} leaves alone what it does not name`,
              operation: updater.operation.id,
              phase: 'write',
              pointer: updater.operation.pointer,
              writes: [`${resource.create?.id ?? ''}:patched`, `${updater.operation.id}:one`],
              run: (session) => ask(session, resource, updater),
            }))
        : [],
    ),
};

async function ask(session: Session, resource: Resource, { operation, fields }: Updater): Promise<Outcome> {
  if (!isPlain(session.contract)) return notApplicable('the contract says itself what an update changes');
  const needed = fields.filter((field) => field.required);
  const one = needed.length > 0 ? undefined : fields.find((field) => isChangeable(resource, field));
  if (needed.length === 0 && !one) return notApplicable('it has no property of its own');
  const { record } = await createdRecord(session, resource, 'patched');
  const before = await readOnce(session, resource, record.id);
  const body = makeBody(session, one ? [{ ...one, required: true }] : needed, undefined, `patch-${operation.id}`, {
    other: true,
  });
  if (Object.keys(body).length === 0) return notApplicable('no value could be made for it');
  const patch = await session.send({
    operation,
    pathParameters: { [resource.idParameter]: record.id },
    json: body,
    valid: true,
  });
  if (!succeeded(patch))
    return notTested(
      `${operation.id} answered ${String(patch.response?.status)}${explanationOf(patch).said} to ${show(body)}`,
    );
  const after = await readOnce(session, resource, record.id);
  record.state = { ...record.state, ...body };
  record.updated = true;
  record.version += 1;
  if (!succeeded(before) || !succeeded(after)) return notTested('the record cannot be read');
  const [old, now] = [before, after].map((read) => at(read.response?.json, resource.recordAt.read));
  if (!isObject(old) || !isObject(now)) return notTested('the record cannot be read');
  for (const field of resource.createFields) {
    if (Object.hasOwn(body, field.name) || !isOurs({ resource }, field) || !Object.hasOwn(record.state, field.name))
      continue;
    const place = field.roundTrip?.at ?? `/${escapeToken(field.name)}`;
    const was = at(old, place) ?? null;
    const is = at(now, place) ?? null;
    if (was === null ? is === null : formOf(was, is, field.schema) !== 'other') continue;
    return breached(
      { kind: 'changed-unnamed', field: field.name, sent: body, before: was, got: is },
      { field: field.name, exchanges: [before, patch, after] },
    );
  }
  return pass(patch, after);
}

/** A text or a number without a pattern: a value of a list may be one of a state that moves others. */
function isChangeable(resource: Resource, field: RequestField): boolean {
  return isOurs({ resource }, field) && !field.from && field.roundTrip !== undefined && field.schema.enum === undefined;
}
