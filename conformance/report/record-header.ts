/** The front matter of a verification record: what it holds, and what of an earlier record of the same endpoint lives on. */

export type RecordStatus = 'pass' | 'fail' | 'incomplete';

export interface RecordHeader {
  endpoint: string;
  domain: string;
  tags: string[];
  status: RecordStatus;
  /** When this conclusion was first written down. */
  savedAt: string;
  /** When it was last confirmed. */
  verifiedAt: string;
  /** How often a later run read the record and confirmed it. */
  timesReused: number;
  /** Lines of further properties that a person added. */
  more?: string[];
}

const OURS = ['endpoint', 'domain', 'tags', 'status', 'savedAt', 'verifiedAt', 'timesReused'];

/**
 * @param header the values; each is written so that YAML reads it back as it is
 * @returns the front matter with its fences
 */
export function writeHeader(header: RecordHeader): string {
  return [
    '---',
    `endpoint: ${JSON.stringify(header.endpoint)}`,
    `domain: ${JSON.stringify(header.domain)}`,
    `tags: [${header.tags.map((tag) => JSON.stringify(tag)).join(', ')}]`,
    `status: ${header.status}`,
    `savedAt: ${header.savedAt}`,
    `verifiedAt: ${header.verifiedAt}`,
    `timesReused: ${String(header.timesReused)}`,
    ...(header.more ?? []),
    '---',
  ].join('\n');
}

/**
 * Carries the history of an earlier record on. A record is confirmed when a later run of the same endpoint comes to the same
 * status: it keeps `savedAt` and counts one more use. Another status makes a new record. Rendering one run twice counts once.
 * What a person changed stays: the domain, further tags, further properties.
 *
 * @param header the header that this run gives
 * @param previous lines of the earlier record's front matter, whatever they hold
 */
export function carryOn(header: RecordHeader, previous: readonly string[] | undefined): RecordHeader {
  if (previous === undefined) return header;
  const entries = entriesOf(previous);
  const valueOf = (name: string): string | undefined => {
    const lines = entries.find((entry) => entry.name === name)?.lines;
    return lines === undefined ? undefined : unquote((lines[0] ?? '').slice(name.length + 1).trim());
  };
  const tags = listOf(entries.find((entry) => entry.name === 'tags')?.lines ?? []);
  const mine = {
    ...header,
    domain: valueOf('domain') ?? header.domain,
    tags: [...header.tags, ...tags.filter((tag) => !header.tags.includes(tag))],
    more: entries.filter(({ name }) => !OURS.includes(name)).flatMap(({ lines }) => lines),
  };
  const savedAt = valueOf('savedAt');
  const times = Number(valueOf('timesReused'));
  if (valueOf('status') !== header.status || savedAt === undefined || !Number.isSafeInteger(times)) return mine;
  const sameRun = valueOf('verifiedAt') === header.verifiedAt;
  return { ...mine, savedAt, timesReused: sameRun ? times : times + 1 };
}

/** The endpoint that a front matter is about. */
export function endpointOf(header: readonly string[]): string | undefined {
  const line = header.find((one) => one.startsWith('endpoint:'));
  return line === undefined ? undefined : unquote(line.slice('endpoint:'.length).trim());
}

/** Top-level properties with the lines that belong to each. */
function entriesOf(lines: readonly string[]): { name: string; lines: string[] }[] {
  const entries: { name: string; lines: string[] }[] = [];
  for (const line of lines) {
    const name = /^([\w-]+):/.exec(line)?.[1];
    if (name !== undefined) entries.push({ name, lines: [line] });
    else if (entries.length > 0) entries.at(-1)?.lines.push(line);
    else entries.push({ name: '#', lines: [line] });
  }
  return entries;
}

/** `tags: [a, "b"]`, or one `- a` a line. */
function listOf(lines: readonly string[]): string[] {
  const flow = /^\w+:\s*\[(.*)\]\s*$/.exec(lines[0] ?? '')?.[1];
  const items =
    flow === undefined
      ? lines.slice(1).flatMap((line) => /^\s*-\s+(.*?)\s*$/.exec(line)?.[1] ?? [])
      : [...flow.matchAll(/"(?:[^"\\]|\\.)*"|'[^']*'|[^,\s][^,]*/g)].map(([item]) => item.trim());
  return items.map(unquote).filter((tag) => tag !== '');
}

function unquote(text: string): string {
  if (!text.startsWith('"')) return text.replace(/^'(.*)'$/, '$1');
  try {
    return String(JSON.parse(text));
  } catch {
    return text;
  }
}
