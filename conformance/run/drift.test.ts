import { beforeAll, describe, expect, it } from 'vitest';
import { loadContract } from '../contract/load.ts';
import type { Contract } from '../contract/types.ts';
import type { Finding, RequirementInfo } from '../model/index.ts';
import { suggestDrift } from './drift.ts';

let contract: Contract;
beforeAll(async () => {
  contract = await loadContract('voice-calls', { allowRemote: false });
});

function finding(part: Partial<Finding>): Finding {
  const requirement: RequirementInfo = { id: 'X', level: 'MUST', sentence: 'A sentence.', source: 'create page' };
  return {
    id: 'x',
    level: 'MUST',
    kind: 'accepted-invalid',
    operation: 'createVoiceCall',
    message: '',
    suggestion: '',
    severity: 'major',
    requirement,
    contract: { pointer: '#' },
    cases: [],
    blocked: 0,
    reproduce: [],
    ...part,
  };
}

const changed = (text: string | undefined): string[] =>
  (text ?? '')
    .split('\n')
    .filter((line) => /^[+-](?![+-]{2})/.test(line))
    .map((line) => `${line[0] ?? ''}${line.slice(1).trim()}`);
const missing = (where: string) => ({ where, missing: true, ok: false });

describe('suggestDrift', () => {
  it('200 for 201 is a change of one key, and the sources speak for the target', () => {
    const [one] = suggestDrift(contract, [
      finding({
        kind: 'undocumented-status',
        message: 'createVoiceCall answered 200, which the contract does not document.',
      }),
    ]);
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

  it('a contract that is one long line is not told twice over as a diff: a sentence says what to change', () => {
    const line = { ...contract, text: JSON.stringify(contract.document), lineOf: () => 1 };
    const [one] = suggestDrift(line, [finding({ cases: ['required-missing.createVoiceCall.source_id'] })]);
    expect(one?.contractChange).toBe('Take source_id out of the required properties of createVoiceCall.');
  });

  it('a required field that is taken missing leaves the list of required ones', () => {
    const cases = ['required-missing.createVoiceCall.source_id', 'required-missing.createVoiceCall.rate'];
    const [sourceId, rate] = suggestDrift(contract, [finding({ cases })]);
    expect(changed(sourceId?.contractChange)).toEqual(['-- source_id']);
    expect(sourceId).toMatchObject({ field: 'source_id', favours: 'contract' });
    expect(sourceId?.why).toContain('the record says optional');
    expect(changed(rate?.contractChange)).toEqual(['-- rate']);
    expect(rate).toMatchObject({ field: 'rate', favours: 'implementation' });
  });

  it('a property inside another one is left to the finding', () => {
    expect(
      suggestDrift(contract, [finding({ cases: ['required-missing.createVoiceCall.rate.0-key-missing'] })]),
    ).toEqual([]);
  });

  it('a field that is told nowhere becomes optional, and the evidence favours the implementation', () => {
    const got = ['create response', 'get', 'list'].map(missing);
    const [one] = suggestDrift(contract, [
      finding({ kind: 'not-stored', field: 'external_uuid', evidence: { got, exchangeIds: [] } }),
    ]);
    expect(changed(one?.contractChange)).toEqual(['-- external_uuid', '-presence: MUST', '+presence: SHOULD']);
    expect(one?.favours).toBe('implementation');
  });

  it('a keyword that is only true is written out', () => {
    const got = ['create response', 'get'].map(missing);
    const [one] = suggestDrift(contract, [
      finding({ kind: 'not-stored', field: 'from_number', evidence: { got, exchangeIds: [] } }),
    ]);
    expect(changed(one?.contractChange)).toEqual([
      '-- from_number',
      '-x-ringtrue-round-trip: true',
      '+x-ringtrue-round-trip:',
      '+presence: SHOULD',
    ]);
  });

  it('a wish that is not granted becomes a MAY, as the vendor has it', () => {
    const got = ['create response', 'get'].map(missing);
    const requirement = contract.requirements.find(({ id }) => id === 'VC-SELDOM-TOLD-PRESENT');
    if (!requirement) throw new Error('no such row');
    const [one] = suggestDrift(contract, [
      finding({ kind: 'not-told', level: 'SHOULD', field: 'rate', requirement, evidence: { got, exchangeIds: [] } }),
    ]);
    expect(changed(one?.contractChange)).toEqual(['-presence: SHOULD', '+presence: MAY']);
    expect(one).toMatchObject({ favours: 'contract' });
    expect(one?.why).toContain('leaves them out');
  });

  it.each([
    ['one place alone', [missing('get')]],
    ['an echo', [{ where: 'create response', got: 'x', ok: true }, missing('get')]],
    [
      'an altered value',
      [
        { where: 'create response', got: 'y', ok: false },
        { where: 'get', got: 'y', ok: false },
      ],
    ],
  ])('%s is a fault and no habit', (_what, got) => {
    expect(
      suggestDrift(contract, [
        finding({ kind: 'not-stored', field: 'external_uuid', evidence: { got, exchangeIds: [] } }),
      ]),
    ).toEqual([]);
  });

  it('422 in place of 400 is documented beside it', () => {
    const message = 'createVoiceCall answers 422 where the contract says 400 (rate is missing).';
    const [one] = suggestDrift(contract, [finding({ kind: 'other-status', level: 'SHOULD', message })]);
    expect(changed(one?.contractChange)).toEqual(["+'422':", "+$ref: '#/components/responses/BadRequest'"]);
    expect(one?.favours).toBe('contract');
  });

  it('without the text of the contract a sentence says the change', () => {
    const [one] = suggestDrift({ ...contract, text: undefined }, [
      finding({ cases: ['required-missing.createVoiceCall.rate'] }),
    ]);
    expect(one?.contractChange).toBe('Take rate out of the required properties of createVoiceCall.');
  });

  it('a server error is never the contract’s fault', () => {
    expect(
      suggestDrift(contract, [finding({ kind: 'server-error', message: 'createVoiceCall answered 500.' })]),
    ).toEqual([]);
  });
});

describe('a list of required properties on one line', () => {
  it.each([
    ['required: [a, b]', 'a', 'required: [b]'],
    ['required: [a, b]', 'b', 'required: [a]'],
  ])('%s without %s is %s', async (before, name, after) => {
    const { diffOf, notRequired } = await import('./contract-edit.ts');
    const text = `x:\n  ${before}\n`;
    const small: Contract = {
      ...contract,
      text,
      document: { x: { required: ['a', 'b'] } },
      lineOf: (pointer) => (pointer.startsWith('/x/required') ? 2 : 1),
    };
    expect(changed(diffOf(small, [notRequired('/x', name)]))).toEqual([`-${before}`, `+${after}`]);
  });
});
