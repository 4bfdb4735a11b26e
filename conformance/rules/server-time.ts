import { at } from '../contract/resolve.ts';
import type { RecordField } from '../contract/types.ts';
import type { Case, Outcome, Rule, Session } from './types.ts';
import { caseId } from './kit/case-id.ts';
import { writers, type WriterOf } from './kit/each.ts';
import { instant } from './kit/equality.ts';
import { breached, notApplicable, pass } from './kit/outcome.ts';
import { control } from './kit/steps.ts';

/** Wider than clocks of one system differ, and narrower than any two time zones. */
const TOLERANCE_MS = 10 * 60_000;

/** The server's own times are near the Date header of the answer that sets them. */
export const serverTime: Rule = {
  id: 'server-time',
  title: 'the server’s own times are near the answer’s Date',
  about:
    'What the server sets as the time of making or of the last write is compared with the Date header of the same answer (RFC 9110 section 6.6.1); ten minutes of difference are allowed. Without the header there is nothing to compare with.',
  example: 'A record that is created at noon is returned with a creation time of 0001-01-01, or of five hours later.',
  sentence: 'The server’s own times are near the time of the answer that sets them.',
  profile: 'full',
  cases: (contract) =>
    writers(contract).flatMap((part) =>
      part.resource.recordFields
        .filter((field) => isSetBy(part, field))
        .map((field): Case => ({
          id: caseId('server-time', part.operation.id, field.name),
          level: 'SHOULD',
          title: `${field.name} in the answer of ${part.operation.id} is near its Date header`,
          operation: part.operation.id,
          field: field.name,
          phase: 'write',
          pointer: field.pointer,
          writes: [`${part.operation.id}:control`],
          run: (session) => judge(session, part, field),
        })),
    ),
};

/** The contract says of these that they are the time of making, or of the last write. */
function isSetBy({ writer }: WriterOf, { schema, readOnly, immutable, advances }: RecordField): boolean {
  if (schema.format !== 'date-time' || !readOnly) return false;
  return advances !== undefined || (immutable && writer === 'create');
}

async function judge(
  session: Session,
  { resource, operation, writer }: WriterOf,
  field: RecordField,
): Promise<Outcome> {
  const { exchange } = await control(session, resource, writer);
  const date = exchange.response?.headers.date;
  const answered = date === undefined ? NaN : Date.parse(date);
  if (Number.isNaN(answered)) return notApplicable(`${operation.id} answered without a Date header`);
  const got = at(exchange.response?.json, `${resource.recordAt[writer]}/${field.name}`);
  const set = instant(got);
  if (set === undefined) return notApplicable(`the answer of ${operation.id} has no instant as ${field.name}`);
  const off = set - answered;
  if (Math.abs(off) <= TOLERANCE_MS) return pass(exchange);
  return breached(
    { kind: 'time-off', field: field.name, got, date: date ?? '', offMs: off, where: `${writer} response` },
    { field: field.name, exchanges: [exchange] },
  );
}
