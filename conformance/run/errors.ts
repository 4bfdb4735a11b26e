/** A request that RingTrue meant to be valid breaks the contract, or a case failed by a mistake of ours: never the target's fault. */
export class OwnMistakeError extends Error {
  override name = 'OwnMistakeError';
}
