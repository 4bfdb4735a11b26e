/** What a run does with telephone numbers, in words. */
import type { Contract } from '../../contract/types.ts';
import { visible } from '../../report/escape.ts';
import { surveyOf, type Survey } from '../../values/survey.ts';

/** A document of a thousand operations has as many fields; nobody reads them all. */
const MOST = 20;

const reasons = {
  emergency: 'calls an emergency service',
  phone: 'may be somebody’s number',
  address: 'is a host of somebody’s',
};

/**
 * @param contract the contract
 * @param operations ids of the operations that will be asked
 * @param indent what each line begins with
 * @returns the fields that get numbers set aside for fiction, and the shown values that are not sent
 */
export function numberLines(contract: Contract, operations?: ReadonlySet<string>, indent = '  '): string[] {
  const { phones, withheld } = surveyOf(contract, operations);
  return [...phoneLines(phones), ...withheldLines(withheld)].map((line) => `${indent}${line}`);
}

/**
 * @param contract the contract
 * @param operations ids of the operations that will be asked
 * @returns the shown values that are not sent; nothing for most contracts
 */
export function withheldValues(contract: Contract, operations: ReadonlySet<string>): string[] {
  return withheldLines(surveyOf(contract, operations).withheld);
}

function phoneLines(phones: Survey['phones']): string[] {
  if (phones.length === 0) return ['No field is taken for a telephone number.'];
  return [
    'Telephone numbers, which get numbers set aside for fiction only (+1 …555-01xx and the like, or codes that no country has):',
    ...cut(phones.map(({ operation, fields }) => visible(`  ${operation}: ${cut(fields).join(', ')}`))),
  ];
}

function withheldLines(withheld: Survey['withheld']): string[] {
  if (withheld.length === 0) return [];
  return [
    'Shown in the contract and not sent:',
    ...cut(
      withheld.map(({ operation, field, value, why }) =>
        visible(`  ${operation}: ${field} ${JSON.stringify(value.slice(0, 60))} ${reasons[why]}`),
      ),
    ),
  ];
}

function cut(rows: readonly string[]): string[] {
  return rows.length <= MOST ? [...rows] : [...rows.slice(0, MOST), `… and ${String(rows.length - MOST)} more`];
}
