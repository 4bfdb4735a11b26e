/** Writes exchanges as curl commands that can be pasted into a POSIX shell and show the same again; no token stands in them. */
import { createHash } from 'node:crypto';
import type { Operation } from '../contract/types.ts';
import type { Exchange, SentRequest } from '../model/index.ts';
import { partsIn, type Part } from '../values/serialise/multipart.ts';

/** How a shell finds what is masked, as it stands between double quotes: `$API_TOKEN`, `$(head -n 1 token.txt)`. */
export interface SecretWords {
  token?: string;
  /** By role. */
  roles?: Readonly<Record<string, string>>;
  /** Of headers that were given for every request, by name in lower case. */
  headers?: Readonly<Record<string, string>>;
}

export interface CurlContext {
  operations: readonly Operation[];
  secrets?: SecretWords;
  /** The role whose token an exchange carried; nothing for the run's own. */
  roleOf: (exchange: Exchange) => string | undefined;
}

/** Headers that curl sets itself, or that tell nothing. */
const own = new Set(['host', 'content-length', 'connection', 'accept-encoding', 'user-agent']);
/** More commands help nobody, and neither do more requests at once. */
const commands = 3;
const atOnce = 5;
/** A longer body is no command any more. */
const longestBody = 4000;
/** Characters that a terminal does not show, or that it changes when they are pasted. */
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Mn}]/gu;

/**
 * @param exchanges what was sent, in order
 * @param context what tells tokens and keys apart
 * @returns commands in order; requests that were under way together are one command that sends them together
 */
export function curlSequence(exchanges: readonly Exchange[], context: CurlContext): string[] {
  return together(exchanges)
    .slice(0, commands)
    .map((group) => {
      const lines = group.map((exchange) => curlOf(exchange, context));
      const [first = ''] = lines;
      if (lines.length === 1) return first;
      const numbers = lines.map((_, at) => String(at + 1)).join(' ');
      if (lines.every((line) => line === first)) return `(for n in ${numbers}; do ${first} & done; wait)`;
      return `(${lines.map((line) => `${line} &`).join('\n')}\nwait)`;
    });
}

/** Neighbours that were under way at the same time. A read that happened to overlap stays by itself: only writes race. */
function together(exchanges: readonly Exchange[]): Exchange[][] {
  const groups: Exchange[][] = [];
  for (const exchange of exchanges) {
    const group = groups.at(-1);
    const before = group?.at(-1);
    const races =
      before?.request.method === 'POST' &&
      exchange.request.method === 'POST' &&
      exchange.startedAtMs < before.startedAtMs + before.durationMs;
    if (!group || !races) groups.push([exchange]);
    else if (group.length < atOnce) group.push(exchange);
  }
  return groups;
}

/**
 * @param exchange what was sent
 * @param context what tells tokens and keys apart
 * @returns a command that shows status, headers and body of the answer; secrets stand in the words of the context, else the token as
 *   `$RINGTRUE_TOKEN`, that of a role as `$ROLE_TOKEN`
 */
export function curlOf(exchange: Exchange, context: CurlContext): string {
  const { method, url, headers, body, bodyBase64 } = exchange.request;
  const operation = context.operations.find(({ id }) => id === exchange.operation);
  const role = context.roleOf(exchange);
  const secret =
    role === undefined
      ? (context.secrets?.token ?? '$RINGTRUE_TOKEN')
      : (context.secrets?.roles?.[role] ?? `$${variableOf(role)}_TOKEN`);
  const shell = (text: string): string => word(text, secret);
  const words = ['curl', method === 'HEAD' ? '-sSI' : '-sSi'];
  // Brackets and braces in a URL are curl's own patterns.
  if (/[[\]{}]/.test(url)) words.push('-g');
  if (method !== 'GET' && method !== 'HEAD') words.push('-X', method);
  words.push(shell(url));
  const form = formWords(exchange.request, shell);
  for (const [name, value] of Object.entries(headers)) {
    const header = name.toLowerCase();
    if (header === 'content-type' && form) continue;
    if (own.has(header) || (header === 'accept' && value === 'application/json')) continue;
    const scheme = operation?.security[0]?.scheme.kind;
    // The header holds the token in Base64, which curl makes of it.
    if (header === 'authorization' && scheme === 'basic' && value.includes('***')) words.push('-u', `"${secret}"`);
    else if (header === operation?.idempotency?.header.toLowerCase())
      words.push('-H', quote(`${name}: ${another(value)}`));
    else
      words.push(
        '-H',
        word(
          `${name}: ${value}`,
          (carriesToken(header, role, operation) ? undefined : context.secrets?.headers?.[header]) ?? secret,
        ),
      );
  }
  if (form) words.push(...form);
  else if (body !== undefined) {
    if (!Object.keys(headers).some((name) => name.toLowerCase() === 'content-type'))
      words.push('-H', quote('content-type:'));
    if (bodyBase64 !== undefined && bodyBase64.length <= longestBody)
      words.push('--data-binary', ansiBytes(Buffer.from(bodyBase64, 'base64')));
    else if (body.length > longestBody) words.push('--data-binary', '@body.txt');
    else words.push('--data-raw', isJson(body) ? shell(body.replaceAll(unseen, escaped)) : shell(body));
  }
  // The prompt is not to stand behind the body.
  words.push('-w', String.raw`'\n'`);
  if (body !== undefined && !form && body.length > longestBody)
    words.push(` # body.txt: the ${String(body.length)} characters of the body; the HTML and HAR reports hold them`);
  return words.join(' ');
}

