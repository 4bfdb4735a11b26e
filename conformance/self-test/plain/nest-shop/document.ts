/** As @nestjs/swagger writes it: operationIds of controllers, DTOs, PartialType, enums, nested objects, errors left out or untyped. */
import type { JsonObject } from '../../fault.ts';

const ref = (name: string): JsonObject => ({ $ref: `#/components/schemas/${name}` });
const json = (schema: JsonObject): JsonObject => ({ 'application/json': { schema } });
const ok = (schema: JsonObject): JsonObject => ({ description: '', content: json(schema) });
const takes = (name: string): JsonObject => ({ required: true, content: json(ref(name)) });
const error = { description: 'Bad request', content: json(ref('ErrorDto')) };
const missing = { description: 'Not found', content: json(ref('ErrorDto')) };
const id = (name: string): JsonObject => ({
  name,
  required: true,
  in: 'path',
  schema: { format: 'uuid', type: 'string' },
});

const dimensions = {
  type: 'object',
  properties: { width: { type: 'number', minimum: 0 }, unit: { type: 'string', enum: ['cm', 'in'] } },
  required: ['width', 'unit'],
};
export const product = {
  name: { type: 'string', minLength: 3, maxLength: 80, description: 'Shown to customers' },
  description: { type: 'string', maxLength: 2000 },
  price: { type: 'number', minimum: 0, maximum: 10_000 },
  category: { type: 'string', enum: ['BOOKS', 'GARDEN', 'TOYS'] },
  tags: { type: 'array', items: { type: 'string' } },
  dimensions: ref('DimensionsDto'),
  published: { type: 'boolean', default: false },
};
const review = {
  author: { type: 'string', maxLength: 60 },
  rating: { type: 'integer', minimum: 1, maximum: 5 },
  text: { type: 'string' },
};
const stamps = {
  createdAt: { format: 'date-time', type: 'string' },
  updatedAt: { format: 'date-time', type: 'string' },
};

export const productNames: readonly string[] = Object.keys(product);
export const reviewNames: readonly string[] = Object.keys(review);

export const document: JsonObject = {
  openapi: '3.0.0',
  info: { title: 'Shop', description: 'The shop API', version: '1.0', contact: {} },
  tags: [],
  servers: [],
  paths: {
    '/products': {
      post: {
        operationId: 'ProductsController_create',
        parameters: [],
        requestBody: takes('CreateProductDto'),
        responses: { 201: ok(ref('ProductDto')), 400: error },
      },
      get: {
        operationId: 'ProductsController_findAll',
        parameters: [],
        responses: { 200: ok({ type: 'array', items: ref('ProductDto') }) },
      },
    },
    '/products/{id}': {
      get: {
        operationId: 'ProductsController_findOne',
        parameters: [id('id')],
        responses: { 200: ok(ref('ProductDto')), 400: error, 404: missing },
      },
      patch: {
        operationId: 'ProductsController_update',
        parameters: [id('id')],
        requestBody: takes('UpdateProductDto'),
        responses: { 200: ok(ref('ProductDto')), 400: error, 404: missing },
      },
      delete: {
        operationId: 'ProductsController_remove',
        parameters: [id('id')],
        responses: { 200: ok(ref('ProductDto')), 400: error, 404: missing },
      },
    },
    '/products/{productId}/reviews': {
      post: {
        operationId: 'ReviewsController_create',
        parameters: [id('productId')],
        requestBody: takes('CreateReviewDto'),
        responses: { 201: ok(ref('ReviewDto')), 400: error, 404: missing },
      },
      get: {
        operationId: 'ReviewsController_findAll',
        parameters: [id('productId')],
        responses: { 200: ok({ type: 'array', items: ref('ReviewDto') }), 400: error, 404: missing },
      },
    },
    '/products/{productId}/reviews/{id}': {
      get: {
        operationId: 'ReviewsController_findOne',
        parameters: [id('productId'), id('id')],
        responses: { 200: ok(ref('ReviewDto')), 400: error, 404: missing },
      },
    },
  },
  components: {
    schemas: {
      DimensionsDto: dimensions,
      CreateProductDto: { type: 'object', properties: product, required: ['name', 'price', 'category'] },
      UpdateProductDto: { type: 'object', properties: product },
      ProductDto: {
        type: 'object',
        properties: { id: { format: 'uuid', type: 'string' }, ...product, ...stamps },
        required: ['id', 'name', 'price', 'category', 'published', 'createdAt', 'updatedAt'],
      },
      CreateReviewDto: { type: 'object', properties: review, required: ['author', 'rating'] },
      ReviewDto: {
        type: 'object',
        properties: {
          id: { format: 'uuid', type: 'string' },
          productId: { format: 'uuid', type: 'string' },
          ...review,
        },
        required: ['id', 'productId', 'author', 'rating'],
      },
      ErrorDto: {
        type: 'object',
        properties: {
          statusCode: { type: 'number' },
          message: { oneOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }] },
          error: { type: 'string' },
        },
        required: ['statusCode', 'message'],
      },
    },
  },
};
