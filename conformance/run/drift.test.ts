import { beforeAll, describe, expect, it } from 'vitest';
import { loadContract } from '../contract/load.ts';
import type { Contract } from '../contract/types.ts';
import { driftLeads, suggestDrift } from '../model/breach/drift.ts';
import { groupsOf } from '../model/breach/findings.ts';
import type { Asked, Breach, CaseResult, DriftSuggestion, Level, Seen } from '../model/index.ts';
import { diffOf, notRequired } from './contract-edit.ts';
import { documentChange } from './drift.ts';

let contract: Contract;
beforeAll(async () => {
  contract = await loadContract('voice-calls', { allowRemote: false });
});

interface Part {
  level?: Level;
  operation?: string;
  field?: string;
  requirement?: string;
}

/** A failed case with this breach. */
function failed(
  breach: Breach,
  { level = 'MUST', operation = 'createVoiceCall', field, requirement = 'X' }: Part = {},
): CaseResult {
  return {
    id: `r.${operation}.${field ?? ''}.${breach.kind}`,
    rule: 'r',
    requirement,
    level,
    title: 't',
    operation,
    field,
    status: 'fail',
    durationMs: 1,
    breaches: [{ breach, level, operation, field, contract: { pointer: '#' }, exchangeIds: [] }],
  };
}

/** What a run says of these cases. */
async function suggest(cases: CaseResult[], of = contract): Promise<DriftSuggestion[]> {
  for (const lead of groupsOf(cases).flatMap(driftLeads)) lead.own.change = await documentChange(of, lead);
  return suggestDrift(cases);
}

const changed = (text: string | undefined): string[] =>
  (text ?? '')
    .split('\n')
    .filter((line) => /^[+-](?![+-]{2})/.test(line))
    .map((line) => `${line[0] ?? ''}${line.slice(1).trim()}`);
const missing = (where: string): Seen => ({ where, missing: true, ok: false });
const lost = (field: string, seen: Seen[]): Breach => ({
  kind: 'not-persisted',
  field,
  sent: 'x',
  as: 'missing',
  seen,
});
const without = (at: string): Breach => {
  const asked: Asked = { of: 'invalid', alteration: 'required-missing', at };
  return { kind: 'accepted-invalid', field: at.split('/')[1], status: 201, expected: ['400'], asked };
};

describe('a change of the document that agrees with the target', () => {
  it('is a change of one key where the success is another, and the sources speak for the target', async () => {
    const breach: Breach = { kind: 'undocumented-status', status: 200, documented: ['201'], wanted: '201' };
    const [one] = await suggest([failed(breach)]);
    expect(changed(one?.contractChange)).toEqual(["-'201':", "+'200':"]);
    expect(one?.contractChange.split('\n').slice(0, 2)).toEqual([
      '--- a/openapi/voice-calls.yaml',
      '+++ b/openapi/voice-calls.yaml',
    ]);
    expect(one).toMatchObject({
      favours: 'contract',
      observed: 'createVoiceCall answers 200 where the contract documents 201.',
    });
    expect(one?.why).toContain('200');
  });

  it('is a sentence in a contract that is one long line', async () => {
    const line = { ...contract, text: JSON.stringify(contract.document) };
    const [one] = await suggest([failed(without('/source_id'), { field: 'source_id' })], line);
    expect(one?.contractChange).toBe('Remove source_id from the required properties of createVoiceCall.');
  });

  it('is a sentence without the text of the contract', async () => {
    const [one] = await suggest([failed(without('/rate'), { field: 'rate' })], { ...contract, text: undefined });
    expect(one?.contractChange).toBe('Remove rate from the required properties of createVoiceCall.');
  });

  it('removes a required field that is accepted missing from the list of required ones', async () => {
    const found = await suggest([
      failed(without('/source_id'), { field: 'source_id' }),
      failed(without('/rate'), { field: 'rate' }),
    ]);
    const [rate, sourceId] = found;
    expect(changed(sourceId?.contractChange)).toEqual(['-- source_id']);
    expect(sourceId).toMatchObject({ field: 'source_id', favours: 'contract' });
    expect(sourceId?.why).toContain('the record says optional');
    expect(changed(rate?.contractChange)).toEqual(['-- rate']);
    expect(rate).toMatchObject({ field: 'rate' });
  });

  it('is none for a property inside another one', async () => {
    expect(await suggest([failed(without('/rate/0/key'), { field: 'rate' })])).toEqual([]);
  });

  it('makes a field optional that no response returns, and the evidence favours the implementation', async () => {
    const seen = ['create response', 'get', 'list'].map(missing);
    const [one] = await suggest([failed(lost('external_uuid', seen), { field: 'external_uuid' })]);
    expect(changed(one?.contractChange)).toEqual(['-- external_uuid', '-presence: MUST', '+presence: SHOULD']);
    expect(one?.favours).toBe('implementation');
  });

  it('writes a keyword out that is only true', async () => {
    const seen = ['create response', 'get'].map(missing);
    const [one] = await suggest([failed(lost('from_number', seen), { field: 'from_number' })]);
    expect(changed(one?.contractChange)).toEqual([
      '-- from_number',
      '-x-ringtrue-round-trip: true',
      '+x-ringtrue-round-trip:',
      '+presence: SHOULD',
    ]);
  });

  it('makes a wish that is not granted a MAY, as the vendor has it', async () => {
    const seen = ['create response', 'get'].map(missing);
    const breach: Breach = { kind: 'not-returned', field: 'rate', sent: '1', seen };
    const [one] = await suggest([
      failed(breach, { level: 'SHOULD', field: 'rate', requirement: 'VC-SELDOM-TOLD-PRESENT' }),
    ]);
    expect(changed(one?.contractChange)).toEqual(['-presence: SHOULD', '+presence: MAY']);
    expect(one).toMatchObject({ favours: 'contract' });
    expect(one?.why).toContain('leaves them out');
  });

  it.each([
    ['one place alone', [missing('get')]],
    ['an echo', [{ where: 'create response', got: 'x', ok: true }, missing('get')]],
  ])('is none for %s: a fault and no habit', async (_what, seen) => {
    expect(await suggest([failed(lost('external_uuid', seen), { field: 'external_uuid' })])).toEqual([]);
  });

  it('documents 422 beside 400', async () => {
    const asked: Asked = { of: 'fact', fact: 'rate is missing' };
    const breach: Breach = { kind: 'other-status', status: 422, expected: ['400'], asked };
    const [one] = await suggest([failed(breach, { level: 'SHOULD' })]);
    expect(changed(one?.contractChange)).toEqual(["+'422':", "+$ref: '#/components/responses/BadRequest'"]);
    expect(one?.favours).toBe('contract');
  });

  it('is none for a server error', async () => {
    expect(await suggest([failed({ kind: 'server-error', status: 500, asked: { of: 'valid' } })])).toEqual([]);
  });
});

describe('a diff of a list of required properties on one line', () => {
  it.each([
    ['required: [a, b]', 'a', 'required: [b]'],
    ['required: [a, b]', 'b', 'required: [a]'],
    ['required: [ a, b ]', 'b', 'required: [ a ]'],
  ])('%s without %s is %s', async (before, name, after) => {
    const text = `x:\n  ${before} # said so\n  other: [1,   2]\n`;
    const diff = await diffOf({ ...contract, text }, [notRequired('/x', name)]);
    expect(changed(diff)).toEqual([`-${before} # said so`, `+${after} # said so`]);
  });
});
