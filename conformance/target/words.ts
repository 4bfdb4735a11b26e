/** Quantities as a person says them. */

/** @returns `10 MiB`, `1.5 KiB`, `1 byte` */
export function bytesText(bytes: number): string {
  if (bytes >= 1024 * 1024) return `${round(bytes / (1024 * 1024))} MiB`;
  if (bytes >= 1024) return `${round(bytes / 1024)} KiB`;
  return bytes === 1 ? '1 byte' : `${bytes} bytes`;
}

/** @returns `0.15 s`, `1 s`, `3600 s`: no fraction where nobody waits for it, so that equal things are told in equal words */
export function secondsText(milliseconds: number): string {
  const digits = milliseconds < 10_000 ? 100 : 1;
  return `${Math.round((milliseconds / 1000) * digits) / digits} s`;
}

/** @returns the path as a sentence has room for it: a target chooses the ids that stand in it */
export function shortPath(path: string): string {
  return path.length <= 300 ? path : `${path.slice(0, 280)}… (${path.length} characters)`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
