import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { loadContract } from '../contract/load.ts';
import { checkSchemas, openValidators } from '../contract/validators.ts';
import { planCases } from './index.ts';

/** What it takes on an idle machine is a seventh of this; parts that grow with the square took 74 seconds. */
const MOST_CPU_MS = 40_000;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ringtrue-many-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const kinds = [
  { type: 'string', maxLength: 40, pattern: '^[a-z]+$' },
  { type: 'string', enum: ['a', 'b', 'c'] },
  { type: 'string', format: 'date-time' },
  { type: 'integer', minimum: 0, maximum: 100 },
  { type: 'array', items: { type: 'object', properties: { key: { type: 'string' }, count: { type: 'integer' } } } },
];

function document(properties: number): string {
  const content = { 'application/json': { schema: { $ref: '#/components/schemas/Thing' } } };
  const names = Array.from({ length: properties }, (_, index) => `property_${String(index)}`);
  return JSON.stringify({
    openapi: '3.1.0',
    info: { title: 'Many properties', version: '1' },
    paths: {
      '/things': {
        post: {
          operationId: 'createThing',
          requestBody: { required: true, content },
          responses: { 201: { description: 'Made.', content } },
        },
      },
      '/things/{property_0}': {
        get: {
          operationId: 'getThing',
          parameters: [{ name: 'property_0', in: 'path', required: true, schema: { type: 'string' } }],
          responses: { 200: { description: 'Here.', content } },
        },
      },
    },
    components: {
      schemas: {
        Thing: {
          type: 'object',
          required: names.filter((_, index) => index % 2 === 0),
          properties: Object.fromEntries(names.map((name, index) => [name, kinds[index % kinds.length]])),
        },
      },
    },
  });
}

it('three thousand properties are planned, and their schemas made, in time that grows with their number', async () => {
  const file = join(folder, 'many.json');
  writeFileSync(file, document(3000));
  const before = process.cpuUsage();
  const contract = await loadContract(file, { allowRemote: false });
  const cases = planCases(contract, {
    profile: 'full',
    include: [],
    exclude: [],
    readOnly: false,
    explore: 0,
    roles: [],
    fixtures: [],
  });
  const operations = new Set(cases.map(({ operation }) => operation));
  checkSchemas(contract, operations, await openValidators(contract, { properties: false }));
  expect(process.cpuUsage(before).user / 1000).toBeLessThan(MOST_CPU_MS);
  expect(new Set(cases.flatMap(({ field }) => field ?? [])).size).toBeGreaterThanOrEqual(3000);
}, 120_000);
