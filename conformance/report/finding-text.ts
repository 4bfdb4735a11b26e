/** A finding as plain lines, for places that have neither colour nor width: JUnit, annotations. */
import type { Finding } from '../model/index.ts';
import { judgeRow } from './difference.ts';
import { showValue, visible, visibleLines } from './escape.ts';
import { reach, sourceLine } from './summary.ts';

/**
 * @param finding the finding
 * @returns evidence, requirement, place, suggestion and commands, one thing a line; not its message
 */
export function findingDetails(finding: Finding): string[] {
  const { evidence, requirement } = finding;
  const source = requirement.source === undefined ? '' : ` (${visible(requirement.source)})`;
  const place = sourceLine(finding.contract);
  return [
    ...(evidence?.sent === undefined ? [] : [`sent: ${showValue(evidence.sent, 300)}`]),
    ...(evidence?.got ?? []).map((row) => {
      const value = row.missing === true ? '' : `${showValue(row.got, 300)} `;
      return `${visible(row.where)}: ${value}(${visible(judgeRow(row, evidence ?? { got: [], exchangeIds: [] }))})`;
    }),
    `${finding.level} ${visible(requirement.id)}: ${visible(requirement.sentence)}${source}`,
    ...(finding.levelReason === undefined
      ? []
      : [`${finding.level} and not ${requirement.level}: ${visible(finding.levelReason)}`]),
    `contract: ${place === undefined ? '' : `${place} `}${visible(finding.contract.pointer)}`,
    reach(finding),
    `What to do: ${visible(finding.suggestion)}`,
    ...finding.reproduce.map((command) => visibleLines(command)),
  ];
}
