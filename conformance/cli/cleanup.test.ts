import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LedgerEntry, Report } from '../model/index.ts';
import { emptyFolder, ringtrue, type Folder, type Outcome } from './testing/cli.ts';
import { projectDocument, projectServer, type ProjectServer } from './testing/projects.ts';

let folder: Folder;
let server: ProjectServer;
beforeEach(async () => {
  folder = emptyFolder();
  server = await projectServer();
  writeFileSync(join(folder.path, 'api.json'), JSON.stringify(projectDocument));
});
afterEach(async () => {
  await server.close();
  folder.remove();
});

const at = '2026-11-21T09:30:00.000Z';
const entry = (operation: string, path: string, id?: string, more: Partial<LedgerEntry> = {}): LedgerEntry => ({
  operation,
  ...(id === undefined ? {} : { id }),
  url: `${server.url}${path}`,
  at,
  status: 201,
  ...more,
});
const write = (...entries: LedgerEntry[]): void => {
  writeFileSync(join(folder.path, 'l.jsonl'), entries.map((one) => `${JSON.stringify(one)}\n`).join(''));
};
const lines = (): LedgerEntry[] =>
  readFileSync(join(folder.path, 'l.jsonl'), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as LedgerEntry);
const cleanup = (...args: string[]): Promise<Outcome> =>
  ringtrue(['cleanup', 'l.jsonl', '--contract', 'api.json', ...args], { cwd: folder.path });
const deletes = (): string[] => server.seen.filter((one) => one.startsWith('DELETE'));
const stand = (...paths: string[]): void => {
  for (const path of paths) server.records.set(path, { id: path.split('/').at(-1), name: 'x' });
};

