/** An exchange as it may leave the process. */
import type { Exchange, ReceivedResponse } from '../model/index.ts';

type Mask = (text: string) => string;

/**
 * An exchange is judged as it was sent and received; whatever shows it or writes it down gets this.
 *
 * @returns the exchange without a secret in it, and without the parsed body, which its text holds as well
 */
export function maskExchange(exchange: Exchange, mask: Mask): Exchange {
  const { request, response, error, doubt, ...rest } = exchange;
  return {
    ...rest,
    request: {
      ...request,
      url: mask(request.url),
      headers: maskHeaders(request.headers, mask),
      ...(request.body === undefined ? {} : { body: mask(request.body) }),
    },
    ...(response ? { response: maskResponse(response, mask) } : {}),
    ...(error ? { error: { ...error, message: mask(error.message) } } : {}),
    ...(doubt ? { doubt: { ...doubt, message: mask(doubt.message) } } : {}),
  };
}

function maskResponse(response: ReceivedResponse, mask: Mask): ReceivedResponse {
  const { json: _json, headers, body, jsonError, bodyError, oddities, ...rest } = response;
  return {
    ...rest,
    headers: maskHeaders(headers, mask),
    body: mask(body),
    ...(jsonError === undefined ? {} : { jsonError: mask(jsonError) }),
    ...(bodyError === undefined ? {} : { bodyError: mask(bodyError) }),
    ...(oddities ? { oddities: oddities.map(mask) } : {}),
  };
}

function maskHeaders(headers: Readonly<Record<string, string>>, mask: Mask): Record<string, string> {
  const masked = Object.create(null) as Record<string, string>;
  for (const [name, value] of Object.entries(headers))
    masked[mask(name)] = isPublicType(name, value) ? value : mask(value);
  return masked;
}

/** A media type that everybody knows is no secret, whatever words a token is made of. */
function isPublicType(name: string, value: string): boolean {
  return (
    name === 'content-type' &&
    /^(?:application\/(?:json|(?:problem|hal|ld|vnd\.api)\+json|xml|octet-stream|x-www-form-urlencoded)|text\/(?:plain|html|csv))(?:; *charset="?(?:utf-8|us-ascii|iso-8859-1)"?)?$/i.test(
      value,
    )
  );
}
