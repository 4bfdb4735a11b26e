/**
 * Puts a new record into the file of an earlier one. What RingTrue wrote stands between two marks and is written anew; whatever
 * a person put elsewhere (a section, a remark below a table, a line of the front matter) stays where it is.
 */

/** A record as it stands in a file. */
export interface OldRecord {
  /** Lines of its front matter, without the fences. */
  header: string[];
  /** What stands between front matter and first section. */
  lead: string[];
  sections: Section[];
}

/** A section: its heading's text, and its lines below the heading. */
export interface Section {
  title: string;
  lines: string[];
}

const BEGIN = /^<!-- ringtrue ([0-9a-f]{8}) -->$/;
const END = '<!-- /ringtrue -->';
const FENCE = /^ {0,3}(`{3,}|~{3,})/;
/** Told once a record, for whoever opens the file. */
export const NOTE =
  '<!-- RingTrue writes anew what stands between its marks; everything else in this file is yours and stays. -->';

/**
 * @param text the file's text, whatever it holds
 * @returns its records, and the text that belongs to none
 */
export function readRecords(text: string): { records: OldRecord[]; stray: string[] } {
  const lines = text.split(/\r?\n/);
  const records: OldRecord[] = [];
  const stray: string[] = [];
  let fence: string | undefined;
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    const end = fence === undefined ? headerEnd(lines, at) : undefined;
    if (end !== undefined) {
      records.push({ header: lines.slice(at + 1, end), lead: [], sections: [] });
      at = end;
      continue;
    }
    fence = fenceAfter(line, fence);
    const record = records.at(-1);
    const title = fence === undefined ? /^## +(.*?)\s*$/.exec(line)?.[1] : undefined;
    if (record === undefined) stray.push(line);
    else if (title !== undefined) record.sections.push({ title, lines: [] });
    else (record.sections.at(-1)?.lines ?? record.lead).push(line);
  }
  return { records, stray: trimmed(stray) };
}

/** The line that ends a front matter which begins here and names an endpoint. */
function headerEnd(lines: readonly string[], at: number): number | undefined {
  if (lines[at] !== '---') return undefined;
  let end = at + 1;
  while (/^(?:[\w-]+:|\s+\S|- |#)/.test(lines[end] ?? '')) end += 1;
  const header = lines.slice(at + 1, end);
  return lines[end]?.trimEnd() === '---' && header.some((line) => line.startsWith('endpoint:')) ? end : undefined;
}

function fenceAfter(line: string, open: string | undefined): string | undefined {
  const mark = FENCE.exec(line)?.[1];
  if (mark === undefined) return open;
  if (open === undefined) return mark;
  return mark.startsWith(open) && line.trim() === mark ? undefined : open;
}

/**
 * @param fresh the sections of this run, in their order
 * @param old the earlier record
 * @returns the record's text below its front matter
 */
export function mergeRecord(title: string, fresh: readonly { title: string; body: string }[], old?: OldRecord): string {
  const before = old?.sections ?? [];
  const own = new Set(fresh.map((section) => section.title));
  const heading = `# ${title}`;
  const lead = trimmed((old?.lead ?? []).filter((line) => line !== NOTE && line !== heading));
  const block = (heading_: string, lines: readonly string[]): string =>
    [`## ${heading_}`, ...(lines.length === 0 ? [] : [lines.join('\n')])].join('\n\n');
  /** Sections of a person's own stay behind the section of ours that they stood behind. */
  const followers = (name: string | undefined): string[] => {
    const start = name === undefined ? 0 : before.findIndex((section) => section.title === name) + 1;
    if (name !== undefined && start === 0) return [];
    const rest = before.slice(start);
    const end = rest.findIndex((section) => own.has(section.title));
    return rest.slice(0, end < 0 ? undefined : end).map((section) => block(section.title, trimmed(section.lines)));
  };
  return [
    heading,
    NOTE,
    ...(lead.length === 0 ? [] : [lead.join('\n')]),
    ...followers(undefined),
    ...fresh.flatMap(({ title: name, body }) => [
      `## ${name}`,
      ...around(
        body,
        before.filter((section) => section.title === name).flatMap((section) => section.lines),
      ),
      ...followers(name),
    ]),
  ].join('\n\n');
}

/** Our part of a section between its marks, and what a person wrote before and behind it. */
function around(body: string, old: readonly string[]): string[] {
  const begin = old.findIndex((line) => BEGIN.test(line));
  const length = old.slice(begin + 1).indexOf(END);
  const block = `<!-- ringtrue ${digest(body)} -->\n${body}\n${END}`;
  // A section without our marks was written by hand, all of it.
  if (begin < 0 || length < 0) return [block, ...paragraphs(trimmed(old))];
  const inside = old.slice(begin + 1, begin + 1 + length);
  const edited = digest(inside.join('\n')) !== BEGIN.exec(old[begin] ?? '')?.[1];
  const now = new Set(body.split('\n'));
  const byHand = edited ? inside.filter((line) => !now.has(line)) : [];
  return [
    ...paragraphs(trimmed(old.slice(0, begin))),
    block,
    ...paragraphs(trimmed(byHand)),
    ...paragraphs(trimmed(old.slice(begin + 2 + length))),
  ];
}

function paragraphs(lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [lines.join('\n')];
}

function trimmed(lines: readonly string[]): string[] {
  const first = lines.findIndex((line) => line.trim() !== '');
  if (first < 0) return [];
  const last = lines.findLastIndex((line) => line.trim() !== '');
  return lines.slice(first, last + 1);
}

/** FNV-1a: tells whether a text was changed by hand; nobody has an interest in fooling it. */
function digest(text: string): string {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, '0');
}

/** @returns a record that this run does not write, as it was */
export function writeOld({ header, lead, sections }: OldRecord): string {
  const lines = ['---', ...header, '---', ...lead];
  for (const { title, lines: own } of sections) lines.push(`## ${title}`, ...own);
  return lines.join('\n').trimEnd();
}
