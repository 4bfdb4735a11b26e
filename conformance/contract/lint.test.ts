import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lintContract } from './lint.ts';

const openapi = fileURLToPath(new URL('../../openapi/', import.meta.url));
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ringtrue-lint-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Lints voice-calls with one text put in another's place, its requirements beside it. */
async function lintBroken(from: string, to: string, part: 'contract' | 'requirements' = 'contract'): Promise<string[]> {
  const files = { contract: 'voice-calls.yaml', requirements: 'voice-calls.requirements.yaml' };
  for (const [kind, name] of Object.entries(files)) {
    const text = await readFile(join(openapi, name), 'utf8');
    if (kind === part) expect(text).toContain(from);
    await writeFile(join(folder, name), kind === part ? text.replace(from, to) : text);
  }
  const { problems } = await lintContract(join(folder, 'voice-calls.yaml'));
  return problems.map(({ line, message }) => `${String(line)}: ${message}`);
}

describe('lintContract', () => {
  it.each(['voice-calls', 'calldesk', 'aicaller'])('finds nothing in %s', async (name) => {
    expect((await lintContract(join(openapi, `${name}.yaml`))).problems).toEqual([]);
  });

  it('a misspelt keyword is told with its line', async () => {
    const [problem] = await lintBroken('x-ringtrue-immutable: true', 'x-ringtrue-imutable: true');
    expect(problem).toMatch(/^\d+: There is no keyword x-ringtrue-imutable\. Did you mean x-ringtrue-immutable\?/);
  });

  it('a value to refuse that the schema allows is told', async () => {
    const problems = await lintBroken("- value: '+9990000000000012'", "- value: '+12125550147'");
    expect(problems.join('\n')).toContain('The schema allows "+12125550147", so it cannot be a value to refuse.');
  });

  it('a value to accept that the schema refuses is told', async () => {
    const problems = await lintBroken("- value: '+28'", "- value: '28'");
    expect(problems.join('\n')).toContain('The schema refuses "28"');
  });

  it('requirements that name an unknown field are told', async () => {
    const problems = await lintBroken('fields: [direction]', 'fields: [directon]', 'requirements');
    expect(problems.join('\n')).toContain('VC-DIRECTION names the field directon, which does not exist.');
  });

  it('a requirement without rule and reason is told with its line', async () => {
    const problems = await lintBroken('    rules: [error-names-field]\n', '', 'requirements');
    expect(problems.join('\n')).toMatch(/^\d+: VC-ERROR-FIELD has neither rules nor untested/);
  });

  it('a file that is not there is one plain problem', async () => {
    const { problems } = await lintContract(join(folder, 'absent.yaml'));
    expect(problems.map(({ message }) => message)).toEqual([
      'there is no such file. Check the path; the built-in contracts are called voice-calls, calldesk and aicaller.',
    ]);
  });

  it('a file that is no YAML is told with its line', async () => {
    const file = join(folder, 'wrong.yaml');
    await writeFile(file, 'openapi: 3.1.0\npaths: {\n');
    const { problems } = await lintContract(file);
    expect(problems[0]?.line).toBeGreaterThan(1);
  });

  it('a development fixture that its property refuses is told', async () => {
    const text = await readFile(join(openapi, 'calldesk.yaml'), 'utf8');
    const file = join(folder, 'calldesk.yaml');
    await writeFile(file, text.replace("development: '+14155550123'", "development: '4155550123'"));
    const { problems } = await lintContract(file);
    expect(problems[0]?.message).toBe('The schema of the property refuses "4155550123".');
    expect(problems[0]?.pointer).toBe('/x-ringtrue-fixtures/caller_id/development');
  });
});
