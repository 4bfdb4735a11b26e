/** Cases and a target become verdicts and findings. */
export { OwnMistakeError } from './errors.ts';
export { cleanUp } from './cleanup.ts';
export { planCleanup, type Removal } from './cleanup-plan.ts';
export { namesIn } from './own-words.ts';
export { maskTexts } from './mask-report.ts';
export { exitCodeOf } from '../model/outcome.ts';
export { variableOf, type SecretWords } from './curl.ts';
export { runSuite, type SuiteEvent, type SuiteOptions } from './suite.ts';
