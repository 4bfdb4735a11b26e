/** Writes a request body in its media type: the one place where values become what is sent. */
import type { RequestBody } from '../../contract/operation-types.ts';
import { kindOfBody } from '../../contract/bodies.ts';
import { isObject } from '../../contract/resolve.ts';
import { multipartBody } from './multipart.ts';
import { pairsOf, textOfValue, type Pair } from './styles.ts';

/** What is sent, and what it is called. */
export interface WrittenBody {
  body: string | Uint8Array;
  contentType: string;
}

/** @returns whether the fields of a body are texts, so that null cannot be said and a number looks like its text */
export function isForm(body: Pick<RequestBody, 'mediaType'> | undefined): boolean {
  const kind = kindOfBody(body?.mediaType ?? 'application/json');
  return kind === 'form' || kind === 'multipart';
}

/**
 * @returns whether a form cannot tell the value from one that is not given: null, and what is empty, which many servers read as "not
 *   given" or "take it away"
 */
export function isEmptyInForm(value: unknown): boolean {
  if (value === null || value === undefined || value === '') return true;
  return typeof value === 'object' && Object.values(value).every(isEmptyInForm);
}

/**
 * @param body the operation's body as the contract has it; JSON when there is none
 * @param value of the whole body
 */
export function writtenBody(body: RequestBody | undefined, value: unknown): WrittenBody {
  const mediaType = body?.mediaType ?? 'application/json';
  switch (kindOfBody(mediaType)) {
    case 'form':
      return { body: formText(body, value), contentType: mediaType };
    case 'multipart':
      return multipartBody(body, value, mediaType);
    case 'plain':
      return { body: textOfValue(value), contentType: mediaType };
    case 'json':
      return { body: JSON.stringify(value), contentType: mediaType };
  }
}

/** @see OpenAPI 3.1.1, Encoding Object; WHATWG URL, section 5.2 (a space is a plus sign) */
function formText(body: RequestBody | undefined, value: unknown): string {
  if (!isObject(value)) return textOfValue(value);
  return Object.entries(value)
    .flatMap(([name, one]) => formPairs(body, name, one))
    .map(({ written }) => written)
    .join('&');
}

function formPairs(body: RequestBody | undefined, name: string, value: unknown): Pair[] {
  const encoding = body?.encoding?.[name];
  if (encoding?.style !== undefined)
    return pairsOf(
      { name, style: encoding.style, explode: encoding.explode, reserved: encoding.reserved },
      value,
      formEncoded,
    );
  // Without a style an object is JSON, and a list is one field for each item (Encoding Object, `contentType`).
  const fields = { name, style: 'form', explode: true, reserved: false };
  return pairsOf(fields, isObject(value) ? JSON.stringify(value) : value, formEncoded);
}

function formEncoded(text: string): string {
  return new URLSearchParams([['', text.replaceAll(/\p{Surrogate}/gu, '\ufffd')]]).toString().slice(1);
}
