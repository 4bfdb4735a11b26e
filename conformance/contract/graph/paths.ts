/** The shape of a path: what stands above what. */
import type { Operation, Schema } from '../types.ts';

export interface Segment {
  /** Its text; with braces where it is a parameter. */
  text: string;
  /** The parameter that it is; undefined for a fixed text. */
  parameter?: string;
}

export interface Shape {
  segments: Segment[];
  /** The same for two paths that differ only in the names of their parameters. */
  key: string;
  /** What follows a colon in the last segment: `/instances/{id}:start`. */
  verb?: string;
}

/** A pattern of grpc-gateway that spans fixed and free segments: `memos/[^/]+`. */
const spanning = /^\^?((?:[\w.-]+\/\[\^\/\]\+\/?)+)\$?$/;

/**
 * @param schema of a path parameter
 * @returns the segments that its value has, `{}` for a free one; undefined where it is one segment, as is usual
 */
export function spannedSegments(schema: Schema | undefined): string[] | undefined {
  const pattern = typeof schema?.pattern === 'string' ? spanning.exec(schema.pattern)?.[1] : undefined;
  return pattern
    ?.replaceAll('[^/]+', '{}')
    .split('/')
    .filter((part) => part !== '');
}

/**
 * @param operation whose path is read: without a query string, a trailing slash and an ending such as `.json`
 * @see OpenAPI 3.1 section 4.8.8 (Paths Object, path templating)
 */
export function shapeOf(operation: Operation): Shape {
  const path = (operation.path.split('?', 1)[0] ?? '').replace(/\/+$/, '').replace(/\.(?:json|xml|\{format\})$/i, '');
  const segments: Segment[] = [];
  let verb: string | undefined;
  const texts = path.split('/').slice(1);
  texts.forEach((text, index) => {
    const colon = index === texts.length - 1 ? /^(.*[^:]):([A-Za-z][\w-]*)$/.exec(text) : null;
    const own = colon?.[1] ?? text;
    verb = colon?.[2];
    const parameter = /^[^{}]*\{([^{}]+)\}[^{}]*$/.exec(own)?.[1];
    segments.push(...(parameter === undefined ? [{ text: own }] : spanned(operation, own, parameter)));
  });
  return { segments, verb, key: keyOf(segments) + (verb === undefined ? '' : `:${verb}`) };
}

function spanned(operation: Operation, text: string, parameter: string): Segment[] {
  const schema = operation.parameters.find((one) => one.in === 'path' && one.name === parameter)?.schema;
  const parts = spannedSegments(schema);
  if (!parts) return [{ text, parameter }];
  // The parameter holds all free segments; the last one is where it stands in the path.
  return parts.map((part, index) =>
    part === '{}' ? { text: index === parts.length - 1 ? text : part, parameter } : { text: part },
  );
}

/** @returns the key of some segments */
export function keyOf(segments: readonly Segment[]): string {
  return segments.map(({ text, parameter }) => `/${parameter === undefined ? text : '{}'}`).join('');
}

/** @returns whether the path ends in a parameter, and so names one record */
export function isItem({ segments, verb }: Shape): boolean {
  return verb === undefined && segments.at(-1)?.parameter !== undefined;
}

/** @returns the last fixed segment: what the records are called */
export function lastFixed(segments: readonly Segment[]): string {
  return segments.findLast(({ parameter }) => parameter === undefined)?.text ?? '';
}

/** @returns the segments without the parameters at their end, and these parameters */
export function withoutKeys(segments: readonly Segment[]): { above: Segment[]; keys: string[] } {
  let end = segments.length;
  while (end > 0 && segments[end - 1]?.parameter !== undefined) end -= 1;
  return { above: segments.slice(0, end), keys: segments.slice(end).flatMap(({ parameter }) => parameter ?? []) };
}
