/** Texts that a pattern matches, for requests of documents that show no example: fast-check turns the expression round. */
import type * as fastCheck from 'fast-check';
import { patternOf } from '../../contract/safe-pattern.ts';
import { matches } from './pattern-mutations.ts';
import type { PatternTexts, TextBounds } from './pattern-types.ts';

/** So many texts are looked at. */
const TRIES = 24;
/** Long enough to differ from the others, short enough to be read. */
const GOOD_LENGTH = 10;
/** A text is made no longer than it has to be. */
const ROOM = 40;

/**
 * @param fc the library, which is handed in so that nobody loads it whose document has no pattern
 * @returns texts for patterns
 */
export function patternTexts(fc: typeof fastCheck): PatternTexts {
  const known = new Map<string, fastCheck.Arbitrary<string> | undefined>();
  const sourceOf = (expression: string, most: number): fastCheck.Arbitrary<string> | undefined => {
    const key = `${String(most)} ${expression}`;
    const source = known.has(key) ? known.get(key) : turnedRound(fc, expression, most);
    known.set(key, source);
    return source;
  };
  return (pattern, bounds, seed) => {
    const right = (text: string): boolean => {
      const length = Array.from(text).length;
      return (
        length >= bounds.least && length <= bounds.most && matches(pattern, text) && bounds.suits?.(text) !== false
      );
    };
    let odd: string | undefined;
    for (const expression of simplified(pattern, bounds)) {
      const source = sourceOf(expression, bounds.most);
      const texts = source ? fc.sample(source, { seed, numRuns: TRIES }).filter(right) : [];
      const [easy] = texts.filter(isEasy).sort((a, b) => distance(a) - distance(b));
      if (easy !== undefined) return easy;
      odd ??= texts[0];
    }
    return odd ?? strongTexts.find(right);
  };
}

/** What people have in mind who ask for a capital, a digit and a sign. */
const strongTexts = ['Ringtrue1!', 'Ringtrue-1234!', 'ringtrue1', 'Ringtrue1', 'RingTrue 1'];

function distance(text: string): number {
  return Math.abs(text.length - GOOD_LENGTH);
}

/** A text of letters, digits and common signs: what else the pattern lets pass is a matter of its own. */
function isEasy(text: string): boolean {
  return /^[\w.:;,/@#+=-]+(?: [\w.:;,/@#+=-]+)*$/.test(text) && !(text in {});
}

/** Classes of Unicode, of which a few letters and digits do as well and offend nobody. */
const classes: readonly [RegExp, string][] = [
  [/\\p\{(?:Lu|Uppercase(?:_Letter)?)\}/g, 'A-Z'],
  [/\\p\{(?:L|Ll|Letter|Alphabetic|Lowercase(?:_Letter)?)\}/g, 'a-z'],
  [/\\p\{(?:N|Nd|Number|Decimal_Number)\}/g, '0-9'],
];

/** What stands in the square brackets of a class, and what does not. */
const INSIDE = /(\[(?:[^\]\\]|\\.)*\])/;

/**
 * The expression in the forms that are tried, from the easiest: with letters for classes of Unicode and loops as long as the bounds want,
 * without what the library cannot turn round, and as it stands.
 */
function simplified(pattern: string, { least, most }: TextBounds): string[] {
  const whole = pattern.replaceAll(/\(\?<?[=!](?:[^()\\]|\\.|\((?:[^()\\]|\\.)*\))*\)/g, '');
  const parts = classes.reduce((text, [found, put]) => text.replaceAll(found, `[${put}]`), whole).split(INSIDE);
  const easy = inBrackets(whole)
    ? classes.reduce((text, [found, put]) => text.replaceAll(found, put), whole)
    : parts
        .map((part, index) => (index % 2 === 1 ? part : part.replaceAll(/(?<!\\)((?:\\\\)*)\./g, '$1[a-z0-9]')))
        .join('');
  const from = Math.max(least, 1);
  const to = Math.min(most, from + ROOM);
  const long = easy
    .split(INSIDE)
    .map((part, index) => {
      if (index % 2 === 1 || to < from) return part;
      const looped = part.replace(/^[*+]/, `{${String(from)},${String(to)}}`);
      return looped.replaceAll(/(\\[wdWDS])[*+]/g, `$1{${String(from)},${String(to)}}`);
    })
    .join('');
  return [...new Set([easy, long, whole, pattern])];
}

/** Whether a class of Unicode stands inside square brackets. */
function inBrackets(pattern: string): boolean {
  return pattern.split(INSIDE).some((part, index) => index % 2 === 1 && part.includes(String.raw`\p{`));
}

function turnedRound(fc: typeof fastCheck, expression: string, most: number): fastCheck.Arbitrary<string> | undefined {
  // An expression without anchors lets anything stand around its match.
  const inner = expression.replace(/^\^/, '').replace(/(?<!\\)\$$/, '');
  const isList = /^\^[^|]*\$\|/.test(expression) || /\|\^/.test(expression);
  const exact = patternOf(isList ? expression : `^(?:${inner})$`);
  try {
    return exact && fc.stringMatching(exact, most < 1000 ? { maxLength: most } : {});
  } catch {
    return undefined;
  }
}
