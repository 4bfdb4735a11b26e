/** The HTTP client that cases ask their questions with. */
export { createTarget } from './client.ts';
export { createMemoryTarget, type Respond } from './in-memory.ts';
export { SHORTEST as SHORTEST_MASKED } from './mask.ts';
export { maskExchange } from './mask-exchange.ts';
export { maskSentence } from './mask-sentence.ts';
export { splitList } from './list-header.ts';
export { renewingTarget, type TokenSource } from './renewing.ts';
export { IDEMPOTENT, mayHaveArrived } from './trouble.ts';
export { waitFor } from './wait.ts';
export type { RequestSpec, Target, TargetOptions } from './types.ts';
