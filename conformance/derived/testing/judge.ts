/** One run of the suite against a derived server, in memory. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadContract } from '../../contract/load.ts';
import type { Contract, JsonObject } from '../../contract/types.ts';
import type { Report } from '../../model/index.ts';
import { runSuite } from '../../run/index.ts';
import { createMemoryTarget } from '../../target/index.ts';
import { derive } from '../build.ts';
import { respondAs } from '../memory.ts';
import type { Hooks } from '../model.ts';

/** @returns a document as a user's file would be loaded; a built-in contract by its name alone */
async function contractOf({ name, document }: { name: string; document?: JsonObject }): Promise<Contract> {
  if (!document) return loadContract(name, { allowRemote: false });
  const folder = mkdtempSync(join(tmpdir(), 'ringtrue-derived-'));
  try {
    const file = join(folder, `${name}.json`);
    writeFileSync(file, JSON.stringify(document, undefined, 2));
    return await loadContract(file, { allowRemote: false });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** @returns what the suite says of the server that is derived from a document */
export async function judgeDerived(of: { name: string; document?: JsonObject }, hooks: Hooks = {}): Promise<Report> {
  const contract = await contractOf(of);
  const core = await derive(contract, {}, [hooks]);
  const { development } = contract;
  return runSuite({
    contract,
    openTarget: (options) => createMemoryTarget(options, respondAs(core)),
    target: { url: 'http://127.0.0.1', timeoutMs: 10_000, maxBodyBytes: 10 * 1024 * 1024, retryAfterBudgetMs: 30_000 },
    token: development?.token ?? 'derived-token',
    roleTokens: development?.roleTokens ?? {},
    secrets: [],
    fixtures: contract.fixtures.flatMap(({ name, development: value }) =>
      value === undefined ? [] : [{ name, value, via: 'default' as const }],
    ),
    profile: 'full',
    include: [],
    exclude: [],
    readOnly: false,
    strict: false,
    bail: false,
    workers: 8,
    seed: 20_261_121,
    consistencyMs: 0,
    explore: 0,
    expectedFailures: [],
    keepExchanges: false,
    tool: { name: 'ringtrue', version: 'derived' },
  });
}

/** @returns what the suite holds against the server; wishes about the document's own words are none of its */
export function complaintsAbout(report: Report): string[] {
  return [
    ...(report.verdict === 'conformant' ? [] : [`verdict ${report.verdict}: ${report.notes.join(' ')}`]),
    ...report.findings
      .filter(({ level, kind }) => level === 'MUST' || kind !== 'undocumented-status')
      .map(({ level, message }) => `${level}: ${message}`),
    ...report.untouched
      .filter(({ kind }) => kind === 'operation')
      .map(({ id, reason }) => `${id} is not judged: ${reason}`),
    ...report.cases.filter(({ status }) => status === 'error').map(({ id, message }) => `${id}: ${message ?? ''}`),
  ];
}
