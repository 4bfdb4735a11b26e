/** Which of the two the evidence favours: the contract as it is, or the target as it behaves. */
import type { Contract, Operation } from '../contract/types.ts';
import type { DocumentChange } from '../model/index.ts';
import type { Member } from '../model/breach/findings.ts';

interface Matter {
  operation: Operation;
  field?: string;
  /** What a source would have to say for the target's habit: a status, `optional`, `left out`. */
  said: string;
  /** What was written is lost. */
  loss?: boolean;
}

/**
 * @param contract the contract with its requirements
 * @param one what was seen
 * @param matter what it is about
 */
export function weigh(
  contract: Contract,
  one: Pick<Member, 'level' | 'result'>,
  matter: Matter,
): Pick<DocumentChange, 'favours' | 'why'> {
  const { level } = one;
  if (matter.loss && level === 'MUST')
    return {
      favours: 'implementation',
      why: 'A value that was accepted and that no read returns is lost data; a contract that allows it only hides the loss.',
    };
  const contrary = contradiction(contract, one, matter);
  if (contrary !== undefined)
    return {
      favours: 'contract',
      why: `The sources do not agree, and one of them speaks for the target: ${contrary}.`,
    };
  if (level !== 'MUST')
    return { favours: 'contract', why: `The contract states it as a ${level} only: no source settles it.` };
  const row = contract.requirements.find(({ id }) => id === one.result.requirement);
  const { source, sentence = '' } = row ?? {};
  if (source === undefined || /^contract\b/i.test(source))
    return { favours: 'contract', why: 'No published source is quoted for it: it is the contract alone that asks it.' };
  return { favours: 'implementation', why: `A source asks it (${source}): ${sentence}` };
}

/** A clause of a requirement's source or sentence that tells of a source which says what the target does. */
function contradiction(
  contract: Contract,
  { result }: Pick<Member, 'result'>,
  { operation, field, said }: Matter,
): string | undefined {
  const rows = contract.requirements.filter(
    ({ id, operations, fields }) =>
      id === result.requirement ||
      operations?.includes(operation.id) ||
      (field !== undefined && fields?.includes(field)),
  );
  for (const clause of rows
    .flatMap(({ source = '', sentence }) => [source, sentence])
    .flatMap((text) => text.split(/;|\.\s/))) {
    const speaks =
      said === 'left out'
        ? /\bleaves? (it|them) out\b|\bleft out\b/i.test(clause)
        : new RegExp(`\\b${said}\\b`).test(clause);
    const about = field === undefined || clause.includes(field) || said === 'left out';
    // A sentence that only states the rule is no contradiction: one source is told to be set aside, or to say otherwise.
    if (speaks && about && (/\bset aside\b|\bsays?\b|\bcontradict/i.test(clause) || said === 'left out'))
      return unwrapped(clause.trim());
  }
  return undefined;
}

/** `contract (the entity leaves it out)`: what stands in brackets is the evidence. */
function unwrapped(clause: string): string {
  return clause.replace(/^contract \((.*)\)$/, '$1').replace(/\.$/, '');
}
