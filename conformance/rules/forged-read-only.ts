import { at, isObject } from '../contract/resolve.ts';
import type { RecordField } from '../contract/types.ts';
import type { Exchange } from '../model/index.ts';
import type { Case, Rule, Session, StoredRecord } from './types.ts';
import { caseId } from './kit/case-id.ts';
import { writers, type WriterOf } from './kit/each.ts';
import { sameInstant } from './kit/equality.ts';
import { isPlain } from './kit/law.ts';
import { breached, notApplicable, notTested, pass } from './kit/outcome.ts';
import { body, control, readOnce, remember, standingRecord, succeeded } from './kit/steps.ts';
import { unknownLike } from './kit/unknown-id.ts';

/** A client's own value for what only the server sets is refused or ignored, never applied. */
export const forgedReadOnly: Rule = {
  id: 'forged-read-only',
  title: 'a forged read-only value is never applied',
  about:
    'A create and an update carry a value for a property that is the server’s own, or that the operation cannot change. Refusing the request and ignoring the value are both right.',
  example: 'POST with a creation time of 2001-02-03 stores that date.',
  sentence: 'A value that a client sends for the server’s own property is never applied.',
  profile: 'full',
  cases: (contract) =>
    writers(contract).flatMap((part) =>
      forgeable(part, isPlain(contract)).map((field): Case => ({
        id: caseId('forged-read-only', part.operation.id, field.name),
        level: 'MUST',
        title: `${part.operation.id} never applies a forged ${field.name}`,
        operation: part.operation.id,
        field: field.name,
        phase: 'write',
        pointer: field.pointer,
        writes: [
          `${part.operation.id}:forged:${field.name}`,
          ...(part.writer === 'update' ? [`${part.resource.create?.id ?? ''}:for-forged:${field.name}`] : []),
        ],
        run: (session) => forge(session, part, field),
      })),
    ),
};

function forgeable({ resource, fields }: WriterOf, plain: boolean): RecordField[] {
  return resource.recordFields.filter(
    (field) =>
      (field.readOnly || field.immutable || (!plain && field.name === resource.idField)) &&
      !fields.some(({ name }) => name === field.name) &&
      field.link === undefined,
  );
}

function forgery(session: Session, part: WriterOf, field: RecordField, like: unknown): unknown {
  if (field.schema.format === 'date-time') return '2001-02-03T04:05:06.789Z';
  const fresh = session.fresh(`forged-${part.operation.id}-${field.name}`);
  if (typeof like === 'string' && like.length > 3) {
    const made = unknownLike(like, fresh);
    return made === like ? `${like}x` : made;
  }
  if (typeof like === 'number') return like + 4242;
  if (typeof like === 'boolean') return !like;
  return `forged-${fresh.token}`;
}

async function forge(session: Session, part: WriterOf, field: RecordField) {
  const { resource, operation, writer } = part;
  const base = await control(session, resource, writer);
  const like = isObject(base.record?.created) ? base.record.created[field.name] : undefined;
  const value = forgery(session, part, field, like);
  const key = `forged-${operation.id}-${field.name}`;
  const target = writer === 'update' ? await standingRecord(session, resource, `for-${key}`) : undefined;
  const json = { ...body(session, resource, writer, key, { id: target?.id }), [field.name]: value };
  const exchange = await session.send({
    operation,
    json,
    pathParameters: target ? { [resource.idParameter]: target.id } : {},
  });
  const status = exchange.response?.status ?? 0;
  if (status >= 400 && status < 500) {
    session.refused.push({
      operation: operation.id,
      field: field.name,
      what: `${field.name} was forged`,
      marker: session.fresh(key).token,
      exchange,
    });
    return pass(exchange);
  }
  if (!succeeded(exchange))
    return notTested(`${operation.id} answered ${String(status)}`, `server-error|${operation.id}`);
  const { [field.name]: _forged, ...state } = json;
  const record = target ?? remember(session, resource, key, state, exchange);
  if (target) {
    target.state = { ...target.state, ...state };
    target.updated = true;
    target.version += 1;
  }
  return judge(session, part, field, value, exchange, record);
}

async function judge(
  session: Session,
  { resource, writer }: WriterOf,
  field: RecordField,
  value: unknown,
  exchange: Exchange,
  record: StoredRecord | undefined,
) {
  const seen: { where: string; got: unknown; exchange: Exchange }[] = [
    {
      where: `${writer} response`,
      got: at(
        exchange.response?.json,
        `${writer === 'create' ? resource.recordAt.create : resource.recordAt.update}/${field.name}`,
      ),
      exchange,
    },
  ];
  if (resource.read && record) {
    const read = await session.eventually(() => readOnce(session, resource, record.id), succeeded);
    if (succeeded(read))
      seen.push({
        where: 'get',
        got: at(read.response?.json, `${resource.recordAt.read}/${field.name}`),
        exchange: read,
      });
  }
  if (resource.read && field.name === resource.idField && typeof value === 'string' && record?.id !== value) {
    const read = await readOnce(session, resource, value);
    const never = await readOnce(session, resource, unknownLike(value, session.fresh('never-forged')));
    if (succeeded(read) && !succeeded(never)) seen.push({ where: 'get by the forged id', got: value, exchange: read });
  }
  const applied = seen.filter(
    ({ got }) => got != null && (got === value || (field.schema.format === 'date-time' && sameInstant(got, value))),
  );
  if (applied.length === 0)
    return seen.some(({ got }) => got != null) ? pass(exchange) : notApplicable(`${field.name} is returned nowhere`);
  return breached(
    {
      kind: 'forged-applied',
      field: field.name,
      sent: value,
      seen: seen.map(({ where, got }) => ({
        where,
        got,
        missing: got === undefined,
        ok: !applied.some((place) => place.where === where),
      })),
    },
    { field: field.name, exchanges: applied.map((place) => place.exchange) },
  );
}
