/** What change of the document would agree with the target: made where a breach is seen, with the contract at hand. */
import { successOf } from '../contract/resources.ts';
import type { Contract, Operation, RequestField, Resource } from '../contract/types.ts';
import type { DocumentChange } from '../model/index.ts';
import type { Member } from '../model/breach/findings.ts';
import {
  copyResponse,
  diffOf,
  notRequired,
  presenceAs,
  renameResponse,
  schemaAround,
  type Edit,
} from './contract-edit.ts';
import { weigh } from './drift-evidence.ts';

/**
 * @param contract the contract
 * @param one a breach with the case that saw it
 * @returns the change, and which side the evidence favours; `undefined` where no change of the document could settle it
 */
export async function documentChange(contract: Contract, one: Member): Promise<DocumentChange | undefined> {
  const operation = contract.operations.find(({ id }) => id === one.operation);
  if (!operation) return undefined;
  const { breach } = one;
  switch (breach.kind) {
    case 'undocumented-status':
    case 'other-status':
      return otherStatus(contract, operation, one, breach.status);
    case 'accepted-invalid':
      return breach.asked.of === 'invalid' && breach.asked.alteration === 'required-missing'
        ? acceptedWithout(contract, operation, one, breach.asked.at)
        : undefined;
    case 'not-persisted':
    case 'not-returned':
      return neverReturned(contract, one, breach.field);
    case 'invalid-body':
      return breach.missing && breach.field !== undefined ? neverReturned(contract, one, breach.field) : undefined;
    default:
      return undefined;
  }
}

/** Another success than the documented one, or 422 for 400. */
async function otherStatus(
  contract: Contract,
  operation: Operation,
  one: Member,
  status: number,
): Promise<DocumentChange | undefined> {
  const said = String(status);
  const responses = `${operation.pointer}/responses`;
  if (said === '422' && operation.responses.some((response) => response.status === '400'))
    return change(
      contract,
      [copyResponse(responses, '400', '422')],
      `Document 422 beside 400 in the responses of ${operation.id}.`,
      weigh(contract, one, { operation, said }),
    );
  const wanted = successOf(operation)?.status;
  if (status < 200 || status > 299 || wanted === undefined) return undefined;
  return change(
    contract,
    [renameResponse(responses, wanted, said)],
    `Document ${said} in place of ${wanted} in the responses of ${operation.id}.`,
    weigh(contract, one, { operation, said }),
  );
}

async function acceptedWithout(
  contract: Contract,
  operation: Operation,
  one: Member,
  at: string,
): Promise<DocumentChange | undefined> {
  const [, name = '', ...deeper] = at.split('/');
  const field = fieldsOf(contract, operation).find(
    (each) => each.name === name.replaceAll('~1', '/').replaceAll('~0', '~'),
  );
  // What lies inside a property is left to the finding.
  if (!field || deeper.length > 0) return undefined;
  const around = schemaAround(field.pointer, field.name);
  return change(
    contract,
    around === undefined ? undefined : [notRequired(around, field.name)],
    `Remove ${field.name} from the required properties of ${operation.id}.`,
    weigh(contract, one, { operation, field: field.name, said: 'optional' }),
  );
}

function fieldsOf(contract: Contract, operation: Operation): RequestField[] {
  return contract.resources.flatMap(({ create, update, createFields, updateFields }) =>
    operation === create ? createFields : operation === update ? updateFields : [],
  );
}

/** A property that no response returns. Whether that is so is seen when all places are put together. */
async function neverReturned(contract: Contract, one: Member, name: string): Promise<DocumentChange | undefined> {
  const resource = resourceOf(contract, one);
  const returned = resource?.recordFields.find((each) => each.name === name);
  const operation = contract.operations.find(({ id }) => id === one.result.operation);
  if (!resource || !returned || !operation) return undefined;
  const written = [...resource.createFields, ...resource.updateFields].find((each) => each.name === name);
  // Of a property that is written the reads are the evidence, and not the schema of one response.
  if (written?.roundTrip && one.breach.kind === 'invalid-body') return undefined;
  const level = one.level === 'MUST' ? 'SHOULD' : 'MAY';
  const around = schemaAround(returned.pointer, name);
  const { create, read } = resource;
  return {
    ...(await change(
      contract,
      [
        ...(around === undefined ? [] : [notRequired(around, name)]),
        ...(written?.roundTrip ? [presenceAs(returned.pointer, level)] : []),
      ],
      `Make ${name} optional in the responses, with x-ringtrue-round-trip: { presence: ${level} }.`,
      weigh(contract, one, { operation, field: name, said: 'left out', loss: written !== undefined }),
    )),
    ...(written ? {} : { needs: [create, read].flatMap((each) => each?.id ?? []) }),
  };
}

function resourceOf({ resources }: Contract, { operation, result }: Member): Resource | undefined {
  return resources.find(({ create, read, list, update, relatedReads }) =>
    [create, read, list, update, ...relatedReads].some(
      (each) => each?.id === operation || each?.id === result.operation,
    ),
  );
}

async function change(
  contract: Contract,
  edits: readonly Edit[] | undefined,
  sentence: string,
  weighed: Pick<DocumentChange, 'favours' | 'why'>,
): Promise<DocumentChange> {
  return { text: (edits && (await diffOf(contract, edits))) ?? sentence, ...weighed };
}
