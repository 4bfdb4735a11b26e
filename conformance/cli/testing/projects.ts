/** A server with projects, the tasks below them and notes that nothing deletes, and its document. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

const id = { name: 'projectId', in: 'path', required: true, schema: { type: 'string' } };
const task = { name: 'taskId', in: 'path', required: true, schema: { type: 'string' } };
const record = {
  type: 'object',
  required: ['id', 'name'],
  properties: { id: { type: 'string' }, name: { type: 'string' } },
};
const content = (schema: object): object => ({ 'application/json': { schema } });
const body = {
  required: true,
  content: content({ type: 'object', required: ['name'], properties: { name: { type: 'string' } } }),
};
const creates = (operationId: string): object => ({
  operationId,
  requestBody: body,
  responses: { 201: { description: 'made', content: content(record) }, 400: { description: 'no' } },
});
const reads = (operationId: string): object => ({
  operationId,
  responses: { 200: { description: 'it', content: content(record) }, 404: { description: 'no' } },
});
const removes = (operationId: string): object => ({
  operationId,
  responses: { 204: { description: 'gone' }, 404: { description: 'no' }, 409: { description: 'tasks stand in it' } },
});

/** The document of {@link projectServer}. */
export const projectDocument = {
  openapi: '3.1.0',
  info: { title: 'Projects', version: '1.0.0' },
  paths: {
    '/projects': { post: creates('createProject') },
    '/projects/{projectId}': { parameters: [id], get: reads('getProject'), delete: removes('deleteProject') },
    '/projects/{projectId}/tasks': { parameters: [id], post: creates('createTask') },
    '/projects/{projectId}/tasks/{taskId}': {
      parameters: [id, task],
      get: reads('getTask'),
      delete: removes('deleteTask'),
    },
    '/notes': { post: creates('createNote') },
    '/notes/{taskId}': { parameters: [task], get: reads('getNote') },
  },
};

export interface ProjectServer {
  url: string;
  /** `METHOD /path` of each request. */
  seen: string[];
  /** Addresses of the records. */
  records: Map<string, unknown>;
  close: () => Promise<void>;
}

/**
 * @param before answers a request in the server's place; false leaves it to the server
 * @returns a server on a free port: a project with tasks cannot be deleted
 */
export async function projectServer(
  before: (request: IncomingMessage, response: ServerResponse, nth: number) => boolean = () => false,
): Promise<ProjectServer> {
  const records = new Map<string, unknown>();
  const seen: string[] = [];
  let last = 0;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const path = request.url ?? '';
      seen.push(`${request.method ?? ''} ${path}`);
      if (before(request, response, seen.length)) return;
      const answer = (status: number, value?: unknown): ServerResponse => {
        response.writeHead(status, { 'content-type': 'application/json' });
        return response.end(value === undefined ? undefined : JSON.stringify(value));
      };
      const known = records.get(path);
      if (request.method === 'POST') {
        last += 1;
        const name = nameIn(Buffer.concat(chunks).toString());
        if (name === undefined) return answer(400, { message: 'name' });
        const made = { id: `n-${String(last)}`, name };
        records.set(`${path}/${made.id}`, made);
        return answer(201, made);
      }
      if (known === undefined) return answer(404, { message: 'none' });
      if (request.method === 'GET') return answer(200, known);
      if ([...records.keys()].some((one) => one.startsWith(`${path}/`)))
        return answer(409, { message: 'it has tasks' });
      records.delete(path);
      return answer(204);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    seen,
    records,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => {
          resolve();
        });
      }),
  };
}

function nameIn(text: string): string | undefined {
  try {
    const { name } = JSON.parse(text) as { name?: unknown };
    return typeof name === 'string' ? name : undefined;
  } catch {
    return undefined;
  }
}
