import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeWhole } from './files.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ringtrue-files-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** A text in pieces, and a disk that is full in the midst of it. */
function* onFullDisk(): Generator<string> {
  yield 'x'.repeat(100_000);
  throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
}

/** Beside a file with so long a name no draft can be made, which is what a folder does that takes no new files. */
const LONG = `${'r'.repeat(250)}.json`;

describe.each([
  ['a file', 'report.json'],
  ['a file beside which no other can be made', LONG],
])('%s', (_, name) => {
  const path = (): string => join(folder, name);

  it('is written, and replaced by longer and shorter ones', () => {
    for (const text of ['first', 'a longer one '.repeat(300_000), 'short', '']) {
      writeWhole(path(), text, name);
      expect(readFileSync(path(), 'utf8')).toBe(text);
    }
    expect(readdirSync(folder)).toEqual([name]);
  });

  it('stays whole when the disk is full', () => {
    writeFileSync(path(), 'the good report');
    expect(() => writeWhole(path(), onFullDisk(), name)).toThrow(/could not be written: .*(space|full)/i);
    expect(readFileSync(path(), 'utf8')).toBe('the good report');
    expect(readdirSync(folder)).toEqual([name]);
  });

  it('is not left behind in half when there was none', () => {
    expect(() => writeWhole(path(), onFullDisk(), name)).toThrow(/could not be written/);
    expect(existsSync(path())).toBe(false);
  });
});

it('a link stays a link', () => {
  writeFileSync(join(folder, 'real'), 'old');
  symlinkSync(join(folder, 'real'), join(folder, 'link'));
  writeWhole(join(folder, 'link'), 'new', 'link');
  expect(readFileSync(join(folder, 'real'), 'utf8')).toBe('new');
  expect(statSync(join(folder, 'link')).isFile()).toBe(true);
});
