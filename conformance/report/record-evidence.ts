/** What a vendor needs to believe a verification record: requests, answers, requirements, and how to run it again. */
import type { Exchange, Finding } from '../model/index.ts';
import { cleanupLines } from './cleanup-text.ts';
import { markdown, markdownBlock, markdownCode, shorten } from './escape.ts';
import type { RecordSubject } from './record-subject.ts';
import { instant } from './summary.ts';

/** Enough of a body to see what is wrong with it. */
const MOST_OF_A_BODY = 4000;
const MOST_EXCHANGES = 4;

/** The section "Evidence": one part a finding, and what the run was. */
export function evidenceSection({ report, findings }: RecordSubject): string {
  const { contract, tool, target } = report;
  const run = [
    `- Contract: ${markdown(`${contract.name} ${contract.version}`)}, sha256 ${markdownCode(contract.sha256)}.`,
    `- Target: ${markdownCode(target.url)}.`,
    `- Checked with ${markdown(`${tool.name} ${tool.version}`)}, seed ${String(report.seed)}, on ${instant(report.startedAt)}.`,
    ...cleanupLines(report.cleanup).map((line) => `- ${markdown(shorten(line.trim(), 600))}`),
  ].join('\n');
  const byId = new Map((report.exchanges ?? []).map((exchange) => [exchange.id, exchange]));
  return [run, ...findings.flatMap((finding, index) => evidenceOf(finding, index + 1, byId))].join('\n\n');
}

function evidenceOf(finding: Finding, number: number, byId: ReadonlyMap<number, Exchange>): string[] {
  const { requirement, evidence, reproduce } = finding;
  const source = requirement.source === undefined ? '' : ` Source: ${markdown(requirement.source)}.`;
  const exchanges = (evidence?.exchangeIds ?? []).flatMap((id) => byId.get(id) ?? []);
  const shown = exchanges.slice(0, MOST_EXCHANGES);
  return [
    `### ${String(number)}. ${markdown(shorten(finding.message, 300))}`,
    `Requirement ${markdownCode(requirement.id)} (${finding.level}): ${markdown(requirement.sentence)}${source}`,
    ...(reproduce.length === 0 ? [] : [markdownBlock(reproduce.join('\n\n'), 'sh')]),
    ...shown.flatMap(answerOf),
    ...(exchanges.length > shown.length
      ? [`${String(exchanges.length - shown.length)} more requests show the same.`]
      : []),
  ];
}

function answerOf({ request, response, error }: Exchange): string[] {
  const asked = markdownCode(`${request.method} ${pathOf(request.url)}`);
  if (response === undefined) return [`${asked} got no answer: ${markdown(error?.message ?? 'unknown reason')}`];
  if (response.body === '') return [`${asked} answered ${String(response.status)} without a body.`];
  const json = response.json === undefined ? undefined : JSON.stringify(response.json, undefined, 2);
  return [
    `${asked} answered ${String(response.status)}:`,
    markdownBlock(shorten(json ?? response.body, MOST_OF_A_BODY), json === undefined ? '' : 'json'),
  ];
}

function pathOf(url: string): string {
  return url.replace(/^\w+:\/\/[^/]+/, '');
}
