/**
 * Runs jobs with so many workers at once, in their order.
 *
 * @param jobs what to do
 * @param workers how many at once
 * @param work does one; never rejects
 */
export async function runPool<T>(jobs: readonly T[], workers: number, work: (job: T) => Promise<void>): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let job = jobs[next++]; job !== undefined; job = jobs[next++]) await work(job);
  };
  await Promise.all(Array.from({ length: Math.max(1, Math.min(workers, jobs.length)) }, worker));
}