describe('ringtrue cleanup', () => {
  it('deletes children before their parents and later records before earlier ones, and nothing else', async () => {
    stand('/projects/a', '/projects/b', '/projects/c', '/projects/a/tasks/1', '/projects/a/tasks/2');
    write(
      entry('createProject', '/projects', 'a'),
      entry('createTask', '/projects/a/tasks', '1'),
      entry('createProject', '/projects', 'b'),
      entry('createTask', '/projects/a/tasks', '2'),
    );
    const { code, stdout } = await cleanup('--url', server.url);
    expect(deletes()).toEqual([
      'DELETE /projects/a/tasks/2',
      'DELETE /projects/a/tasks/1',
      'DELETE /projects/b',
      'DELETE /projects/a',
    ]);
    expect([...server.records.keys()]).toEqual(['/projects/c']);
    expect(stdout).toBe('Deleted: 4 records.\n');
    expect(code).toBe(0);
  });

  it('notes what is gone in the ledger, and does nothing when it is done again', async () => {
    stand('/projects/a');
    write(entry('createProject', '/projects', 'a'));
    await cleanup('--url', server.url);
    expect(lines().at(-1)).toMatchObject({ id: 'a', deleted: { operation: 'deleteProject', status: 204 } });
    // What has the same address now is no record of that run.
    stand('/projects/a');
    const again = await cleanup('--url', server.url);
    expect(again).toMatchObject({ code: 0, stdout: 'Nothing is left of l.jsonl to be deleted.\n' });
    expect(deletes()).toHaveLength(1);
    expect(server.records.size).toBe(1);
  });

  it('tries once more what was refused while something else stood', async () => {
    // The task was created before its project, as far as the ledger knows: one that is not the child by its path.
    await server.close();
    let refused = 0;
    server = await projectServer((request, response) => {
      if (request.method !== 'DELETE' || request.url !== '/projects/b' || refused > 0) return false;
      refused += 1;
      response.writeHead(409, { 'content-type': 'application/json' });
      response.end('{"message":"still in use"}');
      return true;
    });
    stand('/projects/a', '/projects/b');
    write(entry('createProject', '/projects', 'a'), entry('createProject', '/projects', 'b'));
    expect(await cleanup('--url', server.url)).toMatchObject({ code: 0, stdout: 'Deleted: 2 records.\n' });
    expect(deletes()).toEqual(['DELETE /projects/b', 'DELETE /projects/a', 'DELETE /projects/b']);
  });

  it('takes 404 for gone, and says what is left and why', async () => {
    stand('/projects/a', '/projects/a/tasks/other', '/notes/1');
    write(
      entry('createProject', '/projects', 'a'),
      entry('createProject', '/projects', 'lost'),
      entry('createNote', '/notes', '1'),
      entry('createProject', '/projects', undefined, { unconfirmed: true }),
      entry('createProject', '/projects', 'old', { status: 200 }),
      { ...entry('createProject', '/projects', 'far'), url: 'http://127.0.0.1:1/projects' },
    );
    const { code, stdout } = await cleanup('--url', server.url);
    expect(code).toBe(3);
    expect(stdout.split('\n')[0]).toBe('Deleted: 0 records; 1 were gone already; 5 left.');
    for (const reason of [
      'DELETE answered 409 ("it has tasks")',
      'createNote: the contract has no DELETE for it',
      'nobody knows whether it was created, and its id is unknown',
      'no 201 says that it is new, and no marker that it is ours',
      'it was created on another target',
    ])
      expect(stdout).toContain(reason);
    expect([...server.records.keys()]).toEqual(['/projects/a', '/projects/a/tasks/other', '/notes/1']);
  });

  it('asks a target that does no DELETE once, and not for each record', async () => {
    await server.close();
    server = await projectServer((request, response) => {
      if (request.method === 'DELETE') response.writeHead(405).end();
      return request.method === 'DELETE';
    });
    write(entry('createProject', '/projects', 'a'), entry('createProject', '/projects', 'b'));
    const { code, stdout } = await cleanup('--url', server.url);
    expect(code).toBe(3);
    expect(stdout).toContain('left 2 of createProject: DELETE answered 405');
    expect(deletes()).toHaveLength(1);
  });

  it('leaves what may have stood at a key before the run', async () => {
    const keyed = {
      ...projectDocument,
      paths: {
        '/flags/{key}': {
          parameters: [{ name: 'key', in: 'path', required: true, schema: { type: 'string' } }],
          put: {
            operationId: 'putFlag',
            requestBody: { content: { 'application/json': { schema: { type: 'object' } } } },
            responses: { 201: { description: 'made' }, 200: { description: 'replaced' } },
          },
          delete: { operationId: 'deleteFlag', responses: { 204: { description: 'gone' } } },
        },
      },
    };
    writeFileSync(join(folder.path, 'api.json'), JSON.stringify(keyed));
    stand('/flags/theme', '/flags/new', '/flags/rt1fx');
    write(
      entry('putFlag', '/flags/theme', 'theme', { status: 200 }),
      entry('putFlag', '/flags/new', 'new'),
      entry('putFlag', '/flags/rt1fx', 'rt1fx', { status: 200 }),
    );
    const { code, stdout } = await cleanup('--url', server.url);
    expect(code).toBe(3);
    expect(stdout).toContain('PUT may have replaced a record that was there before');
    expect([...server.records.keys()]).toEqual(['/flags/theme']);
  });

  it('deletes elsewhere than on this machine only when that is said, and says before what it would delete', async () => {
    write({ ...entry('createProject', '/projects', 'a'), url: 'https://api.example.com/projects' });
    const { code, stderr } = await cleanup('--url', 'https://api.example.com');
    expect(code).toBe(2);
    expect(stderr).toContain('This would delete on https://api.example.com, which is not this machine:');
    expect(stderr).toContain('  1 × deleteProject  DELETE /projects/{projectId}');
    expect(stderr).toContain('Add --allow-writes');
    const dry = await cleanup('--url', 'https://api.example.com', '--dry-run');
    expect(dry.code).toBe(0);
    expect(dry.stdout).toMatch(/1 × deleteProject[^]*Nothing is sent\./);
  });

  it.each([
    ['no JSON', 'hello\n', 'l.jsonl is no ledger of RingTrue: line 1 names no record.'],
    ['other JSON', '{"a":1}\n', 'l.jsonl is no ledger of RingTrue: line 1 names no record.'],
    ['a report', '{\n  "schemaVersion": 1\n}\n', 'l.jsonl is no ledger of RingTrue: line 1 names no record.'],
    ['half a line and no other', '{"operation":', 'l.jsonl is no ledger of RingTrue: line 1 names no record.'],
    [
      'a ledger of another contract',
      '{"operation":"createX","url":"http://127.0.0.1:1/x","at":"t"}\n',
      'The contract api has no operation createX',
    ],
  ])('refuses %s with one sentence', async (_what, text, sentence) => {
    writeFileSync(join(folder.path, 'l.jsonl'), text);
    const { code, stderr } = await cleanup('--url', server.url);
    expect(code).toBe(2);
    expect(stderr).toContain(sentence);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(server.seen).toEqual([]);
  });

  it('refuses a file that is not there, and asks for the URL', async () => {
    expect((await cleanup('--url', server.url)).stderr).toMatch(/^l\.jsonl cannot be read: /);
    write(entry('createProject', '/projects', 'a'));
    expect((await cleanup()).stderr).toBe(
      `--url is missing: name the target; the records were created at ${server.url}.\n`,
    );
  });

  it('reads a ledger whose last line was cut by the end of its run', async () => {
    stand('/projects/a');
    write(entry('createProject', '/projects', 'a'));
    writeFileSync(join(folder.path, 'l.jsonl'), '{"operation":"crea', { flag: 'a' });
    const { code, stderr } = await cleanup('--url', server.url);
    expect(stderr).toContain('The last line of l.jsonl is incomplete');
    expect(code).toBe(0);
  });
});

