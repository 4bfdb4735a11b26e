/** A rule whose cases send a write in a form that no JSON API takes. */
import type { Contract, Resource } from '../../contract/types.ts';
import type { Exchange } from '../../model/index.ts';
import type { Ask, Case, Outcome, Rule, Session } from '../types.ts';
import { caseId } from './case-id.ts';
import { jsonWriters, type WriterOf } from './each.ts';
import { isPlain } from './law.ts';
import { sendRefusable, targetId } from './refusal.ts';
import { body, control } from './steps.ts';

export interface WireVariant {
  id: string;
  /** In words, as a fact: `its body is cut off`. */
  what: string;
  /** The media type that it is sent as, where that is what is wrong. */
  contentType?: string;
  /** RFC 8259 section 9 lets a parser take it: refusing it is a MUST only where a contract has requirements of its own. */
  lenient?: boolean;
  /** What is sent, made from a valid body's text. */
  ask: (valid: string, session: Session, resource: Resource) => Partial<Ask>;
}

/**
 * @param id the rule's id
 * @param level of refusing it
 * @param variants what is sent
 * @param judge whether the answer is right
 */
export function wireRule(
  id: string,
  level: Case['level'],
  variants: WireVariant[],
  judge: (exchange: Exchange, part: WriterOf, variant: WireVariant, contract: Contract) => Outcome,
  words: Pick<Rule, 'title' | 'about' | 'example' | 'sentence'>,
): Rule {
  return {
    id,
    ...words,
    profile: 'full',
    cases: (contract) =>
      jsonWriters(contract).flatMap((part) =>
        variants.map((variant): Case => ({
          id: caseId(id, part.operation.id, variant.id),
          level: variant.lenient && isPlain(contract) ? 'SHOULD' : level,
          title: `${part.operation.id} refuses a request when ${variant.what}`,
          operation: part.operation.id,
          phase: 'write',
          pointer: part.operation.requestBody?.pointer ?? part.operation.pointer,
          writes: [`${part.operation.id}:${id}:${variant.id}`],
          run: async (session) => {
            await control(session, part.resource, part.writer);
            const key = `${id}-${part.operation.id}-${variant.id}`;
            const valid = JSON.stringify(
              body(session, part.resource, part.writer, key, {
                id: await targetId(session, part.resource, part.writer),
              }),
            );
            const exchange = await sendRefusable(
              session,
              part.resource,
              part.writer,
              key,
              variant.ask(valid, session, part.resource),
              variant.what,
            );
            return judge(exchange, part, variant, contract);
          },
        })),
      ),
  };
}
