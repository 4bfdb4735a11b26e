import type { DriftSuggestion } from '../model/index.ts';
import { markdown, markdownBlock, markdownCode, shorten } from './escape.ts';

/**
 * Both ways out of a steady disagreement, in Markdown.
 *
 * @param drift the suggestion
 * @returns blocks: what was seen, the change to the implementation, the change to the contract as a diff, and why
 */
export function driftMarkdown(drift: DriftSuggestion): string[] {
  const mark = (side: DriftSuggestion['favours']): string =>
    drift.favours === side ? ' **The evidence favours this.**' : '';
  const field = drift.field === undefined ? '' : ` ${markdownCode(drift.field)}`;
  const isDiff = drift.contractChange.includes('\n');
  return [
    `${markdownCode(drift.operation)}${field}: ${markdown(shorten(drift.observed, 600))}`,
    `- Change the implementation: ${markdown(drift.implementation)}${mark('implementation')}`,
    `- Or change the contract: ${isDiff ? 'the diff below.' : markdown(drift.contractChange)}${mark('contract')}`,
    ...(isDiff ? [markdownBlock(shorten(drift.contractChange, 4000), 'diff')] : []),
    `Why: ${markdown(shorten(drift.why, 600))}`,
  ];
}
