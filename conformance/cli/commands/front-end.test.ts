/** `ringtrue mock` and `ringtrue types`, in process: what front-end people start with. */
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Io } from '../io.ts';
import { runCli } from '../program.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ringtrue-front-end-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

async function cli(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const written = { out: '', err: '' };
  const io: Io = {
    out: (text) => void (written.out += text),
    err: (text) => void (written.err += text),
    env: {},
    cwd: folder,
    color: { out: false, err: false },
    columns: undefined,
    interactive: false,
  };
  return { code: await runCli(args, io), ...written };
}

describe('mock', () => {
  it.each(['voice-calls', 'calldesk', 'aicaller'])(
    '--examples lists every status of %s, with names',
    async (contract) => {
      const { code, out } = await cli('mock', contract, '--examples');
      expect(code).toBe(0);
      expect(out).toMatch(/^POST \/\S+$/m);
      expect(out).toMatch(/^ {2}40\d {5}\w+/m);
    },
  );

  it('a port that is taken is one sentence', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    try {
      const { code, err } = await cli('mock', '--port', String(port));
      expect(err).toBe(
        `Port ${String(port)} on 127.0.0.1 is in use; choose another with --port, or --port 0 for a free one.\n`,
      );
      expect(code).toBe(2);
    } finally {
      other.close();
    }
  });
});

describe('types', () => {
  const document = {
    openapi: '3.0.3',
    info: { title: 'Pets', version: '1' },
    paths: {
      '/pets': {
        get: {
          responses: {
            200: {
              description: 'ok',
              content: { 'application/json': { schema: { $ref: '#/components/schemas/Pet' } } },
            },
          },
        },
      },
    },
    components: { schemas: { Pet: { type: 'object', properties: { name: { type: 'string', nullable: true } } } } },
  };

  it('prints the types of a document, upgraded as run upgrades it', async () => {
    writeFileSync(join(folder, 'pets.json'), JSON.stringify(document));
    const { code, out } = await cli('types', join(folder, 'pets.json'));
    expect(out).toContain('export interface paths');
    expect(out).toMatch(/name\?: string \| null;/);
    expect(code).toBe(0);
  });

  it('writes them to a file', async () => {
    const { code, out, err } = await cli('types', 'calldesk', '--output', 'calldesk.d.ts');
    expect(readFileSync(join(folder, 'calldesk.d.ts'), 'utf8')).toContain('caller_id: ');
    expect({ code, out, err }).toEqual({ code: 0, out: '', err: 'calldesk.d.ts is written.\n' });
  });
});
