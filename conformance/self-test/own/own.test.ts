/** The kill matrix of a user's own contract. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadContract } from '../../contract/load.ts';
import { pets } from '../../derived/testing/pets.ts';
import { ownMatrix, type FaultOutcome, type OwnMatrix } from './matrix.ts';
import { kindRows, matrixLines, reasonGroups, summaryOf } from './text.ts';

const wanted = [
  'not-stored:createPet.kind',
  'altered:createPet.name',
  'required-not-enforced:createPet.name',
  'enum-not-enforced:createPet.kind',
  'not-returned:getPet.vaccinated',
  'required-field-missing:getPet.created_at',
  'list-misses:listPets',
  'filter-ignored:listPets.kind',
  'delete-keeps:deletePet',
  'auth-not-checked:listPets',
  'server-error:createVisit',
  'wrong-status:changePet',
  'not-stored:createVisit.reason',
];

describe('the kill matrix of a document', () => {
  let matrix: OwnMatrix;
  const outcomeOf = (id: string): FaultOutcome | undefined => matrix.faults.find((one) => one.id === id);

  beforeAll(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ringtrue-own-'));
    try {
      const file = join(folder, 'pets.json');
      writeFileSync(file, JSON.stringify(pets));
      const contract = await loadContract(file, { allowRemote: false });
      matrix = await ownMatrix(contract, { wants: (id) => wanted.includes(id) });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('holds nothing against the server without a fault', () => {
    expect(matrix.accusations).toEqual([]);
    expect(matrix.coverage).toBe(100);
  });

  it('has an outcome for each fault that was wanted', () => {
    expect(matrix.faults.map(({ id }) => id).sort()).toEqual([...wanted].sort());
  });

  it.each([
    ['not-stored:createPet.kind', 'round-trip'],
    ['required-not-enforced:createPet.name', 'required-missing'],
    ['enum-not-enforced:createPet.kind', 'enum-refused'],
    ['required-field-missing:getPet.created_at', 'response-body'],
    ['list-misses:listPets', 'list-contains'],
    ['delete-keeps:deletePet', 'delete-removes'],
    ['auth-not-checked:listPets', 'auth-missing'],
    ['wrong-status:changePet', 'status-documented'],
  ])('%s is seen by %s', (id, rule) => {
    expect(outcomeOf(id)).toMatchObject({
      outcome: expect.stringMatching(/^(?:found|warned)$/) as string,
      rules: expect.arrayContaining([rule]) as unknown,
    });
  });

  it('what the document allows is unseen, with the reason', () => {
    expect(outcomeOf('not-stored:createVisit.reason')?.outcome).toBe('found');
    expect(outcomeOf('filter-ignored:listPets.kind')).toMatchObject({
      outcome: 'unseen',
      advice: expect.stringContaining('x-ringtrue-filters-by') as string,
    });
  });

  it('the rows and the reasons count every fault once', () => {
    const sum = kindRows(matrix.faults).reduce((all, row) => all + row.found + row.warned + row.unseen, 0);
    expect(sum).toBe(matrix.faults.length);
    const unseen = matrix.faults.filter(({ outcome }) => outcome === 'unseen');
    expect(reasonGroups(matrix.faults).flatMap(({ faults }) => faults)).toHaveLength(unseen.length);
    for (const { reason } of unseen) expect(reason).toMatch(/\S/);
    const text = matrixLines(matrix, true).join('\n');
    expect(text).toContain(summaryOf(matrix));
    for (const { id } of matrix.faults) expect(text).toContain(id);
  });
});
