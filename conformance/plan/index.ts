/** From a contract, the rules and a selection to the ordered cases. Pure. */
export { eachCase, planCases, type PlannedCase } from './plan.ts';
export { idleRequirements } from './requirement.ts';
export { type Selection, SelectionError } from './selection.ts';
export { expectedWrites } from './writes.ts';
