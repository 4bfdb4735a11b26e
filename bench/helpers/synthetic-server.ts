/** Keeps the synthetic contracts of the growth table, as plainly as can be. */
import { createServer, type Server } from 'node:http';

const FIELD = /^field_\d+$/;

/**
 * @param fields properties of each record; the first half is required
 * @returns a server that stores what is right and refuses what is not
 */
export function syntheticServer(fields: number): Server {
  const records = new Map<string, string>();
  return createServer((request, response) => {
    const answer = (status: number, text: string): void => {
      response
        .writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) })
        .end(text);
    };
    const [, name, id] = (request.url ?? '').split('?')[0]?.split('/') ?? [];
    if (request.method === 'GET') {
      const found = records.get(`${name ?? ''}/${id ?? ''}`);
      answer(found === undefined ? 404 : 200, found ?? '{}');
      return;
    }
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = parse(Buffer.concat(chunks).toString(), request.headers['content-type']);
      if (request.method !== 'POST' || body === undefined || !isRight(body, fields)) {
        answer(400, '{}');
        return;
      }
      const key = String(records.size + 1);
      const known = Object.entries(body).filter(([field]) => FIELD.test(field));
      const text = JSON.stringify({ ...Object.fromEntries(known), id: key });
      records.set(`${name ?? ''}/${key}`, text);
      answer(201, text);
    });
  });
}

function parse(text: string, type = ''): Record<string, unknown> | undefined {
  if (!type.startsWith('application/json')) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

function isRight(body: Record<string, unknown>, fields: number): boolean {
  for (let index = 0; index < fields; index += 1) {
    const value = body[`field_${String(index)}`];
    if (value === undefined && index >= Math.ceil(fields / 2)) continue;
    if (typeof value !== 'string' || value === '' || Array.from(value).length > 64) return false;
  }
  return true;
}
