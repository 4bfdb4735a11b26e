/**
 * The least that can be done with the requests of a run: undici sends them, eight at a time, and each answer is parsed.
 *
 *   node bare-loop.mjs REQUESTS.json URL [fresh-posts]
 *
 * With `fresh-posts` each POST has a connection of its own, as the suite has it.
 */
import { readFileSync } from 'node:fs';
import { Pool } from 'undici';

const [file, url, mode] = process.argv.slice(2);
const requests = JSON.parse(readFileSync(file, 'utf8'));
const kept = new Pool(url, { connections: 8, pipelining: 1 });
const fresh = mode === 'fresh-posts' ? new Pool(url, { connections: 8, pipelining: 0 }) : kept;
let next = 0;

async function worker() {
  while (next < requests.length) {
    const request = requests[next];
    next += 1;
    const { body } = await (request.method === 'POST' ? fresh : kept).request(request);
    const text = await body.text();
    try {
      JSON.parse(text);
    } catch {
      // Some answers have no body.
    }
  }
}

await Promise.all(Array.from({ length: 8 }, worker));
await Promise.all([kept.close(), fresh === kept ? undefined : fresh.close()]);
