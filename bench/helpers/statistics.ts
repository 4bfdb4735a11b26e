/** Numbers of the bench: medians and how they compare. */

/**
 * @param values at least one
 * @returns the middle value; of an even number, the mean of the two in the middle
 */
export function median(values: readonly number[]): number {
  if (values.length === 0) throw new Error('There is no median of nothing.');
  const sorted = [...values].sort((a, b) => a - b);
  const high = sorted[sorted.length >> 1] ?? 0;
  return sorted.length % 2 === 1 ? high : ((sorted[(sorted.length >> 1) - 1] ?? 0) + high) / 2;
}

/**
 * How the cost grows with the size: 1 is linear, 2 quadratic, 0 not at all.
 *
 * @param points size and cost, both above zero, at least two sizes
 * @returns the slope of the least-squares line through their logarithms
 */
export function growthExponent(points: readonly (readonly [size: number, cost: number])[]): number {
  const logs = points.map(([size, cost]) => [Math.log(size), Math.log(cost)] as const);
  const mean = (index: 0 | 1): number => logs.reduce((sum, point) => sum + point[index], 0) / logs.length;
  const [meanX, meanY] = [mean(0), mean(1)];
  const spread = logs.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
  if (spread === 0) throw new Error('Growth needs two sizes.');
  return logs.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0) / spread;
}

/** `1.25 s` or `87 ms`. */
export function time(milliseconds: number): string {
  return Math.abs(milliseconds) >= 1000 ? `${(milliseconds / 1000).toFixed(2)} s` : `${milliseconds.toFixed(0)} ms`;
}

/** `1.4 ×`. */
export function times(ratio: number): string {
  return `${ratio.toFixed(ratio < 10 ? 2 : 0)} ×`;
}
