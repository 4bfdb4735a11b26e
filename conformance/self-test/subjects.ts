/** Which faults and variants a self-test tries. */
import picomatch from 'picomatch';
import { faults } from './index.ts';
import type { Fault, Variant } from './fault.ts';
import type { PlainApi, PlainFault, PlainVariant } from './plain/api.ts';
import { plainApis } from './plain/index.ts';
import { variants } from './variants/index.ts';

/** A choice that chooses nothing. The name makes the command line tell it as the user's own slip. */
class SelectionError extends Error {
  override name = 'SelectionError';
}

/** What a user may choose. */
export interface SubjectChoice {
  /** Contracts; none = all. */
  contract?: readonly string[];
  /** Globs over ids; none = all. */
  only?: readonly string[];
}

/** One thing to try; what belongs to the bench of plain documents has its API with it. */
export type Subject =
  | { kind: 'fault'; key: string; fault: Fault; api?: undefined }
  | { kind: 'variant'; key: string; variant: Variant; api?: undefined }
  | { kind: 'fault'; key: string; fault: PlainFault; api: PlainApi }
  | { kind: 'variant'; key: string; variant: PlainVariant; api: PlainApi };

/** The name of the variant that is the correct server itself. */
const PLAIN = 'as-it-is';

const all: readonly Subject[] = [
  // The slow ones first, so that no process is left alone with them at the end.
  ...variants.map((variant): Subject => ({ kind: 'variant', key: `variant:${variant.id}`, variant })),
  ...faults.map((fault): Subject => ({ kind: 'fault', key: `fault:${fault.id}`, fault })),
  ...plainApis.flatMap((api): Subject[] => [
    ...api.variants.map((variant): Subject => ({ kind: 'variant', key: `variant:${variant.id}`, variant, api })),
    ...api.faults.map((fault): Subject => ({ kind: 'fault', key: `fault:${fault.id}`, fault, api })),
  ]),
];

/**
 * @param choice what the user wants
 * @returns the faults and variants to try
 * @throws SelectionError when a name or pattern matches nothing
 */
export function subjectsOf({ contract = [], only = [] }: SubjectChoice): Subject[] {
  for (const name of contract)
    if (!all.some((subject) => contractOf(subject) === name))
      throw new SelectionError(`--contract: no fault belongs to a contract ${JSON.stringify(name)}.`);
  const globs = only.map((pattern) => {
    const matches = picomatch(pattern, { bash: true });
    if (!all.some((subject) => matches(idOf(subject))))
      throw new SelectionError(`--only: no fault or variant has an id like ${JSON.stringify(pattern)}.`);
    return matches;
  });
  const chosen = all
    .filter((subject) => contract.length === 0 || contract.includes(contractOf(subject)))
    .filter((subject) => globs.length === 0 || globs.some((matches) => matches(idOf(subject))));
  // Nothing tried is nothing proved.
  if (chosen.length === 0)
    throw new SelectionError(`No fault or variant of ${contract.join(', ')} has an id like ${only.join(', ')}.`);
  return chosen;
}

/** @returns the subject of this key, as one process names it to another */
export function subjectOf(key: string): Subject | undefined {
  return all.find((subject) => subject.key === key);
}

/** @returns the id, as people write it */
export function idOf(subject: Subject): string {
  return subject.kind === 'fault' ? subject.fault.id : subject.variant.id;
}

/** @returns the name of the contract, or of the document */
export function contractOf(subject: Subject): string {
  if (subject.api) return subject.api.name;
  return subject.kind === 'fault' ? subject.fault.contract : subject.variant.contract;
}

/** @returns whether it is the correct server itself */
export function isPlain(subject: Subject): boolean {
  return idOf(subject).endsWith(`/${PLAIN}`);
}
