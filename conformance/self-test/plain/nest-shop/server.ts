/** As NestJS with class-validator answers: `{ statusCode, message: […], error }`, UUIDs, a DELETE that returns the record. */
import { randomUUID } from 'node:crypto';
import type { JsonObject } from '../../fault.ts';
import { isObject } from '../../json.ts';
import { checkOf, picked } from '../check.ts';
import { application, Refusal, Table, type PlainAnswer, type PlainHandler, type PlainRequest } from '../server.ts';
import { document, productNames, reviewNames } from './document.ts';

const check = checkOf(document);
const names: Readonly<Record<number, string>> = { 400: 'Bad Request', 404: 'Not Found' };

/** @returns an exception as Nest writes it */
export function exception(statusCode: number, message: string | readonly string[]): PlainAnswer {
  return { status: statusCode, json: { statusCode, message, error: names[statusCode] ?? 'Error' } };
}

function validated({ body, headers }: PlainRequest, schema: string): JsonObject {
  // A body of another media type is not read at all.
  const read = /^application\/json\b/.test(headers['content-type'] ?? '') ? body : {};
  if (typeof read === 'string') throw new Refusal(exception(400, `Unexpected token in JSON`));
  const messages = check(schema, read).map(({ place, message }) => `${place.join('.')} ${message}`);
  if (messages.length > 0 || !isObject(read)) throw new Refusal(exception(400, messages));
  return read;
}

const uuid = /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i;

function found(table: Table, id: string | undefined): JsonObject {
  if (!uuid.test(id ?? '')) throw new Refusal(exception(400, 'Validation failed (uuid is expected)'));
  const row = table.get(id?.toLowerCase());
  if (!row) throw new Refusal(exception(404, 'Not found'));
  return row;
}

/** @returns a server without products */
export function serve(): PlainHandler {
  const products = new Table();
  const reviews = new Table();
  const now = (): string => new Date().toISOString();
  return application(
    {
      'POST /products': (_values, request) => {
        const id = randomUUID();
        const body = picked(validated(request, 'CreateProductDto'), productNames);
        const stamp = now();
        return {
          status: 201,
          json: products.put(id, { id, published: false, ...body, createdAt: stamp, updatedAt: stamp }),
        };
      },
      'GET /products': () => ({ status: 200, json: [...products.rows.values()] }),
      'GET /products/{id}': ({ id }) => ({ status: 200, json: found(products, id) }),
      'PATCH /products/{id}': ({ id }, request) => {
        const row = found(products, id);
        const body = picked(validated(request, 'UpdateProductDto'), productNames);
        return { status: 200, json: products.put(row.id, { ...row, ...body, updatedAt: now() }) };
      },
      'DELETE /products/{id}': ({ id }) => {
        const row = found(products, id);
        products.rows.delete(String(row.id));
        for (const [key, { productId }] of reviews.rows) if (productId === row.id) reviews.rows.delete(key);
        return { status: 200, json: row };
      },
      'POST /products/{productId}/reviews': ({ productId }, request) => {
        const above = found(products, productId);
        const id = randomUUID();
        const body = picked(validated(request, 'CreateReviewDto'), reviewNames);
        return { status: 201, json: reviews.put(id, { id, productId: above.id, ...body }) };
      },
      'GET /products/{productId}/reviews': ({ productId }) => {
        const above = found(products, productId);
        return { status: 200, json: [...reviews.rows.values()].filter((row) => row.productId === above.id) };
      },
      'GET /products/{productId}/reviews/{id}': ({ productId, id }) => {
        const above = found(products, productId);
        const row = found(reviews, id);
        return row.productId === above.id ? { status: 200, json: row } : exception(404, 'Not found');
      },
    },
    { path: exception(404, 'Cannot find it'), method: exception(404, 'Cannot do it') },
  );
}
