/** The plan names what is never sent. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { emptyFolder, ringtrue } from '../testing/cli.ts';

it('--dry-run names the operations that are never sent, with the reason', async () => {
  const folder = emptyFolder();
  const done = { responses: { 204: { description: '' } } };
  const paths = {
    '/logout': { post: { operationId: 'leaveItNow', ...done } },
    '/account': { put: { operationId: 'putAccount', ...done } },
    '/status': { get: { operationId: 'getStatus', ...done } },
  };
  const document = { openapi: '3.1.0', info: { title: 'x', version: '1' }, paths };
  try {
    writeFileSync(join(folder.path, 'x.json'), JSON.stringify(document));
    const { code, stdout } = await ringtrue(['run', 'x.json', '--url', 'http://127.0.0.1:1', '--dry-run'], {
      cwd: folder.path,
    });
    expect(code).toBe(0);
    expect(stdout).toContain('Not sent:\n  leaveItNow  POST /logout: its name says logout\n');
    expect(stdout).toContain("  putAccount  PUT /account: it changes the caller's own account\n");
    expect(stdout).not.toContain('getStatus   GET /status:');
  } finally {
    folder.remove();
  }
});
