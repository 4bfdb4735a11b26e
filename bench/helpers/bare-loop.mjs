/** The least that can be done with the requests of a run: undici sends them, eight at a time, and each answer is parsed. */
import { readFileSync } from 'node:fs';
import { Pool } from 'undici';

const [file, url] = process.argv.slice(2);
const requests = JSON.parse(readFileSync(file, 'utf8'));
const pool = new Pool(url, { connections: 8, pipelining: 1 });
let next = 0;

async function worker() {
  while (next < requests.length) {
    const request = requests[next];
    next += 1;
    const { body } = await pool.request(request);
    const text = await body.text();
    try {
      JSON.parse(text);
    } catch {
      // Some answers have no body.
    }
  }
}

await Promise.all(Array.from({ length: 8 }, worker));
await pool.close();
