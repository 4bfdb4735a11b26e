import { builtinContracts } from '../../contract/load.ts';
import type { Contract, Requirement } from '../../contract/types.ts';
import type { PlannedCase } from '../../plan/index.ts';
import { visible } from '../../report/escape.ts';
import { labelled, wrap } from '../../report/layout.ts';
import { rules } from '../../rules/index.ts';
import { UsageError } from '../errors.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import type { Io } from '../io.ts';
import { openContract } from '../judge/contract.ts';
import { everyCase } from '../judge/plan-all.ts';
import { didYouMean } from '../suggest.ts';

const AT = 13;
const SHOWN_CASES = 12;

/** Tells what an id means; exit 2 when there is none. */
export async function explainNow(id: string, name: string | undefined, io: Io): Promise<ExitCode> {
  const columns = Math.min(110, Math.max(60, io.columns ?? 100));
  const rule = rules.find((one) => one.id === id);
  const known: string[] = rules.map((one) => one.id);
  const contracts = name === undefined ? builtinContracts : [name];
  // A rule is the same for every contract: it is told with the cases of the first.
  for (const one of rule === undefined ? contracts : contracts.slice(0, 1)) {
    const contract = await openContract(one, { allowRemote: false });
    const cases = [...everyCase(contract, { profile: 'full', include: [], exclude: [], readOnly: false, explore: 1 })];
    const planned = cases.find((other) => other.id === id);
    const requirement = contract.requirements.find((other) => other.id === id);
    const lines = rule
      ? ruleLines(rule, contract, cases, columns)
      : planned
        ? caseLines(planned, contract, columns)
        : requirement && requirementLines(requirement, contract, cases, columns);
    if (lines) {
      io.out(`${lines.join('\n')}\n`);
      return EXIT.conforms;
    }
    for (const { id: other } of [...cases, ...contract.requirements]) known.push(other);
  }
  throw new UsageError(
    `Nothing is called ${JSON.stringify(id)} in ${contracts.join(', ')}.${didYouMean(id, known)} ringtrue list and ringtrue list --rules name all ids.`,
  );
}

type Rule = (typeof rules)[number];

function row(label: string, text: string, columns: number): string[] {
  return labelled(label, visible(text), AT, columns);
}

function ruleLines(rule: Rule, contract: Contract, cases: readonly PlannedCase[], columns: number): string[] {
  const own = cases.filter((one) => one.rule === rule.id);
  const rows = contract.requirements.filter((one) => one.rules.includes(rule.id));
  return [
    `rule ${rule.id}: ${visible(rule.title)}`,
    '',
    ...wrap(visible(rule.about), columns),
    '',
    ...exampleLines(rule, columns),
    ...(rows.length > 0 ? ['', `Requirements that it tests in ${contract.name}:`] : []),
    ...rows.flatMap((one) => sentenceLines(one, columns)),
    ...casesLines(own, `Cases in ${contract.name}`, columns),
  ];
}

function caseLines(planned: PlannedCase, contract: Contract, columns: number): string[] {
  const rule = rules.find((one) => one.id === planned.rule);
  const requirement = contract.requirements.find((one) => one.id === planned.requirement);
  const operation = contract.operations.find((one) => one.id === planned.operation);
  const where = operation
    ? `${planned.operation}, ${operation.method.toUpperCase()} ${operation.path}`
    : planned.operation;
  return [
    `case ${planned.id}`,
    `${planned.level} ${visible(planned.title)}`,
    '',
    ...row('operation', where, columns),
    ...(planned.field === undefined ? [] : row('field', planned.field, columns)),
    ...(planned.way === undefined ? [] : row('read back', planned.way, columns)),
    ...(requirement
      ? [...row('requirement', `"${requirement.sentence}" (${requirement.id}, ${requirement.level})`, columns)]
      : []),
    ...(requirement?.source === undefined ? [] : row('source', requirement.source, columns)),
    ...(rule ? [...row('asked', `${rule.about} (rule ${rule.id})`, columns), '', ...exampleLines(rule, columns)] : []),
  ];
}

function requirementLines(
  requirement: Requirement,
  contract: Contract,
  cases: readonly PlannedCase[],
  columns: number,
): string[] {
  return [
    `requirement ${requirement.id} of ${contract.name}`,
    '',
    ...row(requirement.level, requirement.sentence, columns),
    ...(requirement.source === undefined ? [] : row('source', requirement.source, columns)),
    ...(requirement.operations === undefined ? [] : row('operations', requirement.operations.join(', '), columns)),
    ...(requirement.fields === undefined ? [] : row('fields', requirement.fields.join(', '), columns)),
    ...(requirement.untested === undefined ? [] : row('not tested', requirement.untested, columns)),
    ...rules
      .filter(({ id }) => requirement.rules.includes(id))
      .flatMap((rule) => [
        '',
        ...row(`rule ${rule.id}`, '', columns).map((line) => line.trimEnd()),
        ...wrap(visible(rule.about), columns, '  '),
      ]),
    ...casesLines(
      cases.filter((one) => one.requirement === requirement.id),
      'Cases',
      columns,
    ),
  ];
}

function exampleLines({ example }: Rule, columns: number): string[] {
  return ['Example:', ...example.split('\n').flatMap((line) => wrap(visible(line), columns, '  '))];
}

function sentenceLines({ id, level, sentence, source }: Requirement, columns: number): string[] {
  return [...wrap(visible(`${level} ${sentence} (${id}${source === undefined ? '' : `; ${source}`})`), columns, '  ')];
}

function casesLines(cases: readonly PlannedCase[], title: string, columns: number): string[] {
  if (cases.length === 0) return [];
  const rest = cases.length - SHOWN_CASES;
  return [
    '',
    `${title} (${String(cases.length)}):`,
    ...cases
      .slice(0, SHOWN_CASES)
      .flatMap((one) => wrap(visible(`${one.level} ${one.id}: ${one.title}`), columns, '  ')),
    ...(rest > 0 ? [`  … and ${String(rest)} more`] : []),
  ];
}
