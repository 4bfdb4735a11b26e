/** Reads forms as a server does: nested names of `application/x-www-form-urlencoded`, and the parts of `multipart/form-data`. */
import type { JsonObject } from '../fault.ts';
import { isObject } from '../json.ts';

/** @returns the fields of a form, all of them texts; undefined for a body that is no form */
export function formBody(type: string, bytes: Buffer): JsonObject | undefined {
  if (/^application\/x-www-form-urlencoded\b/i.test(type)) return urlencoded(bytes.toString());
  const boundary = /^multipart\/form-data;.*boundary="?([^";]+)/i.exec(type)?.[1];
  return boundary === undefined ? undefined : multipart(bytes.toString(), boundary);
}

function urlencoded(text: string): JsonObject {
  const fields: JsonObject = {};
  for (const [name, value] of new URLSearchParams(text)) {
    const [first = '', ...inner] = name.split('[').map((part) => part.replace(/\]$/, ''));
    put(fields, [first, ...inner], value);
  }
  return fields;
}

function put(holder: JsonObject, [name = '', ...inner]: string[], value: string): void {
  const before = holder[name];
  if (inner.length === 0) {
    holder[name] = before === undefined ? value : [before, value].flat();
    return;
  }
  const next = isObject(before) ? before : {};
  holder[name] = next;
  put(next, inner, value);
}

function multipart(text: string, boundary: string): JsonObject {
  const fields: JsonObject = {};
  for (const piece of text.split(`--${boundary}\r\n`).slice(1)) {
    const [head = '', ...content] = piece.split('\r\n\r\n');
    const name = /; name="([^"]*)"/.exec(head)?.[1] ?? '';
    const filename = /; filename="([^"]*)"/.exec(head)?.[1];
    const own = content.join('\r\n\r\n').replace(new RegExp(`\\r\\n(?:--${boundary}--\\r\\n)?$`), '');
    fields[name] = filename === undefined ? own : { filename, content: own };
  }
  return fields;
}
