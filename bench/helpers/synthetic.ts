/** Contracts of any size: records of text fields that are created and read. */

/**
 * @param operations how many; two (create, read) for each path
 * @param fields properties of each record
 * @returns an OpenAPI 3.1 document
 */
export function syntheticContract(operations: number, fields: number): object {
  const names = Array.from({ length: fields }, (_, index) => `field_${String(index)}`);
  const properties = Object.fromEntries(names.map((name) => [name, { type: 'string', minLength: 1, maxLength: 64 }]));
  const write = { type: 'object', required: names.slice(0, Math.ceil(fields / 2)), properties };
  const record = {
    type: 'object',
    required: ['id'],
    properties: { id: { type: 'string', readOnly: true }, ...properties },
  };
  const body = (schema: object): object => ({ content: { 'application/json': { schema } } });
  const refusal = { description: 'Refused', ...body({ type: 'object' }) };
  const paths: Record<string, object> = {};
  for (let index = 0; index < operations / 2; index += 1) {
    const name = `thing${String(index)}`;
    paths[`/${name}`] = {
      post: {
        operationId: `create_${name}`,
        requestBody: { required: true, ...body(write) },
        responses: {
          201: {
            description: 'Created',
            ...body(record),
            links: { read: { operationId: `read_${name}`, parameters: { id: '$response.body#/id' } } },
          },
          400: refusal,
        },
      },
    };
    paths[`/${name}/{id}`] = {
      get: {
        operationId: `read_${name}`,
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
        responses: { 200: { description: 'Found', ...body(record) }, 404: refusal },
      },
    };
  }
  return { openapi: '3.1.0', info: { title: 'Synthetic', version: '1' }, paths };
}
