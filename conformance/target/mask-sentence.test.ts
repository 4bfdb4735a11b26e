import { describe, expect, it } from 'vitest';
import { createMasker } from './mask.ts';
import { maskSentence } from './mask-sentence.ts';

const masked = (text: string, secret: string): string => {
  const { text: mask } = createMasker([secret]);
  return maskSentence(text, mask);
};

describe('a sentence of ours', () => {
  it.each([
    ['answered', 'createCall answered 401: the token is not taken for it. Give one that may, with --token.'],
    ['answer', 'createCall answered 401, and nobody knows the answer.'],
    ['record', 'the list does not hold the record (no record at all)'],
  ])('keeps its words although the secret is %j', (secret, text) => {
    expect(masked(text, secret)).toBe(text);
  });

  it.each([
    ['answered', 'createCall answered 401 ("we answered you")', 'createCall answered 401 ("we *** you")'],
    ['answered', 'answered ("say \\"answered\\"")', 'answered ("say \\"***\\"")'],
    ['librarian', 'http://me:librarian@host/librarian refuses librarian.', 'http://me:***@host/*** refuses librarian.'],
    ['librarian', 'x=librarian, librarian.local and /librarian', 'x=***, ***.local and /***'],
    ['sekret-9', 'the sekret-9 is taken', 'the *** is taken'],
    ['two words', 'it has two words, and "two words"', 'it has ***, and "***"'],
    ['librarian', 'it is cut: "libraria… and that', 'it is cut: "***… and that'],
  ])('loses %j where it was sent or answered: %j', (secret, text, shown) => {
    expect(masked(text, secret)).toBe(shown);
  });
});
