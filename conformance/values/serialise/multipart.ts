/** Writes multipart/form-data (RFC 7578; OpenAPI 3.1.1, Encoding Object). */
import type { RequestBody } from '../../contract/operation-types.ts';
import { isObject } from '../../contract/resolve.ts';
import type { WrittenBody } from './bodies.ts';
import { isFile } from './files.ts';
import { pairsOf, textOfValue } from './styles.ts';

/** One part of a form. */
export interface Part {
  name: string;
  text: string;
  contentType?: string;
  filename?: string;
}

/**
 * @param body the operation's body as the contract has it
 * @param value an object with the fields
 * @param mediaType `multipart/form-data`
 */
export function multipartBody(body: RequestBody | undefined, value: unknown, mediaType: string): WrittenBody {
  const parts = isObject(value) ? Object.entries(value).flatMap(([name, one]) => partsOf(body, name, one)) : [];
  let boundary = 'ringtrue-form-boundary';
  while (parts.some(({ text }) => text.includes(boundary))) boundary += '-x';
  const written = parts.map((part) => `--${boundary}\r\n${head(part)}\r\n\r\n${part.text}\r\n`);
  return {
    body: `${written.join('')}--${boundary}--\r\n`,
    contentType: `${mediaType.split(';')[0] ?? ''}; boundary=${boundary}`,
  };
}

function partsOf(body: RequestBody | undefined, name: string, value: unknown): Part[] {
  if (value === null || value === undefined) return [];
  const encoding = body?.encoding?.[name];
  const properties = isObject(body?.schema.properties) ? body.schema.properties : {};
  const schema = isObject(properties[name]) ? properties[name] : {};
  if (encoding?.style !== undefined)
    return pairsOf({ name, style: encoding.style, explode: encoding.explode, reserved: true }, value).map((pair) => ({
      name: pair.name,
      text: pair.value,
    }));
  const items = isObject(schema.items) ? schema.items : schema;
  return (Array.isArray(value) ? (value as unknown[]) : [value]).map((one): Part => {
    const file = isFile(Array.isArray(value) ? items : schema);
    const contentType =
      firstType(encoding?.contentType) ??
      (file ? 'application/octet-stream' : typeof one === 'object' ? 'application/json' : undefined);
    return { name, text: textOfValue(one), contentType, ...(file ? { filename: 'ringtrue.txt' } : {}) };
  });
}

/** A list may be given, and ranges, which are nothing to send. */
function firstType(list: string | undefined): string | undefined {
  return list
    ?.split(',')
    .map((one) => one.trim())
    .find((one) => one !== '' && !one.includes('*'));
}

function head({ name, contentType, filename }: Part): string {
  const disposition = `Content-Disposition: form-data; name="${quoted(name)}"`;
  const lines = [filename === undefined ? disposition : `${disposition}; filename="${quoted(filename)}"`];
  if (contentType !== undefined) lines.push(`Content-Type: ${contentType}`);
  return lines.join('\r\n');
}

/** As browsers write names (RFC 7578 section 2; WHATWG HTML, section 4.10.21.8). */
function quoted(text: string): string {
  return text.replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

/**
 * @param text a body as it was written here
 * @param contentType its media type with the boundary
 * @returns its parts; undefined when it is none of these
 */
export function partsIn(text: string, contentType: string): Part[] | undefined {
  const boundary = /boundary="?([^";]+)/i.exec(contentType)?.[1];
  if (boundary === undefined || !text.endsWith(`--${boundary}--\r\n`)) return undefined;
  const parts: Part[] = [];
  for (const piece of text.split(`--${boundary}\r\n`).slice(1)) {
    const end = piece.indexOf('\r\n\r\n');
    const lines = piece.slice(0, end);
    const name = /; name="([^"]*)"/.exec(lines)?.[1];
    if (end < 0 || name === undefined) return undefined;
    parts.push({
      name,
      text: piece.slice(end + 4).replace(/\r\n(?:--[^\r\n]*--\r\n)?$/, ''),
      contentType: /^content-type: (.*)$/im.exec(lines)?.[1]?.trim(),
      filename: /; filename="([^"]*)"/.exec(lines)?.[1],
    });
  }
  return parts;
}
