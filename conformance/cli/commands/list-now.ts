import { padEnd } from '../../report/layout.ts';
import type { PlannedCase } from '../../plan/index.ts';
import { plural } from '../../report/summary.ts';
import { visible } from '../../report/escape.ts';
import { UsageError } from '../errors.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import type { Io } from '../io.ts';
import { choiceOf, numberOf } from '../options/values.ts';
import { readingOf } from '../options/reading.ts';
import type { ListOptions } from './list.ts';
import { listResources } from './list-resources.ts';

/** A contract of a thousand operations has a hundred thousand cases. */
const CASES_AT_ONCE = 5000;

/** Prints cases or rules, one a line, so that `grep` and `cut` have something to work on. */
export async function listNow(contract: string, options: ListOptions, io: Io): Promise<ExitCode> {
  if ([options.rules, options.cases, options.resources].filter((one) => one === true).length > 1)
    throw new UsageError('--rules, --cases and --resources are lists of their own; name one.');
  return options.rules === true ? listRules(options, io) : listCases(contract, options, io);
}

async function listRules({ json }: ListOptions, io: Io): Promise<ExitCode> {
  const { rules } = await import('../../rules/index.ts');
  if (json === true) {
    io.out(
      `${JSON.stringify(
        rules.map(({ id, title, about, example }) => ({ id, title, about, example })),
        undefined,
        2,
      )}\n`,
    );
    return EXIT.conforms;
  }
  const width = Math.max(...rules.map(({ id }) => id.length));
  io.out(rules.map(({ id, title }) => `${padEnd(id, width)}  ${title}\n`).join(''));
  io.err(`${plural(rules.length, 'rule')}; ringtrue explain ID tells more\n`);
  return EXIT.conforms;
}

async function listCases(name: string, options: ListOptions, io: Io): Promise<ExitCode> {
  const [{ openContract }, { everyCase }] = await Promise.all([
    import('../judge/contract.ts'),
    import('../judge/plan-all.ts'),
  ]);
  const given = (flag: string, value: string) => ({ value, source: 'flag' as const, place: `--${flag}` });
  const profile = choiceOf(given('profile', options.profile ?? 'full'), ['core', 'full']) === 'core' ? 'core' : 'full';
  const explore = numberOf(
    { name: 'explore', kind: 'whole', least: 0, most: 100_000, about: '', group: '' },
    given('explore', options.explore ?? '0'),
  );
  const contract = await openContract(name, readingOf(options));
  if (options.resources === true) return listResources(contract, options.json === true, io);
  const selected = everyCase(contract, {
    profile,
    explore,
    include: options.include ?? [],
    exclude: options.exclude ?? [],
    readOnly: options.readOnly === true,
  });
  if (options.json === true) {
    const rows = Array.from(selected, ({ id, rule, requirement, level, title, operation, field, way }) => ({
      id,
      rule,
      requirement,
      level,
      title,
      operation,
      field,
      way,
    }));
    io.out(`${JSON.stringify(rows, undefined, 2)}\n`);
    return EXIT.conforms;
  }
  // A pattern that matches nothing is told after the last case, and then nothing else has been printed.
  const atOnce = (options.include ?? []).length + (options.exclude ?? []).length > 0 ? Infinity : CASES_AT_ONCE;
  const rows: Row[] = [];
  let width: number | undefined;
  let count = 0;
  const print = (): void => {
    // Many more cases than that are set in the width of the first ones, so that they need not be held.
    width ??= Math.min(
      80,
      rows.reduce((most, { id }) => Math.max(most, id.length), 0),
    );
    io.out(linesOf(rows.splice(0), width));
  };
  for (const { id, level, title } of selected) {
    rows.push({ id, level, title });
    count += 1;
    if (rows.length >= atOnce) print();
  }
  print();
  const { numberLines } = await import('../judge/number-text.ts');
  io.err(`${numberLines(contract, undefined, '').join('\n')}\n`);
  io.err(`${plural(count, 'case')} for ${contract.name}; ringtrue explain ID tells more\n`);
  return EXIT.conforms;
}

type Row = Pick<PlannedCase, 'id' | 'level' | 'title'>;

function linesOf(rows: readonly Row[], width: number): string {
  return rows.map(({ id, level, title }) => `${level.padEnd(6)}  ${padEnd(id, width)}  ${visible(title)}\n`).join('');
}