/** The fields of a form, one by one; undefined for any other body, and for a form that is too long to be read so. */
function formWords({ headers, body, bodyBase64 }: SentRequest, shell: (text: string) => string): string[] | undefined {
  const [, type = ''] = Object.entries(headers).find(([name]) => name.toLowerCase() === 'content-type') ?? [];
  if (body === undefined || bodyBase64 !== undefined || body.length > longestBody) return undefined;
  if (/^application\/x-www-form-urlencoded$/i.test(type)) return urlencodedWords(body, shell);
  if (!/^multipart\/form-data;/i.test(type)) return undefined;
  return partsIn(body, type)?.flatMap((part) => ['-F', shell(formPart(part))]);
}

/** Only what comes out again as it was sent: curl leaves names as they are and encodes values. */
function urlencodedWords(body: string, shell: (text: string) => string): string[] | undefined {
  const pairs = body.split('&').map((pair): [string, string] => {
    const [name = '', ...value] = pair.split('=');
    return [name, value.join('=')];
  });
  // A text that is none of a form's is sent as it stands.
  if (body === '' || new URLSearchParams(body).toString() !== body || pairs.some(([name]) => name.includes('***')))
    return undefined;
  try {
    return pairs.flatMap(([name, value]) => [
      '--data-urlencode',
      shell(`${name}=${decodeURIComponent(value.replaceAll('+', ' '))}`),
    ]);
  } catch {
    return undefined;
  }
}

/** In quotes curl takes a value as it is; else it would look for files, types and further parts in it. */
function formPart({ name, text, contentType, filename }: Part): string {
  const value = `"${text.replaceAll(/[\\"]/g, String.raw`\$&`)}"`;
  return [
    `${name}=${value}`,
    ...(filename === undefined ? [] : [`filename=${filename}`]),
    ...(contentType === undefined ? [] : [`type=${contentType}`]),
  ].join(';');
}

/** A key that the run has used is used up: another one of the same form, always the same, so that repeats stay repeats. */
function another(key: string): string {
  const digits = createHash('sha256').update(key).digest('hex');
  let at = 0;
  return key.replaceAll(/[0-9a-f]/gi, (digit, place: number) => {
    // The digits of a UUID that tell its version and variant stay.
    if (place === 14 || place === 19) return digit;
    at += 1;
    return digits[at % digits.length] ?? digit;
  });
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Outside of its strings, JSON knows no such characters but white space. */
function escaped(character: string): string {
  if (/[\n\r\t]/.test(character)) return ' ';
  return Array.from(
    { length: character.length },
    (_, at) => String.raw`\u` + character.charCodeAt(at).toString(16).padStart(4, '0'),
  ).join('');
}

/** Whether a header holds the token of a role, and not what was given for every request. */
function carriesToken(header: string, role: string | undefined, operation: Operation | undefined): boolean {
  if (role === undefined) return false;
  const names = operation?.security.map(({ scheme }) => ('name' in scheme ? scheme.name.toLowerCase() : ''));
  return header === 'authorization' || names?.includes(header) === true;
}

/** @returns the name of a role or a header as a variable of a shell is called */
export function variableOf(name: string): string {
  return name.toUpperCase().replaceAll(/\W/g, '_');
}

/** A word of a shell in which `***` stands for a secret. */
function word(text: string, secret: string): string {
  if (!text.includes('***')) return quote(text);
  if (/^[\w :;=.,/?&%+*[\]{}-]*$/.test(text))
    return `"${text.replaceAll(/\*{3}(?=\w)/g, () => secret.replace(/^\$(\w+)$/, '${$1}')).replaceAll('***', () => secret)}"`;
  return text
    .split('***')
    .map((part) => (part === '' ? '' : quote(part)))
    .join(`"${secret}"`);
}

function quote(text: string): string {
  // A terminal acts on control characters instead of taking them in.
  if (/\p{Cc}/u.test(text.replaceAll('\n', ''))) return ansiQuote(text);
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

/** `$'…'` of bash and zsh spells control characters out. */
function ansiQuote(text: string): string {
  const spelt = text
    .replaceAll('\\', '\\\\')
    .replaceAll("'", String.raw`\'`)
    .replaceAll(/\p{Cc}/gu, (character) => {
      const hex = character.charCodeAt(0).toString(16).padStart(2, '0');
      return hex < '80' ? String.raw`\x${hex}` : String.raw`\u00${hex}`;
    });
  return `$'${spelt}'`;
}

/** The same with bytes that are no text. */
function ansiBytes(bytes: Uint8Array): string {
  const spelt = Array.from(bytes, (byte) =>
    byte < 0x20 || byte > 0x7e || byte === 0x27 || byte === 0x5c
      ? String.raw`\x${byte.toString(16).padStart(2, '0')}`
      : String.fromCharCode(byte),
  );
  return `$'${spelt.join('')}'`;
}
