/**
 * Regular expressions that cannot stall a run. A pattern comes from a contract and is tried on values that a target chose; some
 * patterns take time that doubles with each character.
 */
import { UnjudgedError } from './errors.ts';
import { within } from './time-limit.ts';

/** Long enough for any honest pattern on any honest value, even on a busy machine. */
const TIMEOUT_MS = 250;

/** Up to here even three nested loops over the value are done in an instant. */
const SHORT = 256;
/** Up to here two nested loops are: one quantifier, tried from each position. */
const MEDIUM = 5000;
/** Loops within loops double their work with each character; so few do no harm. */
const TINY = 12;

/** How long the values are that a suspicious pattern is tried on beforehand. */
const PROBE_LENGTH = 2000;

/** Thrown when a pattern takes too long on a value: nothing can be said about that value. */
export class PatternTimeoutError extends UnjudgedError {
  override readonly name = 'PatternTimeoutError';
  readonly pattern: string;

  constructor(pattern: string, length: number) {
    super(
      `The pattern ${show(pattern)} backtracks for too long on a value of ${length} characters. Write it without loops inside loops.`,
    );
    this.pattern = pattern;
  }
}

export interface SafePattern {
  /** @throws PatternTimeoutError when it takes too long */
  test(value: string): boolean;
  toString(): string;
}

/**
 * @param pattern a regular expression as documents have them
 * @returns it as ECMA-262 reads it with the flag `u`, else without (`\\-` and `\\_` are errors with it); undefined when it is none
 */
export function patternOf(pattern: string): RegExp | undefined {
  for (const flags of ['u', '']) {
    try {
      return new RegExp(pattern, flags);
    } catch {
      // The next way may do.
    }
  }
  return undefined;
}

/**
 * The engine for Ajv's option `code.regExp`.
 *
 * @param pattern regular expression as in ECMA-262 (JSON Schema 2020-12 section 6.4)
 * @param flags `u`, as Ajv has it
 * @throws SyntaxError for a pattern that is none
 * @see https://ajv.js.org/options.html#code
 */
export function safePattern(pattern: string, flags: string): SafePattern {
  const key = `${flags}/${pattern}`;
  const known = made.get(key);
  if (known) return known;
  const safe = new GuardedPattern(
    flags === 'u' ? (patternOf(pattern) ?? new RegExp(pattern, flags)) : new RegExp(pattern, flags),
  );
  made.set(key, safe);
  return safe;
}
/** Ajv asks for it in case it has to write the engine's name into generated code. */
safePattern.code = 'safePattern';

const made = new Map<string, SafePattern>();

/**
 * Tries a pattern on values that loops within loops are slow on.
 *
 * @param pattern regular expression
 * @returns why it may not be used (a clause), undefined when nothing speaks against it or it is no regular expression at all
 */
export function backtracking(pattern: string): string | undefined {
  const { nested, loops, samples } = complexity(pattern);
  if (!nested && loops < 3) return undefined;
  try {
    const safe = safePattern(pattern, 'u');
    for (const sample of samples) {
      safe.test(`${sample.repeat(Math.ceil(PROBE_LENGTH / sample.length))}\u0000`);
      safe.test(`x${sample.repeat(40)}\u0000`);
    }
  } catch (error) {
    if (error instanceof PatternTimeoutError) return 'it backtracks for ever on some values';
  }
  return undefined;
}

class GuardedPattern implements SafePattern {
  readonly #regExp: RegExp;
  /** Up to this length a value is tried without a guard. */
  readonly #unguarded: number;
  #tooSlow: number | undefined;

  constructor(regExp: RegExp) {
    this.#regExp = regExp;
    const { nested, loops } = complexity(regExp.source);
    this.#unguarded = nested || loops > 3 ? TINY : loops > 1 ? SHORT : MEDIUM;
  }

  /** Ajv tells patterns apart by this text: two with the same one would be taken for one. */
  toString(): string {
    return this.#regExp.toString();
  }

