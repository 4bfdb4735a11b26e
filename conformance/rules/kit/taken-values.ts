/** Values that must be taken: spread over as few writes as can prove them, and sent alone where a spread was refused. */
import { isObject, textOf, typesOf } from '../../contract/resolve.ts';
import type { Contract, RequestField } from '../../contract/types.ts';
import type { Level } from '../../model/index.ts';
import { phonePlace } from '../../values/phone-place.ts';
import { isSafe } from '../../values/safe-value.ts';
import { isEmptyInForm, isForm } from '../../values/serialise/bodies.ts';
import type { Outcome, Session } from '../types.ts';
import { caseId } from './case-id.ts';
import { judgePlaces, type Place } from './compare.ts';
import type { WriterOf } from './each.ts';
import { explanationOf } from './explanation.ts';
import { fieldBranches } from './field-branches.ts';
import { identifierValues, wideTexts } from './identifiers.ts';
import { isPlain, isServerError } from './law.ts';
import { keys, slug } from './mutations.ts';
import { oddTexts, withOddText } from './odd-texts.ts';
import { breached, notApplicable, notTested, pass, show } from './outcome.ts';
import { saidBy, serverError } from './answers.ts';
import { matches } from './pattern-mutations.ts';
import { places } from './places.ts';
import { control, create, createdRecord, documentedSuccess, update, type WriteOptions, type Written } from './steps.ts';
import { makeFieldValue, numeric } from './values.ts';

export interface TakenValue {
  rule: 'accepts-value' | 'identifier-values';
  field: RequestField;
  /** Tells it from the field's other values. */
  id: string;
  title: string;
  level: Level;
  /** The value itself, which for identifiers is fresh in every run. */
  make: (session: Session) => unknown;
  /** Which write carries it: values of one field never share one. */
  pack: string;
}

const known = new WeakMap<WriterOf['operation'], TakenValue[]>();

/** All values that one write operation must take, with the write that carries each. */
export function takenValues(contract: Contract, part: WriterOf): TakenValue[] {
  // Every case that carries a value asks which others go with it.
  const values = known.get(part.operation) ?? listValues(contract, part);
  known.set(part.operation, values);
  return values;
}

function listValues(contract: Contract, part: WriterOf): TakenValue[] {
  return part.fields.flatMap((field) => {
    const found = valuesOf(contract, part, field);
    const next: Record<string, number> = {};
    return found.map((value) => {
      const index = next[value.level] ?? 0;
      next[value.level] = index + 1;
      // Written out: V8 gives each object that a spread makes with a property more a shape of its own, at 300 bytes.
      const { rule, id, title, level, make, alone } = value;
      const pack = alone ? `${field.name}-${id}` : `${level}-${String(index)}`;
      return { rule, field, id, title, level, make, pack };
    });
  });
}

/** A value, and whether it spoils every write that carries it, because it may not leave the machine. */
type Found = Omit<TakenValue, 'pack'> & { alone: boolean };

function valuesOf(contract: Contract, { operation }: WriterOf, field: RequestField): Found[] {
  const { schema } = field;
  const found: Found[] = [];
  const inForm = isForm(operation.requestBody);
  const add = (id: string, title: string, level: Level, value: unknown): void => {
    if (inForm && isEmptyInForm(value)) return;
    const alone = !isSafe(contract, field, value);
    found.push({ rule: 'accepts-value', field, id, title, level, make: always(value), alone });
  };
  if (isPlain(contract) && field.from === undefined)
    for (const { id, title, take } of fieldBranches(contract, field))
      found.push({
        rule: 'accepts-value',
        field,
        id: `branch-${id}`,
        title,
        level: 'MUST',
        alone: false,
        make: (session) =>
          makeFieldValue(session, field, `branch-${operation.id}-${field.name}-${id}`, { branches: take }),
      });
  if (schema['x-ringtrue-generate'] === 'identifier') {
    const most = numeric(schema.maxLength);
    // Made without a session only to learn the names; the values themselves come from the run.
    for (const sample of identifierValues(noFresh, field.name, most)) {
      if (most !== undefined && Array.from(sample.value).length > most) continue;
      found.push({
        rule: 'identifier-values',
        field,
        id: sample.id,
        title: sample.title,
        level: sample.level,
        alone: false,
        make: (session) =>
          identifierValues(session.fresh(`${operation.id}/${field.name}/identifiers`), field.name, most).find(
            ({ id }) => id === sample.id,
          )?.value,
      });
    }
  }
  if (Array.isArray(schema.enum)) {
    for (const value of schema.enum) add(String(value), JSON.stringify(value), 'MUST', value);
  } else if (typesOf(schema).includes('boolean')) {
    for (const value of [true, false]) add(String(value), String(value), 'MUST', value);
  }
  const values = schema['x-ringtrue-values'];
  if (isObject(values) && Array.isArray(values.accept)) {
    for (const item of values.accept as unknown[]) {
      if (!isObject(item)) continue;
      const title = textOf(item.title, show(item.value));
      add(slug(title), title, (item.level as Level | undefined) ?? 'MUST', item.value);
    }
  }
  addBounds(field, add);
  if (field.fixture === undefined && schema['x-ringtrue-generate'] !== 'identifier') {
    const example = examplesOf(operation).find((value) => value[field.name] !== undefined)?.[field.name];
    for (const odd of oddTexts) {
      const value = withOddText(contract, schema, field.pointer, [field.name], example, odd.text);
      if (value !== undefined) add(odd.id, odd.title, 'MAY', value);
      // Where the contract leaves the empty text open although a format does not.
      else if (odd.text === '' && mayBeEmpty(schema)) add(odd.id, odd.title, 'MAY', '');
    }
  }
  return found;
}

