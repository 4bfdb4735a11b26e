import { describe, expect, it } from 'vitest';
import { headerText, pairsOf, pathText } from './styles.ts';

/** OpenAPI 3.1.1, section 4.8.12.4, Style Examples. */
const array = ['blue', 'black', 'brown'];
const object = { R: 100, G: 200, B: 150 };
const style = (name: string, explode: boolean) => ({ name: 'color', style: name, explode, reserved: false });

describe('the examples of the specification: path', () => {
  it.each([
    ['matrix', false, '', ';color'],
    ['matrix', false, 'blue', ';color=blue'],
    ['matrix', false, array, ';color=blue,black,brown'],
    ['matrix', false, object, ';color=R,100,G,200,B,150'],
    ['matrix', true, '', ';color'],
    ['matrix', true, 'blue', ';color=blue'],
    ['matrix', true, array, ';color=blue;color=black;color=brown'],
    ['matrix', true, object, ';R=100;G=200;B=150'],
    ['label', false, '', '.'],
    ['label', false, 'blue', '.blue'],
    ['label', false, array, '.blue,black,brown'],
    ['label', false, object, '.R,100,G,200,B,150'],
    ['label', true, array, '.blue.black.brown'],
    ['label', true, object, '.R=100.G=200.B=150'],
    ['simple', false, '', ''],
    ['simple', false, 'blue', 'blue'],
    ['simple', false, array, 'blue,black,brown'],
    ['simple', false, object, 'R,100,G,200,B,150'],
    ['simple', true, array, 'blue,black,brown'],
    ['simple', true, object, 'R=100,G=200,B=150'],
  ])('%s, explode %s, of %j is %s', (name, explode, value, written) => {
    expect(pathText(style(name, explode), value)).toBe(written);
  });
});

describe('the examples of the specification: query', () => {
  it.each([
    ['form', false, '', 'color='],
    ['form', false, 'blue', 'color=blue'],
    ['form', false, array, 'color=blue,black,brown'],
    ['form', false, object, 'color=R,100,G,200,B,150'],
    ['form', true, '', 'color='],
    ['form', true, array, 'color=blue&color=black&color=brown'],
    ['form', true, object, 'R=100&G=200&B=150'],
    ['spaceDelimited', false, array, 'color=blue%20black%20brown'],
    ['spaceDelimited', false, object, 'color=R%20100%20G%20200%20B%20150'],
    ['pipeDelimited', false, array, 'color=blue%7Cblack%7Cbrown'],
    ['pipeDelimited', false, object, 'color=R%7C100%7CG%7C200%7CB%7C150'],
    ['deepObject', true, object, 'color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150'],
  ])('%s, explode %s, of %j is %s', (name, explode, value, written) => {
    const pairs = pairsOf(style(name, explode), value);
    expect(pairs.map((pair) => pair.written).join('&')).toBe(written);
  });
});

describe('what the specification leaves to common use', () => {
  it('names nested places in brackets, items by their number', () => {
    const pairs = pairsOf(style('deepObject', true), { a: { b: 'c d' }, list: [1, { x: true }], none: null });
    expect(pairs.map(({ name, value }) => `${name}=${value}`)).toEqual([
      'color[a][b]=c d',
      'color[list][0]=1',
      'color[list][1][x]=true',
    ]);
  });

  it('leaves out null, and lists and objects with nothing in them', () => {
    for (const value of [null, undefined, [], {}, [null]])
      expect(pairsOf(style('form', false), value), JSON.stringify(value)).toEqual([]);
    expect(pairsOf(style('form', true), [])).toEqual([]);
  });

  it('encodes delimiters that stand in a value, and not those between values', () => {
    expect(pairsOf(style('form', false), ['a,b', 'c&d'])[0]?.written).toBe('color=a%2Cb,c%26d');
    expect(pathText(style('simple', false), ['a,b', 'c/d'])).toBe('a%2Cb,c%2Fd');
  });

  it('keeps reserved characters where the document says so, but never what parts a query', () => {
    const reserved = { ...style('form', true), reserved: true };
    expect(pairsOf(reserved, 'a/b?c=d&e#f+g[h]')[0]?.written).toBe('color=a/b?c%3Dd%26e%23f%2Bg%5Bh%5D');
    expect(pathText({ ...style('simple', false), reserved: true }, 'projects/p 1?')).toBe('projects/p%201%3F');
  });

  it('holds half a character as no address can', () => {
    expect(pathText(style('simple', false), 'a\ud83d')).toBe('a%EF%BF%BD');
  });
});

describe('headers', () => {
  it.each([
    [false, 'a b', 'a b'],
    [false, array, 'blue,black,brown'],
    [false, object, 'R,100,G,200,B,150'],
    [true, object, 'R=100,G=200,B=150'],
  ])('explode %s, of %j is %s', (explode, value, written) => {
    expect(headerText({ explode }, value)).toBe(written);
  });
});