  test(value: string): boolean {
    if (value.length <= this.#unguarded) return this.#regExp.test(value);
    // Once is enough: the time would add up over the values of a run.
    if (this.#tooSlow !== undefined && value.length >= this.#tooSlow) throw this.#timeout(value);
    const matches = within(TIMEOUT_MS, () => this.#regExp.test(value));
    if (matches) return matches.result;
    this.#tooSlow = Math.min(value.length, this.#tooSlow ?? value.length);
    throw this.#timeout(value);
  }

  #timeout(value: string): PatternTimeoutError {
    return new PatternTimeoutError(this.#regExp.source, value.length);
  }
}

interface Complexity {
  /** A loop within a loop, or a choice within a loop: work may double with each character. */
  nested: boolean;
  /** Loops without an upper bound, or with a high one: work may grow by one power for each. */
  loops: number;
  /** Single characters that the pattern names, and one of each class. */
  samples: string[];
}

/** From so many repetitions on, a bounded loop is as bad as an unbounded one. */
const MANY = 20;

/**
 * Reads a pattern for what makes backtracking slow. It errs on the side of suspicion: that costs a guard, never a verdict.
 */
function complexity(pattern: string): Complexity {
  /** For each open group: does it hold a loop or a choice? */
  const groups: boolean[] = [];
  const samples = new Set<string>();
  let nested = false;
  let loops = 0;
  /** Whether the atom before the current position holds a loop or a choice; undefined when there is no atom. */
  let atom: boolean | undefined;
  const token =
    /\\(?:[pPu]\{[^}]*\}|u[\da-f]{4}|x[\da-f]{2}|c[a-z]|k<[^>]*>|.)|\[(?:\\.|[^\]\\])*\]|\(\??[<=!:]*|\)|[*+?]\??|\{\d+(?:,\d*)?\}\??|[|^$]|[^]/giu;
  const hold = (): void => {
    if (groups.length > 0) groups[groups.length - 1] = true;
  };
  for (const [text] of pattern.matchAll(token)) {
    const first = text[0] ?? '';
    if (first === '(') {
      groups.push(false);
      atom = undefined;
    } else if (first === ')') {
      atom = groups.pop() ?? false;
      if (atom) hold();
    } else if (first === '|') {
      hold();
      atom = undefined;
    } else if (/^[*+]|^\{\d+,\}|^\?|^\{\d/.test(text) && atom !== undefined) {
      const many = repetitions(text);
      if (many > 1 && atom) nested = true;
      // An optional part is a choice: repeated from outside, it can be skipped or taken each time.
      if (many >= MANY) loops += 1;
      if (many >= MANY || text.startsWith('?')) hold();
    } else if (first !== '^' && first !== '$') {
      atom = false;
      for (const sample of samplesOf(text)) samples.add(sample);
    }
  }
  return { nested, loops, samples: [...samples].slice(0, 12) };
}

/** The upper bound of a quantifier. */
function repetitions(quantifier: string): number {
  if (quantifier.startsWith('?')) return 1;
  const bounds = /^\{(\d+)(,)?(\d*)\}/.exec(quantifier);
  if (!bounds) return Number.POSITIVE_INFINITY;
  if (bounds[2] === undefined) return Number(bounds[1]);
  return bounds[3] === '' ? Number.POSITIVE_INFINITY : Number(bounds[3]);
}

/** Characters that an atom may match. */
function samplesOf(atom: string): string[] {
  if (atom === '.') return ['a'];
  if (atom.startsWith('[')) return ['a', '1', ' ', '.', ...atom.slice(1, 4).replaceAll(/[\\^\]-]/g, '')];
  if (!atom.startsWith('\\')) return [atom];
  const kind = atom[1] ?? '';
  if ('dwDWS'.includes(kind)) return ['1', 'a'];
  if (kind === 's') return [' '];
  return 'pPuxck'.includes(kind) ? ['a', '1'] : [kind];
}

function show(pattern: string): string {
  return JSON.stringify(pattern.length > 80 ? `${pattern.slice(0, 80)}…` : pattern);
}
