import { expect, it } from 'vitest';
import { findingDetails } from './finding-text.ts';
import { shouldOnly } from './sample.ts';

it('a finding stands under its own level, with the reason where the requirement has another one', () => {
  const [finding] = shouldOnly().findings;
  if (!finding) throw new Error('there is no finding');
  const lines = findingDetails({
    ...finding,
    requirement: { ...finding.requirement, level: 'MUST' },
    levelReason: 'No source states this limit.',
  });
  expect(lines.filter((line) => line.startsWith('MUST'))).toEqual([]);
  expect(lines).toContain('SHOULD and not MUST: No source states this limit.');
});
