/** `ringtrue serve ./mine.yaml` and `ringtrue selftest ./mine.yaml`, in process. */
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pets } from '../../derived/testing/pets.ts';
import type { Io } from '../io.ts';
import { runCli } from '../program.ts';
import { serveDerived, type ServeDerivedOptions } from './serve-derived.ts';

let folder = '';
let file = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ringtrue-serve-cli-'));
  file = join(folder, 'pets.json');
  writeFileSync(file, JSON.stringify(pets));
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

function optionsOf(more: Partial<ServeDerivedOptions> = {}): ServeDerivedOptions {
  return {
    document: file,
    port: 0,
    host: '127.0.0.1',
    cors: true,
    watches: false,
    roleTokens: {},
    maxRecords: 1000,
    faults: [],
    reading: { allowRemote: false },
    ...more,
  };
}

describe('serve', () => {
  it('says what it serves, answers the curl line that it prints, and stops', async () => {
    const stop = new AbortController();
    let greeted: (text: string) => void = () => undefined;
    const greeting = new Promise<string>((resolve) => {
      greeted = resolve;
    });
    const io = { out: greeted, err: greeted, cwd: folder };
    const ended = serveDerived(
      optionsOf({ seedData: 'examples' }),
      { ...io, out: (text) => greeted(text) },
      stop.signal,
    );
    const text = await greeting;
    expect(text).toContain('It serves 7 operations of 7 operations; it keeps pets, visits in memory.');
    expect(text).toContain('1 record from the seed data is there.');
    const [, url = ''] = /curl -s (http\S+\/pets) -H 'Authorization: Bearer any'$/m.exec(text) ?? [];
    const answer = await fetch(url, { headers: { authorization: 'Bearer any', origin: 'http://page.example' } });
    expect(answer.headers.get('access-control-allow-origin')).toBe('http://page.example');
    expect(await answer.json()).toMatchObject({ total: 1 });
    stop.abort();
    expect(await ended).toBe(0);
  });

  it('a port that is taken is one sentence', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo;
    const { code, err } = await cli('serve', file, '--port', String(port));
    taken.close();
    expect(code).toBe(2);
    expect(err).toBe(
      `Port ${String(port)} on 127.0.0.1 is in use; choose another with --port, or --port 0 for a free one.\n`,
    );
  });

  it('--fault list prints the faults, and an id that is none earns a suggestion', async () => {
    const { out } = await cli('serve', file, '--fault', 'list');
    expect(out).toContain('not-stored:createPet.name  createPet takes name and does not store it\n');
    const { code, err } = await cli('serve', file, '--fault', 'not-stored:createPet.nam');
    expect(code).toBe(2);
    expect(err).toContain('Did you mean "not-stored:createPet.name"?');
  });

  it.each([
    [['serve', '--fault', 'list'], '--fault is for a derived server: name a document'],
    [['serve', './nowhere.yaml'], 'There is no contract and no file called "./nowhere.yaml".'],
    [['selftest', './nowhere.yaml'], 'There is no contract and no file called "./nowhere.yaml".'],
  ])('%j is refused in one sentence', async (args, says) => {
    const { code, err } = await cli(...args);
    expect(code).toBe(2);
    expect(err).toContain(says);
  });

  it('seed data that is none is refused', async () => {
    writeFileSync(join(folder, 'seed.json'), '[1]');
    const { code, err } = await cli('serve', file, '--seed-data', 'seed.json');
    expect(code).toBe(2);
    expect(err).toContain('seed.json has to be an object with a list of records for each resource');
  });
});

describe('selftest of a document', () => {
  it('writes the matrix as text, JSON and a page', async () => {
    const { code, out } = await cli(
      ...['selftest', file, '--only', 'delete-keeps:*', '--only', 'not-stored:createVisit.*'],
      ...['--report', 'json=matrix.json', '--report', 'html=matrix.html'],
    );
    expect(code).toBe(0);
    expect(out).toContain('Pets 1.0.0: of 2 possible faults 2 are found');
    expect(JSON.parse(readFileSync(join(folder, 'matrix.json'), 'utf8'))).toMatchObject({
      schemaVersion: 1,
      contract: { title: 'Pets' },
      faults: [{ outcome: 'found' }, { outcome: 'found' }],
    });
    expect(readFileSync(join(folder, 'matrix.html'), 'utf8')).toContain('<code>delete-keeps:deletePet</code>');
  });

  it.each([
    [['--only', 'nothing:*'], 'has an id like "nothing:*"'],
    [['--report', 'jsn'], 'Did you mean "json"?'],
  ])('%j is refused in one sentence', async (args, says) => {
    const { code, err } = await cli('selftest', file, ...args);
    expect(code).toBe(2);
    expect(err).toContain(says);
  });
});
