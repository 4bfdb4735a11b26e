import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import type { Report } from '../model/index.ts';
import { jsonSafe } from './escape.ts';
import { render } from './json.ts';
import schema from './report.schema.json' with { type: 'json' };
import { conformant, samples } from './sample.ts';

const ajv = new Ajv2020({ strict: true, allErrors: true });
formats.default(ajv);
const validate = ajv.compile(schema);

describe('the JSON report', () => {
  it.each(Object.entries(samples()))('of the run "%s" keeps its schema', (_, report) => {
    validate(JSON.parse(render(report)));
    expect(validate.errors).toBeNull();
  });

  it.each(Object.entries(samples()))(
    'of the run "%s" is indented as JSON.stringify does it, however many pieces it has',
    (_, report) => {
      const { exchanges: _exchanges, ...rest } = {
        ...report,
        cases: Array(20).fill(report.cases).flat() as Report['cases'],
      };
      expect(render({ ...rest, exchanges: [] })).toBe(`${jsonSafe(JSON.stringify(rest, undefined, 2))}\n`);
    },
  );

  it('holds no exchanges', () => {
    expect(JSON.parse(render(conformant()))).not.toHaveProperty('exchanges');
  });

  it('of a report without a required property breaks its schema', () => {
    for (const name of schema.required) {
      const { [name]: _left, ...rest } = JSON.parse(render(conformant())) as Record<string, unknown>;
      expect(validate(rest), name).toBe(false);
    }
  });

  it('may have more properties than the schema names', () => {
    expect(validate({ ...JSON.parse(render(conformant())), later: 1 })).toBe(true);
  });

  it('reads back as the report that it was made from', () => {
    const report = conformant();
    const { exchanges: _, ...rest } = report;
    expect(JSON.parse(render(report)) as Report).toEqual(JSON.parse(JSON.stringify(rest)));
  });
});
