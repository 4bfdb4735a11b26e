/** Small parts of sentences. */

/** A value as a sentence shows it: JSON, cut in the middle when long. */
export function show(value: unknown): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length <= 80 ? text : `${text.slice(0, 50)}…${text.slice(-20)} (${String(text.length)} characters)`;
}

/** The same, shorter: for lists of values. */
export function showShort(value: unknown): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  if (text.length <= 40) return text;
  const count = typeof value === 'string' ? Array.from(value).length : text.length;
  return `${text.slice(0, 24)}…${text.slice(-8)} (${String(count)} characters)`;
}

/** So many names are read one by one; the cases of the finding name all of them. */
const READABLE = 20;

/** `a, b and c`; of many the first ten and how many more. */
export function listed(names: readonly string[]): string {
  const many = names.length > READABLE;
  const shown = many ? names.slice(0, READABLE / 2) : names.slice(0, -1);
  const last = many ? `${String(names.length - shown.length)} more` : (names.at(-1) ?? '');
  return shown.length === 0 ? last : `${shown.join(', ')} and ${last}`;
}

/** `400`, `400 or 415`, `400, 415 or 422`. */
export function either(names: readonly string[]): string {
  return names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} or ${names.at(-1) ?? ''}`;
}

/** `a number`, `an object`, `null`. */
export function typeWords(value: unknown): string {
  if (value === null) return 'null';
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'an array';
  const type = typeof value;
  return type === 'object' ? 'an object' : `a ${type}`;
}

/** `a key`, `an Idempotency-Key`. */
export function withArticle(name: string): string {
  return `${/^[aeiou]/i.test(name) ? 'an' : 'a'} ${name}`;
}

/** `1 record`, `2 records`. */
export function counted(count: number, one: string): string {
  return `${String(count)} ${one}${count === 1 ? '' : 's'}`;
}

/** A place in a body as people write it: `promptVariableValues.0.key`; `the body` for all of it. */
export function place(pointer: string): string {
  const tokens = pointer.split('/').slice(1);
  return tokens.length === 0
    ? 'the body'
    : tokens.map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~')).join('.');
}
