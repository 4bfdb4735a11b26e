/** What an answer says of itself, as breaches quote it. */
import type { Asked, Breach, Exchange } from '../../model/index.ts';
import { explanationOf } from './explanation.ts';

/** So much of an answer is quoted. */
const EXCERPT = 160;

/**
 * @param exchange an answered exchange
 * @param asked what was asked
 * @returns the breach of an answer with a 5xx
 */
export function serverError(exchange: Exchange, asked: Asked): Breach {
  return {
    kind: 'server-error',
    status: exchange.response?.status ?? 0,
    asked,
    answer: saidBy(exchange) ?? excerptOf(exchange),
  };
}

/** @returns the beginning of an answer's body, in one line; nothing when it has none */
export function excerptOf({ response }: Exchange): string | undefined {
  const text = (response?.body ?? '')
    .slice(0, EXCERPT * 4)
    .replaceAll(/\s+/g, ' ')
    .trim();
  if (text === '') return undefined;
  return text.length <= EXCERPT ? text : `${text.slice(0, EXCERPT)}…`;
}

/** @returns what the target says about its refusal, where it says so */
export function saidBy(exchange: Exchange): string | undefined {
  const { text } = explanationOf(exchange);
  return text === undefined || text.length <= EXCERPT ? text : `${text.slice(0, EXCERPT)}…`;
}
