import { expect, it } from 'vitest';
import { withExistingValues } from './existing-values.ts';

const document = {
  'x-ringtrue-fixtures': { caller_id: { development: '+1' }, staff_uid: { development: 's' } },
  paths: {
    '/a': {
      get: {
        parameters: [
          { $ref: '#/components/parameters/Sort' },
          { name: 'filter', in: 'query', schema: { type: 'object' } },
        ],
        'x-ringtrue-sort': { parameter: 'sort', example: 'a:asc', default: 'b:desc' },
        'x-ringtrue-filter': { parameter: 'filter', fields: ['status'] },
      },
    },
  },
  components: {
    parameters: { Sort: { name: 'sort', in: 'query', schema: { type: 'string' } } },
    schemas: {
      A: {
        properties: {
          caller_id: { type: 'string', 'x-ringtrue-fixture': 'caller_id' },
          staff_uid: { type: 'string', 'x-ringtrue-fixture': 'staff_uid' },
        },
      },
    },
  },
};

it('what is looked up on the target is filled in, and the document stays as it was', () => {
  const before = JSON.stringify(document);
  const filled = withExistingValues(document);
  expect(filled).toMatchObject({
    paths: {
      '/a': {
        get: {
          parameters: [
            {},
            { schema: { type: 'object', properties: { status: { type: 'string' } }, additionalProperties: false } },
          ],
        },
      },
    },
    components: {
      parameters: { Sort: { schema: { type: 'string', enum: ['a:asc', 'b:desc'] } } },
      schemas: { A: { properties: { caller_id: { enum: ['+1'] } } } },
    },
  });
  expect(JSON.stringify(filled)).not.toContain('"enum":["s"]');
  expect(JSON.stringify(document)).toBe(before);
});
