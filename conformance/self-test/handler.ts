import type { RequestListener } from 'node:http';
import { createApp } from '../../reference-server/app.ts';
import { apis } from './apis/index.ts';
import type { Answered, Api, Asked, Fault, Variant } from './fault.ts';
import { inject } from '../target/listener.ts';

/**
 * A reference server of its own behind a fault's or a variant's behaviour, without a network.
 * @param subject the fault or the variant
 * @returns what answers requests
 */
export async function handlerOf(subject: Fault | Variant): Promise<(asked: Asked) => Promise<Answered>> {
  const api = apis[subject.contract];
  const app: RequestListener = createApp();
  const behave = subject.behaviour(api);
  const next = (asked: Asked): Promise<Answered> => forward(app, asked);
  if ('earlierRecords' in subject) await seed(api, next, subject.earlierRecords ?? 0);
  return (asked) => behave(asked, next);
}

/**
 * @param api the API that the request is for
 * @param method the method
 * @param url path and query
 * @param headers lower-case names
 * @param raw the body's bytes
 * @returns the request as behaviours see it
 */
export function askedFor(
  api: Api,
  method: string,
  url: string,
  headers: Readonly<Record<string, string>>,
  raw: Buffer,
): Asked {
  const mark = url.indexOf('?');
  const path = mark < 0 ? url : url.slice(0, mark);
  const route = api.route(method, path);
  return {
    method,
    path,
    query: mark < 0 ? '' : url.slice(mark),
    headers,
    body: parsed(raw.toString()),
    raw,
    operation: route?.operation,
    id: route?.id,
  };
}

/** @returns the body as it is sent */
export function bytesOf({ body, raw }: Answered): Buffer {
  return Buffer.from(raw ?? (body === undefined ? '' : JSON.stringify(body)));
}

async function forward(app: RequestListener, { method, path, query, headers, body, raw }: Asked): Promise<Answered> {
  const bytes = raw ?? Buffer.from(body === undefined ? '' : JSON.stringify(body));
  const answer = await inject(app, method, path + query, { ...headers, 'content-length': String(bytes.length) }, bytes);
  const { 'content-length': _, ...rest } = answer.headers;
  const json = parsed(answer.text);
  return { status: answer.status, headers: rest, body: json, ...(json === undefined ? { raw: answer.text } : {}) };
}

async function seed(api: Api, next: (asked: Asked) => Promise<Answered>, count: number): Promise<void> {
  const path = api.pathOf('x').slice(0, -2);
  const route = api.route('POST', path);
  for (let index = 0; index < count; index += 1) {
    await next({
      method: 'POST',
      path,
      query: '',
      headers: { ...api.credentials, 'content-type': 'application/json' },
      body: api.samples,
      raw: undefined,
      operation: route?.operation,
      id: undefined,
    });
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
