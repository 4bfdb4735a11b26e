import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { conformant, lostExternalUuid } from '../../report/sample.ts';
import { checkWritable, writeWhole } from '../files.ts';
import type { Io } from '../io.ts';
import { emptyFolder, type Folder } from '../testing/cli.ts';
import { planSinks, previousOf, wantExchanges } from './sinks.ts';
import { writeReports } from './write.ts';

let folder: Folder;
beforeEach(() => {
  folder = emptyFolder();
});
afterEach(() => {
  folder.remove();
});

const plan = (texts: string[], onGitHub = false) =>
  planSinks(
    texts.map((text) => ({ text, place: '--report' })),
    folder.path,
    onGitHub,
  );
const shape = (texts: string[], onGitHub = false): string[] =>
  plan(texts, onGitHub).map(({ format, file }) => (file ? `${format}=${file.shown}` : format));

function fakeIo(env: Record<string, string> = {}) {
  const text = { out: '', err: '' };
  const io: Io = {
    out: (more) => (text.out += more),
    err: (more) => (text.err += more),
    env,
    cwd: folder.path,
    color: { out: false, err: false },
    columns: undefined,
    interactive: false,
  };
  return { io, text };
}

describe('where reports go', () => {
  it.each([
    [[], ['text']],
    [['json'], ['json']],
    [['json=-'], ['json']],
    [['html=r.html'], ['text', 'html=r.html']],
    [
      ['text', 'html=r.html'],
      ['text', 'html=r.html'],
    ],
    [
      ['text=a.txt', 'json'],
      ['text=a.txt', 'json'],
    ],
    [
      ['text', 'github'],
      ['text', 'github'],
    ],
    [['json=out/'], ['text', `json=${join('out', 'ringtrue-report.json')}`]],
  ])('%j is %j', (wanted, got) => {
    expect(shape(wanted)).toEqual(got);
  });

  it('a GitHub step has annotations by itself, once', () => {
    expect(shape([], true)).toEqual(['text', 'github']);
    expect(shape(['github'], true)).toEqual(['github']);
  });

  it.each([
    [
      ['jsn'],
      'there is no report format "jsn"; there are text, json, junit, sarif, html, markdown, github, har. Did you mean "json"?',
    ],
    [['json', 'har'], 'json and har would be mixed up on standard output; give one of them a file, such as har=FILE.'],
    [['text', 'json'], 'text and json would be mixed up'],
    [['html=a', 'json=./a'], 'two reports would be written to ./a.'],
    [['html='], 'html= names no file.'],
  ])('%j is refused', (wanted, message) => {
    expect(() => plan(wanted)).toThrow(message);
  });

  it('a file that cannot be written is told before the run', () => {
    writeFileSync(join(folder.path, 'file'), '');
    expect(() => plan(['html=file/r.html'])).toThrow(
      '--report: file/r.html cannot be written: a part of its path is a file, not a folder.',
    );
    expect(() => checkWritable('/proc/ringtrue/r', '/proc/ringtrue/r', '--report')).toThrow('cannot be written');
  });

  it('folders are made, and an empty file is not left behind', () => {
    plan(['html=a/b/c.html']);
    expect(readdirSync(join(folder.path, 'a', 'b'))).toEqual([]);
  });

  it('formats that tell exchanges keep them', () => {
    expect(wantExchanges(plan(['json']))).toBe(false);
    expect(wantExchanges(plan(['har=x.har']))).toBe(true);
  });
});

describe('writing', () => {
  it('a file appears whole, in place of the old one, and nothing beside it', () => {
    const path = join(folder.path, 'r.json');
    writeFileSync(path, 'old');
    writeWhole(path, 'new', 'r.json');
    expect(readFileSync(path, 'utf8')).toBe('new');
    expect(readdirSync(folder.path)).toEqual(['r.json']);
  });

  it('a link stays a link', () => {
    writeFileSync(join(folder.path, 'real'), 'old');
    symlinkSync('real', join(folder.path, 'link'));
    writeWhole(join(folder.path, 'link'), 'new', 'link');
    expect(readFileSync(join(folder.path, 'real'), 'utf8')).toBe('new');
  });

  it('a folder that vanished meanwhile is one sentence', () => {
    expect(() => writeWhole(join(folder.path, 'gone', 'r'), 'x', 'gone/r')).toThrow(
      'gone/r could not be written: there is no such file or folder.',
    );
  });

  it('data is on standard output and talk on standard error', async () => {
    const { io, text } = fakeIo();
    await writeReports(conformant(), plan(['json', 'html=r.html']), io, { quiet: false, verbose: false });
    expect(JSON.parse(text.out)).toMatchObject({ schemaVersion: 1 });
    expect(text.err).toBe('html report: r.html\n');
    expect(existsSync(join(folder.path, 'r.html'))).toBe(true);
  });

  it('one report that cannot be written does not keep the others from being written', async () => {
    const sinks = plan(['junit=gone/j.xml', 'json=r.json']);
    const broken = sinks.map((sink) =>
      sink.format === 'junit' ? { ...sink, file: { path: '/proc/none/j.xml', shown: 'gone/j.xml' } } : sink,
    );
    const { io } = fakeIo();
    await expect(writeReports(conformant(), broken, io, { quiet: true, verbose: false })).rejects.toThrow(
      'gone/j.xml could not be written',
    );
    expect(existsSync(join(folder.path, 'r.json'))).toBe(true);
  });

  it('in a GitHub step the summary is appended, and annotations stay out of machine data', async () => {
    mkdirSync(join(folder.path, 'step'));
    const summary = join(folder.path, 'step', 'summary.md');
    writeFileSync(summary, 'before\n');
    const { io, text } = fakeIo({ GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: summary });
    await writeReports(lostExternalUuid(), plan(['json'], true), io, { quiet: false, verbose: false });
    expect(readFileSync(summary, 'utf8')).toMatch(/^before\n## /);
    expect(JSON.parse(text.out)).toMatchObject({ schemaVersion: 1 });
    expect(text.err).toContain('::error ');
  });

  it('a folder takes a verification record per operation, and carries them on', async () => {
    const sinks = plan(['markdown=records/']);
    const { io, text } = fakeIo();
    const write = (startedAt: string) =>
      writeReports({ ...conformant(), startedAt }, sinks, io, { quiet: false, verbose: false });
    await write('2025-01-15T09:30:00.000Z');
    const file = join(folder.path, 'records', 'createVoiceCall.md');
    writeFileSync(file, `${readFileSync(file, 'utf8')}\n## Notes\n\nMine.\n`);
    await write('2025-01-16T09:30:00.000Z');
    expect(readdirSync(join(folder.path, 'records')).sort()).toEqual([
      'createVoiceCall.md',
      'getVoiceCall.md',
      'listVoiceCalls.md',
      'updateVoiceCall.md',
    ]);
    expect(readFileSync(file, 'utf8')).toMatch(/timesReused: 1[^]*Mine\./);
    expect(text.err).toContain('markdown records: 4 files in records/');
  });

  it('a verification record is carried on', async () => {
    const sinks = plan(['markdown=record.md']);
    const write = (startedAt: string) =>
      writeReports({ ...conformant(), startedAt }, sinks, fakeIo().io, { quiet: true, verbose: false });
    await write('2025-01-15T09:30:00.000Z');
    await write('2025-01-16T09:30:00.000Z');
    expect(previousOf(sinks.find(({ format }) => format === 'markdown')!)).toContain('timesReused: 1');
  });
});
