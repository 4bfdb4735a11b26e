/** One run of the suite against a server with one fault, or against a right variant. */
import { loadContract } from '../contract/load.ts';
import type { Contract } from '../contract/types.ts';
import { openValidators, type Validators } from '../contract/validators.ts';
import type { CaseStatus, Finding, Report } from '../model/index.ts';
import { runSuite } from '../run/index.ts';
import type { ContractName, Fault, Variant } from './fault.ts';
import { createMemoryTarget, type TargetOptions } from '../target/index.ts';
import { startFaulty } from './faulty-server.ts';
import { respondAs } from './in-memory.ts';

/** A built-in contract and what is made of it, once for all trials of a process. */
interface Prepared {
  contract: Contract;
  validators: Validators;
}

const prepared = new Map<ContractName, Promise<Prepared>>();

function prepare(name: ContractName): Promise<Prepared> {
  const known = prepared.get(name) ?? load(name);
  prepared.set(name, known);
  return known;
}

async function load(name: ContractName): Promise<Prepared> {
  const contract = await loadContract(name, { allowRemote: false });
  return { contract, validators: await openValidators(contract, { properties: true }) };
}

/** The contract, with the response headers that the fault's contract demands beside the built-in one's. */
function demanding(contract: Contract, subject: Fault | Variant): Contract {
  const headers = 'demandsHeaders' in subject ? (subject.demandsHeaders ?? []) : [];
  if (headers.length === 0) return contract;
  const copy = structuredClone({ ...contract, lineOf: undefined });
  for (const { responses } of copy.operations) {
    for (const response of responses.filter(({ status }) => status.startsWith('2')))
      response.headers.push(...headers.map((name) => ({ name, required: true })));
  }
  return { ...copy, lineOf: contract.lineOf };
}

/** How a subject is asked. */
type Way = 'memory' | 'http';

/**
 * @param subject a fault or a variant
 * @param way in memory, unless how its answers travel is what is special about it
 * @param workers how many cases at once
 * @param shard a part of the cases alone
 * @returns the report of a run against it
 */
export async function tryOut(
  subject: Fault | Variant,
  way: Way = wayOf(subject),
  workers = 8,
  shard?: { index: number; count: number },
): Promise<Report> {
  const { contract: builtIn, validators } = await prepare(subject.contract);
  const contract = demanding(builtIn, subject);
  const server = way === 'http' ? await startFaulty(subject) : undefined;
  const respond = server ? undefined : await respondAs(subject);
  try {
    const { development } = contract;
    return await runSuite({
      contract,
      validators,
      ...(respond ? { openTarget: (options: TargetOptions) => createMemoryTarget(options, respond) } : {}),
      target: {
        url: server?.url ?? 'http://127.0.0.1',
        timeoutMs: 10_000,
        maxBodyBytes: 10 * 1024 * 1024,
        retryAfterBudgetMs: 30_000,
      },
      token: development?.token,
      roleTokens: development?.roleTokens ?? {},
      secrets: [],
      fixtures: contract.fixtures.flatMap(({ name, development: value }) =>
        value === undefined ? [] : [{ name, value, via: 'default' }],
      ),
      profile: 'full',
      include: [],
      exclude: [],
      readOnly: false,
      strict: false,
      bail: false,
      workers,
      shard,
      seed: 20_261_121,
      consistencyMs: ('consistencySeconds' in subject ? (subject.consistencySeconds ?? 0) : 0) * 1000,
      explore: 'explore' in subject ? (subject.explore ?? 0) : 0,
      expectedFailures: [],
      keepExchanges: false,
      tool: { name: 'ringtrue', version: 'self-test' },
    });
  } finally {
    await server?.close();
  }
}

function wayOf(subject: Fault | Variant): Way {
  return 'overHttp' in subject && subject.overHttp === true ? 'http' : 'memory';
}

export interface Trial {
  /** Rules that failed (or warned, for a fault of level SHOULD). */
  killers: string[];
  /** Rules that warned. */
  warners: string[];
  /** What is wrong with the outcome; none for a fault that is found and told rightly. */
  complaints: string[];
  findings: Finding[];
}

/** Whether the suite found a fault, and told it where it is. */
export function judgeFault(fault: Fault, report: Report): Trial {
  const wanted: CaseStatus[] = fault.level === 'MUST' ? ['fail'] : ['fail', 'warn'];
  const killers = rulesWith(report, wanted);
  const warners = rulesWith(report, ['warn']);
  const findings = report.findings.filter(({ level }) => fault.level === 'SHOULD' || level === 'MUST');
  const complaints: string[] = [];
  if (killers.length === 0) complaints.push('survived');
  else {
    const { operation, field, rules } = fault.expects;
    const expected = [operation ?? [], field ?? []].flat();
    const named = findings.some((finding) =>
      expected.some((name) => finding.operation === name || finding.field === name || finding.message.includes(name)),
    );
    if (!named && expected.length > 0) complaints.push(`no finding names ${expected.join(' or ')}`);
    if (rules && !rules.some((rule) => killers.includes(rule)))
      complaints.push(`killed by ${killers.join(', ')} and not by ${rules.join(', ')}`);
  }
  if (fault.level === 'MUST' && report.verdict !== 'non-conformant') complaints.push(`verdict ${report.verdict}`);
  for (const { id, message } of report.cases.filter(({ status }) => status === 'error').slice(0, 3))
    complaints.push(`${id} is an error of our own: ${message ?? ''}`);
  return { killers, warners, complaints, findings };
}

/** @returns the rules of which a case has one of these statuses */
export function rulesWith(report: Report, statuses: readonly CaseStatus[]): string[] {
  return [...new Set(report.cases.filter(({ status }) => statuses.includes(status)).map(({ rule }) => rule))];
}

/** What the suite holds against a right variant; nothing, if all is well. */
export function judgeVariant(report: Report): string[] {
  return [
    ...(report.verdict === 'conformant' ? [] : [`verdict ${report.verdict}`]),
    ...report.findings.filter(({ level }) => level === 'MUST').map(({ message }) => message),
    ...report.cases
      .filter(({ status }) => status === 'error' || status === 'not-tested')
      .slice(0, 3)
      .map(({ id, message }) => `${id}: ${message ?? ''}`),
  ];
}

/** What the suite holds against the correct server itself, of whatever level. */
export function judgePlain(report: Report): string[] {
  return [
    ...judgeVariant(report),
    ...report.findings.filter(({ level }) => level !== 'MUST').map(({ level, message }) => `${level}: ${message}`),
  ];
}
