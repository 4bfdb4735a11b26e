/** The front matter of a verification record: what it holds, and what of an earlier record of the same endpoint lives on. */

export type RecordStatus = 'verified' | 'failing' | 'not-verified';

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
}

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
    '---',
  ].join('\n');
}

/**
 * Carries the history of an earlier record on. A record is confirmed when a later run of the same endpoint comes to the same
 * status: it keeps `savedAt` and counts one more use. Another status makes a new record. Rendering one run twice counts once.
 *
 * @param header the header that this run gives
 * @param previous text of the existing file, whatever it holds; several records may stand in it
 */
export function carryOn(header: RecordHeader, previous: string | undefined): RecordHeader {
  const old = earlierHeaders(previous ?? '').find((one) => one['endpoint'] === header.endpoint);
  const savedAt = old?.['savedAt'];
  const times = Number(old?.['timesReused']);
  if (old?.['status'] !== header.status || savedAt === undefined || !Number.isSafeInteger(times)) return header;
  const sameRun = old['verifiedAt'] === header.verifiedAt;
  return { ...header, savedAt, timesReused: sameRun ? times : times + 1 };
}

function earlierHeaders(text: string): Record<string, string>[] {
  return [...text.matchAll(/^---\r?\n((?:\w+:.*\r?\n)+)---\s*$/gm)].map((match) =>
    Object.fromEntries(
      (match[1] ?? '').split(/\r?\n/).flatMap((line) => {
        const at = line.indexOf(':');
        return at < 0 ? [] : [[line.slice(0, at), unquote(line.slice(at + 1).trim())]];
      }),
    ),
  );
}

function unquote(text: string): string {
  if (!text.startsWith('"')) return text.replace(/^'(.*)'$/, '$1');
  try {
    return String(JSON.parse(text));
  } catch {
    return text;
  }
}