function mayBeEmpty(schema: RequestField['schema']): boolean {
  const levels = schema['x-ringtrue-levels'];
  return typesOf(schema).includes('string') && isObject(levels) && levels.empty === 'MAY';
}

/** Made out here: a function that is made among them would keep all the values that are being found. */
function always(value: unknown): () => unknown {
  return () => value;
}

function examplesOf({ requestBody }: WriterOf['operation']): Record<string, unknown>[] {
  return (requestBody?.examples ?? []).flatMap(({ value }) => (isObject(value) ? [value] : []));
}

function addBounds(
  { name, schema, fixture, roundTrip }: RequestField,
  add: (id: string, title: string, level: Level, value: unknown) => void,
): void {
  // The bounds of a telephone number are somebody's number.
  if (fixture !== undefined || phonePlace([name], [schema])) return;
  const types = typesOf(schema);
  const minimum = numeric(schema.minimum);
  const maximum = numeric(schema.maximum);
  if (types.includes('number') || types.includes('integer')) {
    if (minimum !== undefined) add('smallest', `${String(minimum)}, the smallest`, 'MUST', minimum);
    if (maximum !== undefined) add('biggest', `${String(maximum)}, the biggest`, 'MUST', maximum);
    const fraction = [12.5, 0.5].map((one) => (minimum ?? 0) + one).find((one) => one <= (maximum ?? Infinity));
    if (types.includes('number') && fraction !== undefined)
      add('fraction', 'a number with a fraction', 'SHOULD', fraction);
  }
  const most = numeric(schema.maxProperties);
  if (types.includes('object') && most !== undefined && most < 10_000)
    add('most-keys', `${String(most)} keys`, 'MUST', keys(most));
  // Everything that a schema does not forbid is allowed: an empty list and an empty object too.
  if (types.includes('array') && (numeric(schema.minItems) ?? 0) === 0 && !hasAccepted(schema, []))
    add('no-item', 'an empty list', 'SHOULD', []);
  if (
    types.includes('object') &&
    (numeric(schema.minProperties) ?? 0) === 0 &&
    !Array.isArray(schema.required) &&
    schema.properties === undefined
  )
    add('no-key', 'an empty object', 'MUST', {});
  const plainText =
    types.includes('string') &&
    schema.pattern === undefined &&
    schema.format === undefined &&
    schema.enum === undefined;
  const longest = numeric(schema.maxLength);
  if (plainText && schema['x-ringtrue-generate'] !== 'identifier' && longest !== undefined && longest < 100_000)
    add(
      'longest',
      `${String(longest)} characters, the longest`,
      'MUST',
      'ringtrue-'.repeat(Math.ceil(longest / 9)).slice(0, longest),
    );
  if (plainText && schema['x-ringtrue-generate'] !== 'identifier')
    for (const { id, title, level, value } of wideTexts('', longest)) add(id, title, level, value);
  if (roundTrip?.equality === 'decimal' && types.includes('string') && matchesPattern(schema, manyDigits))
    add('many-digits', '20 digits after the point', 'MAY', manyDigits);
  if (types.includes('string') && schema.format === 'uri' && schema.pattern === undefined)
    add('capital-host', 'a URI with a capital host and no path', 'MAY', 'https://RingTrue.EXAMPLE');
}

/** More digits than a binary number of 64 bits tells apart. */
const manyDigits = '0.12345678901234567891';

