/** Cases and a target become verdicts and findings. */
export { OwnMistakeError } from './errors.ts';
export { exitCodeOf } from '../model/outcome.ts';
export { runSuite, type SuiteEvent, type SuiteOptions } from './suite.ts';
