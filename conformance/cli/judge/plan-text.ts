/** The plan of a run in words: what would be written, and what would be asked. */
import { notSent } from '../../rules/kit/sendable.ts';
import { mayWrite } from '../fixtures/source.ts';
import { padStart, padEnd } from '../../report/layout.ts';
import { visible } from '../../report/escape.ts';
import { plural, thousands } from '../../report/summary.ts';
import { numberLines } from './number-text.ts';
import type { Prepared } from './prepare.ts';

/** How many writes, through which operations, and what becomes of telephone numbers. */
export function writeLines({ request, contract, access, cases, writes, exact = false }: Prepared): string[] {
  const operations = new Map(contract.operations.map((one) => [one.id, one]));
  const rows = writes.map(({ operation, count }) => {
    const found = operations.get(operation);
    // A request that is no operation of the contract is named by its method and path.
    if (!found) return { count: thousands(count), name: 'no operation', where: operation };
    const method = found.method.toUpperCase();
    // An estimate counts requests with a method that a path does not have as those of its read.
    const where = method === 'GET' ? `${found.path} with other methods` : `${method} ${found.path}`;
    return { count: thousands(count), name: operation, where };
  });
  for (const { name, ...source } of request.readOnly ? [] : access.fixtures.filter((one) => mayWrite(one))) {
    const path = source.kind === 'requests' ? source.requests.find(({ method }) => method === 'POST')?.path : undefined;
    rows.push({ count: '≤ 1', name: `fixture ${name}`, where: `POST ${path ?? ''}` });
  }
  if (rows.length === 0) return ['  no writes'];
  const numbers = Math.max(...rows.map(({ count }) => count.length));
  const names = Math.max(...rows.map(({ name }) => name.length));
  const total = writes.reduce((sum, { count }) => sum + count, 0);
  return [
    ...rows.map(({ count, name, where }) => `  ${padStart(count, numbers)} × ${padEnd(name, names)}  ${where}`),
    `  ${exact ? '' : 'About '}${plural(total, 'write')} in all.`,
    ...(request.cleanup ? cleanupPlanLines(contract, writes) : []),
    ...numberLines(contract, new Set(cases.map(({ operation }) => operation))),
  ];
}

/** What `--cleanup` will do: which creates are undone, and which cannot be. */
function cleanupPlanLines({ resources }: Prepared['contract'], writes: Prepared['writes']): string[] {
  const creates = new Set(writes.map(({ operation }) => operation));
  const made = resources.filter(({ create }) => create !== undefined && creates.has(create.id));
  const undone = made.flatMap((one) => (one.delete ? `${String(one.create?.id)} by ${one.delete.id}` : []));
  const left = made.flatMap((one) => (one.delete ? [] : String(one.create?.id)));
  return [
    ...(undone.length > 0 ? [`  At the end what was created is deleted: ${undone.join(', ')}.`] : []),
    ...(left.length > 0 ? [`  The contract has no DELETE for what these create: ${left.join(', ')}.`] : []),
  ];
}

/** Operations of a plain document that would change something and are never sent, each with the reason. */
function excludedLines(contract: Prepared['contract']): string[] {
  if (contract.requirements.length > 0) return [];
  const excluded = contract.operations.flatMap((operation) => {
    const why = notSent(contract, operation);
    return why === undefined ? [] : [{ operation, why: why.replace(`${operation.id} is not sent: `, '') }];
  });
  if (excluded.length === 0) return [];
  const names = Math.max(...excluded.map(({ operation }) => operation.id.length));
  return [
    '',
    'Not sent:',
    ...excluded.map(
      ({ operation: { id, method, path }, why }) =>
        `  ${padEnd(visible(id), Math.min(names, 40))}  ${method} ${visible(path)}: ${visible(why)}`,
    ),
  ];
}

/** What `--dry-run` prints. */
export function dryRunText(prepared: Prepared): string {
  const { contract, access, cases } = prepared;
  const target = access.address?.origin ?? 'the reference server';
  const ids = cases.reduce((most, { id }) => Math.max(most, id.length), 0);
  return `${[
    `${contract.name} ${contract.version} against ${target}: ${plural(cases.length, 'case')}; nothing is sent`,
    '',
    'Writes:',
    ...writeLines(prepared),
    ...excludedLines(contract),
    '',
    'Cases:',
    ...cases.map(({ id, level, title }) => `  ${level.padEnd(6)} ${padEnd(id, Math.min(ids, 72))}  ${visible(title)}`),
  ].join('\n')}\n`;
}