function matchesPattern({ pattern }: RequestField['schema'], text: string): boolean {
  return typeof pattern !== 'string' || matches(pattern, text);
}

function hasAccepted(schema: RequestField['schema'], value: unknown): boolean {
  const values = schema['x-ringtrue-values'];
  return (
    isObject(values) &&
    Array.isArray(values.accept) &&
    values.accept.some((item) => isObject(item) && JSON.stringify(item.value) === JSON.stringify(value))
  );
}

const noFresh = { token: '0'.repeat(12), int: () => 0, hex: (_name: string, length: number) => '0'.repeat(length) };

/** The write that carries a value: the pack's, or one of its own when the pack was refused. */
async function carry(session: Session, part: WriterOf, value: TakenValue): Promise<Written> {
  await control(session, part.resource, part.writer);
  const together = takenValues(session.contract, part).filter((other) => other.pack === value.pack);
  const set = Object.fromEntries(together.map((other) => [other.field.name, other.make(session)]));
  // What a target may refuse need not keep the schema.
  const valid = value.level !== 'MAY';
  const packed = await write(session, part, `pack-${value.pack}`, { set, valid });
  if (packed.ok || together.length === 1) return packed;
  return write(session, part, `alone-${value.field.name}-${value.id}`, {
    set: { [value.field.name]: value.make(session) },
    valid,
  });
}

async function write(
  session: Session,
  { resource, writer }: WriterOf,
  key: string,
  options: WriteOptions,
): Promise<Written> {
  if (writer === 'create') return create(session, resource, key, options);
  const { record } = await createdRecord(session, resource, `for-${key}`);
  return update(session, resource, record, key, options);
}

/** Writes the value and reads it back, so that only the list is left for the quiet phase. */
export async function prepareValue(session: Session, part: WriterOf, value: TakenValue): Promise<void> {
  const written = await carry(session, part, value);
  if (written.record && part.resource.read) await places(session, part, written, written.record);
}

/** Whether the value was taken, and whether every way in tells it. */
export async function judgeValue(session: Session, part: WriterOf, value: TakenValue): Promise<Outcome> {
  const written = await carry(session, part, value);
  const { field } = value;
  const sent = value.make(session);
  const status = written.exchange.response?.status ?? 0;
  if (!written.ok) {
    if (value.level === 'MAY')
      return notApplicable(`${part.operation.id} does not take ${value.title}, which it may refuse`);
    if (isPlain(session.contract) && !isServerError(session.contract, written.exchange))
      return notTested(
        `${part.operation.id} answered ${String(status)}${explanationOf(written.exchange).said} to ${field.name} ${show(sent)}, which the document allows`,
      );
    if (field.fixture !== undefined)
      return notTested(`${part.operation.id} answered ${String(status)} for the fixture ${field.fixture}`);
    const details = { field: field.name, pointer: field.pointer, exchanges: [written.exchange] };
    const asked = { of: 'valid' as const, field: field.name, value: sent };
    if (status >= 500) return breached(serverError(written.exchange, asked), details);
    return breached(
      {
        kind: 'rejected-valid',
        field: field.name,
        status,
        asked,
        sent,
        value: value.title,
        said: saidBy(written.exchange),
        documented: documentedSuccess(part.operation),
      },
      details,
    );
  }
  if (!field.roundTrip || !written.record) return pass(written.exchange);
  const found = await places(session, part, written, written.record, true);
  const outcome = judgePlaces(
    session,
    part.resource,
    field,
    sent,
    found.filter((place) => looksAt(field, place)),
    written.record,
  );
  // Whatever the level of accepting a value, what was accepted is kept.
  return outcome.status === 'broken'
    ? { ...outcome, level: outcome.level ?? 'MUST', breach: ofValue(outcome.breach, value.title) }
    : outcome.status === 'not-applicable'
      ? pass(written.exchange)
      : outcome;
}

/** The breach of a special value, which is not what becomes of the field's usual one. */
function ofValue(breach: Outcome['breach'], title: string): Outcome['breach'] {
  return breach?.kind === 'not-persisted' || breach?.kind === 'altered' ? { ...breach, value: title } : breach;
}

function looksAt(field: RequestField, place: Place): boolean {
  const way = place.way.startsWith('get')
    ? 'read'
    : place.way.startsWith('list')
      ? 'list'
      : place.way.startsWith('create')
        ? 'create'
        : 'update';
  return field.roundTrip?.ways.includes(way) ?? false;
}

/** Id of the case that asks for a value. */
export function valueCaseId(part: WriterOf, value: TakenValue): string {
  return caseId(value.rule, part.operation.id, value.field.name, value.id);
}
