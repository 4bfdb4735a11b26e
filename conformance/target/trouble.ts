/** Why no answer came, as one of a few kinds and one plain sentence. */
import type { TransportError, TransportErrorKind } from '../model/index.ts';
import { NOT_LOOPBACK } from './loopback.ts';

/** What the sentence needs to name. */
export interface Context {
  origin: string;
  /** `GET /v3/communication/voice_calls` */
  asked: string;
}

/** Codes that speak of the name, the route or the port, before any connection. */
const unreachable: Record<string, [TransportErrorKind, (origin: string) => string] | undefined> = {
  ECONNREFUSED: ['refused', (origin) => `${origin} refuses connections: nothing listens there`],
  ENOTFOUND: ['dns', (origin) => `the host name of ${origin} is unknown`],
  [NOT_LOOPBACK]: [
    'refused',
    (origin) =>
      `${origin} was taken for this machine, and its name leads to another one; nothing was sent. Where that is meant, add --allow-writes, or give the address in place of the name`,
  ],
  EAI_AGAIN: ['dns', (origin) => `the host name of ${origin} cannot be looked up now`],
  EHOSTUNREACH: ['refused', (origin) => `there is no way to ${origin}`],
  ENETUNREACH: ['refused', (origin) => `there is no network to ${origin}`],
  EACCES: ['refused', (origin) => `a connection to ${origin} is not permitted`],
  ETIMEDOUT: ['timeout', (origin) => `${origin} accepts no connection in time`],
  UND_ERR_CONNECT_TIMEOUT: ['timeout', (origin) => `${origin} accepts no connection in time`],
};

const RESET = new Set(['ECONNRESET', 'EPIPE', 'ECONNABORTED']);
const TLS =
  /^(?:ERR_TLS_|ERR_SSL_|ERR_OSSL_|EPROTO$|CERT_|CRL_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|INVALID_|HOSTNAME_MISMATCH|UND_ERR_PRX_TLS)/;

/**
 * Tells what an error of the connection means, when no status line had come.
 *
 * @param error as undici or Node raised it
 * @returns the kind and a sentence with the code in brackets
 */
export function describeTrouble(error: Error, context: Context): TransportError {
  const code = codeOf(error);
  const known = unreachable[code];
  if (known) return { kind: known[0], message: sentence(known[1](context.origin), code) };
  if (isBadAnswer(error)) {
    const text = `what ${context.origin} sends for ${context.asked} is not HTTP/1.1: ${reasonOf(error)}`;
    return { kind: 'protocol', message: sentence(text) };
  }
  if (code === 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH') {
    // undici says so of any mistake that the parser finds once it has seen the header, and of an end in the midst of the headers.
    const text = `what ${context.origin} sends for ${context.asked} is not HTTP/1.1: its Content-Length contradicts itself or what follows`;
    return { kind: 'protocol', message: sentence(text) };
  }
  if (code === 'ERR_ASSERTION') {
    // undici takes it for granted that a status is 100 at least.
    const text = `what ${context.origin} sends for ${context.asked} is not HTTP/1.1: its status is none`;
    return { kind: 'protocol', message: sentence(text) };
  }
  if (isCutShort(error) || RESET.has(code)) {
    return {
      kind: 'reset',
      message: sentence(`${context.origin} cut the connection before it answered ${context.asked}`, code),
    };
  }
  if (code === 'UND_ERR_HEADERS_OVERFLOW') {
    return {
      kind: 'protocol',
      message: sentence(`the headers that ${context.origin} sends for ${context.asked} are bigger than 64 KiB`, code),
    };
  }
  if (TLS.test(code)) return { kind: 'tls', message: sentence(tlsText(code, context.origin), code) };
  if (error.message.startsWith('Proxy')) {
    return { kind: 'refused', message: sentence(`the proxy does not lead to ${context.origin}: ${error.message}`) };
  }
  if (code === 'UND_ERR_INVALID_ARG') {
    return { kind: 'other', message: sentence(`${context.asked} cannot be sent: ${error.message}`) };
  }
  return {
    kind: 'other',
    message: sentence(`${context.asked} to ${context.origin} failed: ${firstLine(error)}`, code),
  };
}

/** Sending these twice does no more than sending them once (RFC 9110 section 9.2.2). */
export const IDEMPOTENT: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE', 'PUT', 'DELETE']);

/** Trouble that came before the request was written, or in answer to it. */
const NEVER_ARRIVED = new Set<TransportErrorKind>(['refused', 'dns', 'tls', 'rate-limited']);

/** @returns whether a request that came to such an end may have been done all the same */
export function mayHaveArrived(error: TransportError | undefined): boolean {
  return error !== undefined && !NEVER_ARRIVED.has(error.kind);
}

/** @returns the error's code, `''` when it has none; of several errors at once (one per address) the first that has one */
export function codeOf(error: Error): string {
  const { code, errors } = error as NodeJS.ErrnoException & { errors?: unknown[] };
  if (typeof code === 'string') return code;
  const inner = errors?.find((one): one is Error => one instanceof Error) ?? error.cause;
  return inner instanceof Error && inner !== error ? codeOf(inner) : '';
}

/** Whether the connection ended in good order (FIN) before the end of the message. */
export function isCutShort(error: Error): boolean {
  const code = codeOf(error);
  if (code === 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH') return true;
  return isParserError(error) ? error.message.includes('EOF') : code === 'UND_ERR_SOCKET' && !isBadAnswer(error);
}

/** Whether what came breaks the rules of HTTP/1.1 itself (RFC 9112). */
export function isBadAnswer(error: Error): boolean {
  // A response that nobody asked for, or an upgrade that nobody offered.
  return isParserError(error) ? !error.message.includes('EOF') : /^bad (?:response|upgrade)$/.test(error.message);
}

/** undici gives these errors a name, and not always a code. */
function isParserError(error: Error): boolean {
  return error.name === 'HTTPParserError';
}

/** The parser's own reason, such as "Invalid character in chunk size". */
export function reasonOf(error: Error): string {
  return /\((.+)\)$/.exec(error.message)?.[1] ?? error.message;
}

/** Makes a sentence: a capital, the code in brackets, a full stop. */
export function sentence(text: string, code = ''): string {
  const capital = /^[a-z]+ /.test(text) ? text.charAt(0).toUpperCase() + text.slice(1) : text;
  return `${capital}${code === '' ? '' : ` (${code})`}.`;
}

function tlsText(code: string, origin: string): string {
  if (code === 'ERR_SSL_WRONG_VERSION_NUMBER' || code === 'ERR_SSL_PACKET_LENGTH_TOO_LONG' || code === 'EPROTO') {
    return `${origin} does not speak TLS; perhaps its URL begins with http://`;
  }
  if (code === 'CERT_HAS_EXPIRED') return `the TLS certificate of ${origin} has expired`;
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return `the TLS certificate of ${origin} is for another host`;
  if (/SELF_SIGNED|UNABLE_TO|CERT_|INVALID_/.test(code)) {
    return `the TLS certificate of ${origin} cannot be trusted; --cacert FILE names the authority that signed it`;
  }
  return `no TLS connection to ${origin} comes about`;
}

function firstLine(error: Error): string {
  return error.message.split('\n', 1)[0] ?? '';
}
