/** In the manner of Stripe: forms, nested names, files. */
import { isObject } from '../../json.ts';
import type { PlainApi } from '../api.ts';
import { answering, asking, isAsked, without } from '../behaviours.ts';
import { commonFaults, commonVariants } from '../common/index.ts';
import type { Shape } from '../common/shape.ts';
import { document, exempt, fields } from './document.ts';
import { serve } from './server.ts';

const name = 'form-customers';
const create = 'POST /v1/customers';
const update = 'POST /v1/customers/*';
const number = (value: unknown): unknown => (typeof value === 'string' ? Number(value) : value);

const shape: Shape = {
  api: name,
  create: { at: create, operation: 'createCustomer' },
  read: { at: 'GET /v1/customers/*', operation: 'getCustomer' },
  list: { at: 'GET /v1/customers', operation: 'listCustomers' },
  update: { at: update, operation: 'updateCustomer' },
  remove: { at: 'DELETE /v1/customers/*', operation: 'deleteCustomer' },
  whole: true,
  form: true,
  reading: { balance: number },
  listed: ['data'],
  id: 'id',
  names: Object.keys(fields),
  samples: { name: 'Jenny', balance: '0', tax_exempt: 'none' },
  text: { name: 'name' },
  length: { name: 'name', wrong: (value) => String(value).length > 200 },
  optional: { name: 'description' },
  number: { name: 'balance', wrong: (value) => Number(value) > 100_000 },
  choice: { name: 'tax_exempt', wrong: (value) => !exempt.includes(String(value)) },
  flag: { name: 'livemode' },
  refusal: (status, property) => ({ status, json: { message: `${property ?? 'this'} is not possible` } }),
  wishes: ['404', '405', '409', '415'],
};

export const formCustomers: PlainApi = {
  name,
  document,
  serve: () => serve(true),
  faults: [
    ...commonFaults(shape),
    {
      id: `${name}/nested-field-lost`,
      title: 'a nested field of a form is taken and never stored',
      level: 'MUST',
      names: ['address'],
      behaviour: asking([create, update], (body) => without(body, 'address')),
    },
    {
      id: `${name}/last-item-alone`,
      title: 'of a list that a form repeats none is stored',
      level: 'MUST',
      names: ['preferred_locales'],
      behaviour: asking([create, update], (body) =>
        body.preferred_locales === undefined ? body : { ...body, preferred_locales: 'en' },
      ),
    },
    {
      id: `${name}/truncated-number`,
      title: 'a number of a form is cut to a whole one',
      level: 'MUST',
      names: ['rate'],
      behaviour: asking([create, update], (body) =>
        typeof body.rate === 'string' ? { ...body, rate: String(Math.trunc(Number(body.rate)) + 1) } : body,
      ),
    },
    {
      id: `${name}/update-ignores-metadata`,
      title: 'a map is taken by the update and not stored',
      level: 'MUST',
      names: ['metadata'],
      behaviour: asking([update], (body) => without(body, 'metadata')),
    },
    {
      id: `${name}/required-field-not-needed`,
      title: 'a form without a required field is accepted',
      level: 'MUST',
      names: ['balance'],
      behaviour: asking([create], (body) => ({ balance: '0', ...body })),
    },
    {
      id: `${name}/nothing-checked`,
      title: 'bounds and listed values of a form are not checked',
      level: 'MUST',
      names: ['tax_exempt', 'balance'],
      behaviour: () => serve(false),
    },
    {
      id: `${name}/upload-crashes`,
      title: 'an upload in parts earns a 500',
      level: 'MUST',
      names: ['uploadFile'],
      behaviour: () => (request, next) =>
        isAsked(request, 'POST /v1/files') && isObject(request.body) && isObject(request.body.file)
          ? { status: 500, json: { message: 'crashed' } }
          : next(request),
    },
    {
      id: `${name}/upload-loses-purpose`,
      title: 'a part beside a file is taken and not returned as it was',
      level: 'MUST',
      names: ['purpose'],
      behaviour: answering(['POST /v1/files', 'GET /v1/files/*'], (answer) => ({
        ...answer,
        json: isObject(answer.json) ? { ...answer.json, purpose: 'other' } : answer.json,
      })),
    },
  ],
  variants: [
    ...commonVariants(shape),
    {
      id: `${name}/unknown-fields-ignored`,
      title: 'fields that the document does not name are ignored',
      wishes: ['404', '405', '409', '415'],
      behaviour: asking([create, update], (body) =>
        Object.fromEntries(Object.entries(body).filter(([one]) => one in fields)),
      ),
    },
  ],
};
