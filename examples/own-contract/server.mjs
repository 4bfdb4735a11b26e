// A server for seed-library.yaml, to try the contract on. `node examples/own-contract/server.mjs` prints its URL;
// FORGETS=donorNote makes it accept that field and never store it.
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parse } from 'yaml';

const { components } = parse(readFileSync(new URL('seed-library.yaml', import.meta.url), 'utf8'));
const isNewLot = new Ajv2020({ strict: false }).compile(components.schemas.NewSeedLot);
const fields = Object.keys(components.schemas.NewSeedLot.properties).filter((name) => name !== process.env.FORGETS);
const lots = new Map();

class Problem extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

async function labelIn(request) {
  if (!/^application\/json\b/i.test(request.headers['content-type'] ?? '')) throw new Problem(415, 'send JSON');
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  let label;
  try {
    label = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks)));
  } catch {
    throw new Problem(400, 'the body is no JSON');
  }
  if (!isNewLot(label)) throw new Problem(400, `${isNewLot.errors[0].instancePath} ${isNewLot.errors[0].message}`);
  return Object.fromEntries(fields.map((name) => [name, label[name] ?? null]));
}

async function answer(request) {
  const [, shelf, lotId, more] = new URL(request.url, 'http://localhost').pathname.split('/');
  if (shelf !== 'seed-lots' || more !== undefined) throw new Problem(404, 'there is nothing here');
  if (request.headers.authorization !== 'Bearer librarian') throw new Problem(401, 'show your pass');
  const route = `${request.method} ${lotId === undefined ? 'shelf' : 'lot'}`;
  if (route === 'GET shelf') return [200, { lots: [...lots.values()].reverse() }];
  if (route === 'POST shelf') {
    const lot = { lotId: randomUUID(), arrivedAt: new Date().toISOString(), ...(await labelIn(request)) };
    lots.set(lot.lotId, lot);
    return [201, lot];
  }
  if (route !== 'GET lot' && route !== 'PUT lot') throw new Problem(405, 'a lot is read or relabelled');
  if (!lots.has(lotId)) throw new Problem(404, 'no lot has this number');
  if (route === 'PUT lot') lots.set(lotId, { ...lots.get(lotId), ...(await labelIn(request)) });
  return [200, lots.get(lotId)];
}

const server = createServer(async (request, response) => {
  const [status, body] = await answer(request).catch(({ status = 500, message }) => [status, { title: message }]);
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
});
server.listen(Number(process.env.PORT ?? 0), '127.0.0.1', () =>
  console.log(`http://127.0.0.1:${server.address().port}`),
);
