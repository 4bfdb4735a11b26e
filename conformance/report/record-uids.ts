/** Where each identifier of an operation's request comes from: the section "UID Resolution" of a verification record. */
import type { FixtureInfo } from '../model/index.ts';
import { markdown, markdownBlock, markdownCode, shorten, showValue } from './escape.ts';
import { isObject, type RecordSubject } from './record-subject.ts';

/** What such records write where a column does not apply, and where a field needs no value of another endpoint. */
const NOT_AVAILABLE = 'N/A';
const NOT_REQUIRED = 'not_required';

interface UidRow {
  name: string;
  value?: string;
  /** `GET /path#/pointer`. */
  source?: string;
  /** `POST /path#/pointer`. */
  fallback?: string;
  usedFallback: boolean;
  /** How the value came, where no endpoint gave it. */
  given?: string;
  /** The caller makes the value up, or may leave the field out. */
  free?: boolean;
}

/** A field that names another thing: `staff_uid`, `source_id`, `teamId`, `_id`. */
const NAMES_A_THING = /(?:^|_)(?:uid|id)$|[a-z](?:Uid|Id)$/;

/** A table of the identifiers, and the same as one JSON block. */
export function uidSection(about: RecordSubject): string {
  const rows = uidRows(about);
  if (rows.length === 0) return 'The operation needs no identifier.';
  const cell = (text: string | undefined): string =>
    text === undefined ? NOT_AVAILABLE : markdownCode(shorten(text, 200));
  const json = Object.fromEntries(
    rows.map(({ name, value, source, fallback, usedFallback, free }) => [
      name,
      {
        resolved_value: value === undefined ? (free === true ? NOT_REQUIRED : NOT_AVAILABLE) : shorten(value, 200),
        source_endpoint: source ?? (free === true ? NOT_REQUIRED : NOT_AVAILABLE),
        used_fallback: usedFallback,
        fallback_endpoint: fallback ?? (free === true ? NOT_REQUIRED : NOT_AVAILABLE),
      },
    ]),
  );
  return [
    [
      '| UID Field | Source Endpoint | Fallback (Create) | Used Fallback |',
      '|---|---|---|---|',
      ...rows.map(
        ({ name, source, fallback, usedFallback }) =>
          `| ${markdownCode(name)} | ${cell(source)} | ${cell(fallback)} | ${usedFallback ? 'yes' : 'no'} |`,
      ),
    ].join('\n'),
    markdownBlock(JSON.stringify(json, undefined, 2), 'json'),
  ].join('\n\n');
}

/** How a reader gets each parameter's value. */
export function parametersSection(about: RecordSubject): string {
  const rows = uidRows(about);
  const body = about.verified?.body;
  const fields = isObject(body) ? Object.entries(body).filter(([name]) => !rows.some((row) => row.name === name)) : [];
  const lines = [
    ...rows.map(({ name, source, fallback, given, free }) => {
      const ways = [
        ...(source === undefined ? [] : [`ask ${markdownCode(shorten(source, 200))}`]),
        ...(fallback === undefined ? [] : [`create one with ${markdownCode(shorten(fallback, 200))}`]),
        ...(given === undefined ? [] : [markdown(given)]),
        ...(free === true ? ['an identifier of the caller’s own'] : []),
      ];
      return `- ${markdownCode(name)}: ${ways.join(', or ') || 'known to the caller'}.`;
    }),
    ...fields.map(([name, value]) => `- ${markdownCode(name)}: such as ${markdownCode(showValue(value, 120))}.`),
  ];
  return lines.length === 0 ? 'The operation takes no parameter that must be resolved.' : lines.join('\n');
}

/** @returns the fixtures of an operation's request: `staff_uid.other` belongs to the field `staff_uid` */
export function fixturesOf({ report, operation }: RecordSubject): FixtureInfo[] {
  return report.fixtures.filter((one) => operation.requestFields.includes(one.name.split('.')[0] ?? ''));
}

/** @returns the names of the parameters in an operation's path */
export function pathParameters({ operation }: RecordSubject): string[] {
  return [...operation.path.matchAll(/\{([^}]+)\}/g)].map((match) => match[1] ?? '');
}

function uidRows(about: RecordSubject): UidRow[] {
  const { report, operation, verified } = about;
  const fixtures = fixturesOf(about).map((fixture): UidRow => {
    const create = fixture.via.startsWith('POST ');
    const found = fixture.via.startsWith('GET ');
    const endpoint = fixture.source !== undefined || fixture.fallback !== undefined || create || found;
    return {
      name: fixture.name,
      source: fixture.source ?? (found ? fixture.via : undefined),
      fallback: fixture.fallback ?? (create ? fixture.via : undefined),
      usedFallback: create,
      value: fixture.value,
      ...(endpoint ? {} : { given: givenBy(fixture.via) }),
    };
  });
  const collection = operation.path.replace(/\/\{[^/]*\}.*$/, '');
  const on = (method: string): string | undefined => {
    const found = report.operations.find((other) => other.method === method && other.path === collection);
    return found === undefined ? undefined : `${found.method} ${found.path}`;
  };
  // A run reads and changes only what it made itself, so its path parameters come from its own creates.
  const sent = parametersIn(operation.path, verified?.path);
  const parameters = pathParameters(about).map((name): UidRow => ({
    name,
    source: on('GET'),
    fallback: on('POST'),
    usedFallback: on('POST') !== undefined,
    value: sent.get(name),
  }));
  const known = new Set([...fixtures, ...parameters].map(({ name }) => name));
  const body = isObject(verified?.body) ? verified.body : {};
  const others = operation.requestFields
    .filter((name) => NAMES_A_THING.test(name) && !known.has(name))
    .map((name): UidRow => {
      const value = body[name];
      return { name, usedFallback: false, free: true, ...(typeof value === 'string' ? { value } : {}) };
    });
  return [...fixtures, ...parameters, ...others];
}

/** How a value came that no endpoint gave. */
function givenBy(via: string): string {
  if (via === 'flag') return 'given with --fixture';
  if (via === 'env') return 'given with RINGTRUE_FIXTURE';
  if (via.startsWith('env ')) return `given by the environment variable ${via.slice(4)}`;
  if (via === 'config') return 'given by the config file';
  return via === 'default' ? 'given by RingTrue, for the reference server' : `given by ${via}`;
}

/** The values that stand in a path that was sent, by the names that stand in its template. */
function parametersIn(template: string, path: string | undefined): Map<string, string> {
  const parts = (path ?? '').split('?')[0]?.split('/') ?? [];
  return new Map(
    template.split('/').flatMap((part, at): [string, string][] => {
      const name = /^\{([^}]+)\}$/.exec(part)?.[1];
      const value = parts[at];
      return name === undefined || value === undefined || value === part ? [] : [[name, value]];
    }),
  );
}
