/** `ringtrue lint` on documents of anybody's: what is wrong fails, what could be better is told. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { emptyFolder, ringtrue, type Folder } from '../testing/cli.ts';

let folder: Folder;
beforeAll(() => {
  folder = emptyFolder();
});
afterAll(() => {
  folder.remove();
});

async function lint(text: string): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const file = join(folder.path, 'mine.yaml');
  writeFileSync(file, text);
  return ringtrue(['lint', file], { cwd: folder.path });
}

const DOCUMENT = `openapi: 3.1.0
info: { title: t, version: "1" }
servers: [{ url: https://api.example.org }]
security: []
paths:
  /a:
    get:
      operationId: a
      summary: A
      responses:
        "200": { description: d }
        "400": { description: e }
`;

it('a missing licence is a warning, as Redocly has it, and warnings fail nothing', async () => {
  const { code, stdout, stderr } = await lint(DOCUMENT);
  expect(stdout).toMatch(/^mine\.yaml:2: warning: .*license.*\(info-license\)$/m);
  expect(stderr).toMatch(/\d warnings?\n$/);
  expect(code).toBe(0);
});

it('an error of Redocly fails', async () => {
  const { code, stdout } = await lint(DOCUMENT.replace('operationId: a', 'operationId: a b'));
  expect(stdout).toMatch(/^mine\.yaml:8: (?!warning).*\(operation-operationId-url-safe\)$/m);
  expect(code).toBe(2);
});

it('a slip in the YAML is told with its line, by nobody twice, and is no defect of RingTrue', async () => {
  const { code, stdout, stderr } = await lint('openapi: 3.1.0\ninfo: {title: a\npaths: {}\n');
  expect(stdout).toMatch(/^mine\.yaml:\d: it is no valid YAML or JSON: /);
  expect(stdout + stderr).not.toMatch(/defect of RingTrue|Redocly/);
  expect(code).toBe(2);
});

it('a configuration that Redocly cannot use is told', async () => {
  writeFileSync(join(folder.path, 'redocly.yaml'), 'extends: [nothing-like-it]\n');
  const { code, stdout, stderr } = await lint(DOCUMENT);
  expect(stdout + stderr).toContain('nothing-like-it');
  expect(stdout + stderr).not.toContain('defect of RingTrue');
  expect(code).toBe(2);
});
