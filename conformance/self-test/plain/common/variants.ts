/** Servers of any API that differ from the plain one and are right all the same. */
import type { JsonObject } from '../../fault.ts';
import { isObject } from '../../json.ts';
import type { PlainVariant } from '../api.ts';
import type { PlainAnswer } from '../server.ts';
import { answeringLate } from './late.ts';
import { asks, idIn, lastOf, sending, sentIn, type Shape } from './shape.ts';
import { answering, eachText, listing, showing, without, writing, type Made } from './touch.ts';

/** @returns the right servers that an API of this shape may have beside its own */
export function variantsOf(shape: Shape): PlainVariant[] {
  const { create, read, list, update, remove, text, optional, number, instant } = shape;
  const everywhere = [create, read, list, update];
  const row = (
    applies: unknown,
    name: string,
    title: string,
    behaviour: Made | undefined,
    more: Partial<PlainVariant> = {},
  ): PlainVariant[] =>
    applies === undefined || applies === false
      ? []
      : [
          {
            id: `${shape.api}/${name}`,
            title,
            ...(behaviour ? { behaviour } : {}),
            ...more,
            wishes: [...shape.wishes, ...(more.wishes ?? [])],
          },
        ];
  return [
    row(true, 'as-it-is', 'the right server itself', undefined),
    row(
      true,
      'more-than-documented',
      'records have properties that the document does not name',
      showing(shape, everywhere, (fields) => ({
        ...fields,
        _etag: 'x1',
        view_count: 3,
        _internal: { shard: 7, tags: [] },
      })),
    ),
    row(
      optional && list,
      'short-list-items',
      'the list leaves out what the document does not require there',
      showing(shape, [list], (fields) => without(fields, optional?.name ?? '')),
    ),
    row(
      list,
      'newest-first',
      'the list has the newest record first',
      listing(shape, () => (items) => items),
    ),
    row(create, 'records-before', 'others have made records before', recordsBefore(shape)),
    row(create, 'others-at-work', 'others make records all the time', othersAtWork(shape)),
    row(
      true,
      'refuses-with-another-status',
      'what does not validate is answered with another 4xx of HTTP',
      refusesWith(shape),
      {
        wishes: ['422', '400'],
      },
    ),
    row(
      true,
      'trims',
      'outer spaces of texts are cut off',
      writing(shape, [create, update], (fields) => eachText(fields, (value) => value.trim())),
      { wishes: ['spaces', 'not one of the allowed values'] },
    ),
    row(true, 'strict', 'properties that the document does not name are refused', strict(shape)),
    row(
      true,
      'lenient',
      'properties that the document does not name are ignored',
      writing(shape, [create, update], (fields) =>
        Object.fromEntries(Object.entries(fields).filter(([name]) => shape.names.includes(name))),
      ),
    ),
    row(remove, 'second-delete-succeeds', 'a second DELETE is answered as the first', secondDelete(shape)),
    row(remove, 'gone-is-410', 'a deleted record is answered with 410', gone(shape), { wishes: ['410'] }),
    row(true, 'sneezes', 'one request in fifty is answered with 503 first, and rightly when asked again', sneezes),
    row(true, 'limits-rates', 'one request in forty is answered with 429 and has to be sent again', limits),
    row(
      optional,
      'refuses-an-optional',
      'the server refuses an optional property, and says so',
      refusesOptional(shape),
    ),
    row(
      true,
      'short-texts-only',
      'the server takes no text longer than the document says, nor one of more than 2,000 characters',
      shortTexts(shape),
    ),
    row(
      number && shape.form !== true,
      'numbers-from-text',
      'a text that is a number is stored as one, for all to see',
      writing(shape, [create, update], (fields) => numberRead(fields, number?.name ?? '')),
      { wishes: [number?.name ?? ''] },
    ),
    row(
      instant,
      'instants-with-offset',
      'instants are returned with +00:00 and a fraction',
      showing(shape, everywhere, (fields) => offset(fields, instant?.name ?? '')),
    ),
    row(true, 'charset-named', 'the media type names its charset', charset),
    row(
      true,
      'other-order',
      'the properties of a record stand in another order',
      showing(shape, everywhere, (fields) => Object.fromEntries(Object.entries(fields).reverse())),
    ),
    row(true, 'late', 'a read sees a write only when it is asked again', answeringLate(shape), { consistencyMs: 2000 }),
    row(true, 'text-taken', 'a text that another record has is refused with 409', taken(shape, text.name), {
      wishes: ['409'],
    }),
  ].flat();
}

