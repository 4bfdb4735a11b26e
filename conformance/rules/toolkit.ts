/**
 * What rules of one's own are made of (`ringtrue/rules`): see docs/custom-rules.md.
 */
export { defineRule, broken, OwnRuleError, type OwnCase, type OwnRule } from './own.ts';
export { notApplicable, notTested, pass } from './kit/outcome.ts';
export { makeable, writers, type WriterOf } from './kit/each.ts';
export { control, create, createdRecord, readBack, readOnce, refused, succeeded, update } from './kit/steps.ts';
export { at } from '../contract/resolve.ts';
export type { Ask, Case, Outcome, Rule, RuleOptions, Session, StoredRecord } from './types.ts';