describe('ringtrue run --cleanup', () => {
  const run = (...args: string[]): Promise<Outcome> =>
    ringtrue(
      ['run', 'api.json', '--url', server.url, '--include', '*.createProject*', '--min-coverage', '0', ...args],
      {
        cwd: folder.path,
      },
    );

  it('leaves nothing behind, and tells it in the reports and in the ledger', async () => {
    stand('/projects/before');
    const { stderr } = await run(
      '--cleanup',
      '--ledger',
      'l.jsonl',
      '--report',
      'json=r.json',
      '--report',
      'text=t.txt',
    );
    const report = JSON.parse(readFileSync(join(folder.path, 'r.json'), 'utf8')) as Report;
    expect(report.ledger.length).toBeGreaterThan(1);
    expect(report.cleanup).toHaveLength(report.ledger.length);
    expect(report.cleanup?.every(({ status }) => status === 'deleted')).toBe(true);
    expect([...server.records.keys()]).toEqual(['/projects/before']);
    expect(readFileSync(join(folder.path, 't.txt'), 'utf8')).toContain(
      `Deleted: ${String(report.ledger.length)} records.`,
    );
    expect(stderr).toContain('Deleting what the run created');
    const again = await cleanup('--url', server.url);
    expect(again.code).toBe(0);
    expect(again.stdout).toContain('Nothing');
  });

  it('is off unless it is asked for, and a dry run announces it', async () => {
    await run('--report', 'json=r.json');
    expect(deletes()).toEqual([]);
    const { stdout } = await run('--cleanup', '--dry-run');
    expect(stdout).toContain('At the end what was created is deleted: createProject by deleteProject.');
    expect((await run('--dry-run')).stdout).not.toContain('At the end');
  });

  it('writes and deletes nothing elsewhere than on this machine without --allow-writes', async () => {
    const { code, stderr } = await ringtrue(
      ['run', 'api.json', '--url', 'https://api.example.com', '--cleanup', '--include', '*.createProject*'],
      { cwd: folder.path },
    );
    expect(code).toBe(2);
    expect(stderr).toContain('Nothing was sent. Add --allow-writes');
  });
});