function recordsBefore(shape: Shape): Made {
  return () => {
    let filled = false;
    return (request, next) => {
      if (!filled && asks(request, shape.create) && sentIn(shape, request)) {
        filled = true;
        for (let count = 0; count < 5; count += 1)
          next(sending(shape, request, { ...shape.samples, [shape.text.name]: `Earlier ${String(count)}` }));
      }
      return next(request);
    };
  };
}

function othersAtWork(shape: Shape): Made {
  return () => {
    let count = 0;
    return (request, next) => {
      const answer = next(request);
      if (asks(request, shape.create) && idIn(shape, answer) !== undefined) {
        count += 1;
        if (count % 3 === 0)
          next(sending(shape, request, { ...shape.samples, [shape.text.name]: `Other ${String(count)}` }));
      }
      return answer;
    };
  };
}

/** 400 and 422 mean the same to most servers. */
function refusesWith(shape: Shape): Made {
  return answering([shape.create, shape.update], (answer) =>
    answer.status === 400 ? { ...answer, status: 422 } : answer.status === 422 ? { ...answer, status: 400 } : answer,
  );
}

function strict(shape: Shape): Made {
  return () => (request, next) => {
    const fields = asks(request, shape.create, shape.update) ? sentIn(shape, request) : undefined;
    const unknown = Object.keys(fields ?? {}).find((name) => !shape.names.includes(name));
    return unknown === undefined ? next(request) : shape.refusal(shape.refusedWith ?? 400, unknown);
  };
}

function secondDelete(shape: Shape): Made {
  return () => {
    const done = new Map<string, PlainAnswer>();
    return (request, next) => {
      const answer = next(request);
      if (!asks(request, shape.remove)) return answer;
      if (answer.status < 300) done.set(request.path, answer);
      return done.get(request.path) ?? answer;
    };
  };
}

function gone(shape: Shape): Made {
  return () => {
    const done = new Set<string>();
    return (request, next) => {
      const answer = next(request);
      if (asks(request, shape.remove) && answer.status < 300) done.add(lastOf(request.path));
      return answer.status === 404 &&
        asks(request, shape.read, shape.remove, shape.update) &&
        done.has(lastOf(request.path))
        ? { ...answer, status: 410 }
        : answer;
    };
  };
}

const sneezes: Made = () => {
  let count = 0;
  return (request, next) => {
    count += 1;
    return count % 50 === 0 ? { status: 503, text: '' } : next(request);
  };
};

const limits: Made = () => {
  let count = 0;
  return (request, next) => {
    count += 1;
    return count % 40 === 0 ? { status: 429, headers: { 'retry-after': '0' }, text: '' } : next(request);
  };
};

function refusesOptional(shape: Shape): Made {
  const name = shape.optional?.name ?? '';
  return () => (request, next) => {
    const value = asks(request, shape.create, shape.update) ? sentIn(shape, request)?.[name] : undefined;
    return value === undefined || value === null ? next(request) : shape.refusal(shape.refusedWith ?? 400, name);
  };
}

function shortTexts(shape: Shape): Made {
  return () => (request, next) => {
    const fields = asks(request, shape.create, shape.update) ? sentIn(shape, request) : undefined;
    const long = Object.entries(fields ?? {}).find(([, value]) => typeof value === 'string' && value.length > 2000);
    return long ? shape.refusal(shape.refusedWith ?? 400, long[0]) : next(request);
  };
}

function numberRead(fields: JsonObject, name: string): JsonObject {
  const value = fields[name];
  return typeof value === 'string' && value.trim() !== '' && !Number.isNaN(Number(value))
    ? { ...fields, [name]: Number(value) }
    : fields;
}

function offset(fields: JsonObject, name: string): JsonObject {
  const value = fields[name];
  if (typeof value !== 'string' || Number.isNaN(Date.parse(value))) return fields;
  return { ...fields, [name]: new Date(Date.parse(value)).toISOString().replace(/\.?(\d*)Z$/, '.$1000+00:00') };
}

const charset: Made = () => (request, next) => {
  const answer = next(request);
  const type = answer.headers?.['content-type'] ?? 'application/json';
  return answer.json === undefined || type.includes('vnd.api')
    ? answer
    : { ...answer, headers: { ...answer.headers, 'content-type': `${type}; charset=utf-8` } };
};

function taken(shape: Shape, name: string): Made {
  return () => {
    const known = new Map<string, unknown>();
    return (request, next) => {
      const value = asks(request, shape.create, shape.update) ? sentIn(shape, request)?.[name] : undefined;
      const own = asks(request, shape.update) ? lastOf(request.path) : '';
      if (typeof value === 'string' && [...known].some(([id, other]) => other === value && id !== own))
        return shape.refusal(409, name);
      const answer = next(request);
      const id = idIn(shape, answer);
      if (id !== undefined && value !== undefined && isObject(answer.json)) known.set(id, value);
      return answer;
    };
  };
}
