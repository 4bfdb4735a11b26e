/** The report formats by name. Each reporter is loaded when it is asked for, so that the command line starts fast. */
import type { Report } from '../model/index.ts';
import type { MarkdownOptions } from './markdown.ts';
import type { TextOptions } from './text.ts';

/** Options of all formats; a format takes what concerns it. */
export type ReportOptions = TextOptions & MarkdownOptions;

/** Makes the text of a report, whole or in pieces. Pure: neither files nor clock. */
export type Render = (report: Report, options?: ReportOptions) => string | Iterable<string>;

export type Format = 'text' | 'json' | 'junit' | 'sarif' | 'html' | 'markdown' | 'github' | 'har';

interface FormatInfo {
  load: () => Promise<Render>;
  /** File name for a user who names none; absent for formats that belong on stdout. */
  fileName?: string;
  /** One line for `--help`. */
  summary: string;
  /** Whether the format tells exchanges: then the run keeps all of them, not only those of findings. */
  wantsExchanges: boolean;
}

const FORMATS: Record<Format, FormatInfo> = {
  text: {
    load: async () => (await import('./text.ts')).render,
    summary: 'for a person at a terminal',
    wantsExchanges: false,
  },
  json: {
    load: async () => (await import('./json.ts')).renderPieces,
    fileName: 'ringtrue-report.json',
    summary: 'everything, for programs (schemaVersion 1)',
    wantsExchanges: false,
  },
  junit: {
    load: async () => (await import('./junit.ts')).render,
    fileName: 'ringtrue-junit.xml',
    summary: 'JUnit XML, for CI servers',
    wantsExchanges: false,
  },
  sarif: {
    load: async () => (await import('./sarif.ts')).render,
    fileName: 'ringtrue.sarif',
    summary: 'SARIF 2.1.0, for code scanning',
    wantsExchanges: false,
  },
  html: {
    load: async () => (await import('./html.ts')).render,
    fileName: 'ringtrue-report.html',
    summary: 'one self-contained page',
    wantsExchanges: true,
  },
  markdown: {
    load: async () => (await import('./markdown.ts')).render,
    fileName: 'ringtrue-record.md',
    summary: 'verification records, one per operation',
    wantsExchanges: false,
  },
  github: {
    load: async () => (await import('./github.ts')).render,
    summary: 'annotations for a GitHub workflow',
    wantsExchanges: false,
  },
  har: {
    load: async () => (await import('./har.ts')).render,
    fileName: 'ringtrue.har',
    summary: "HTTP archive, for a browser's network panel",
    wantsExchanges: true,
  },
};

/** Names of all formats. */
export const formats = Object.keys(FORMATS) as Format[];

/** Whether a text names a format. */
export function isFormat(name: string): name is Format {
  return Object.hasOwn(FORMATS, name);
}

/** What is known of a format without loading it. */
export function formatInfo(format: Format): Omit<FormatInfo, 'load'> {
  return FORMATS[format];
}

/**
 * @param format a format's name
 * @returns its `render`
 */
export function loadReporter(format: Format): Promise<Render> {
  return FORMATS[format].load();
}
