/** Ways in which a server of any API goes wrong, or differs and is right. */
import type { JsonObject } from '../fault.ts';
import { isObject } from '../json.ts';
import type { PlainAnswer, PlainMiddleware, PlainRequest } from './server.ts';

/** `POST /items`, with `*` for any segment. */
export function isAsked(request: PlainRequest, pattern: string): boolean {
  const [method, path = ''] = pattern.split(' ');
  return method === request.method && new RegExp(`^${path.replaceAll('*', '[^/]+')}$`).test(request.path);
}

/** Changes the body of some requests before the server sees it. */
export function asking(patterns: readonly string[], change: (body: JsonObject) => JsonObject): () => PlainMiddleware {
  return () => (request, next) =>
    next(
      patterns.some((pattern) => isAsked(request, pattern)) && isObject(request.body)
        ? { ...request, body: change({ ...request.body }) }
        : request,
    );
}

/** Changes the successful answers of some requests. */
export function answering(
  patterns: readonly string[],
  change: (answer: PlainAnswer, request: PlainRequest) => PlainAnswer,
): () => PlainMiddleware {
  return () => (request, next) => {
    const answer = next(request);
    return answer.status < 300 && patterns.some((pattern) => isAsked(request, pattern))
      ? change(answer, request)
      : answer;
  };
}

/** Changes every record that some answers hold, whether one or a list. */
export function showing(
  patterns: readonly string[],
  change: (record: JsonObject) => JsonObject,
): () => PlainMiddleware {
  return answering(patterns, (answer) => ({ ...answer, json: eachRecord(answer.json, change) }));
}

function eachRecord(json: unknown, change: (record: JsonObject) => JsonObject): unknown {
  if (Array.isArray(json)) return json.map((item: unknown) => eachRecord(item, change));
  return isObject(json) ? change({ ...json }) : json;
}

/** @returns the object without a property */
export function without(record: JsonObject, name: string): JsonObject {
  const { [name]: _left, ...rest } = record;
  return rest;
}

/** Answers some requests without asking the server. */
export function instead(pattern: string, answer: (request: PlainRequest) => PlainAnswer): () => PlainMiddleware {
  return () => (request, next) => (isAsked(request, pattern) ? answer(request) : next(request));
}
