/** Quantities as a person says them. */

/** @returns `10 MiB`, `1.5 KiB`, `1 byte` */
export function bytesText(bytes: number): string {
  if (bytes >= 1024 * 1024) return `${round(bytes / (1024 * 1024))} MiB`;
  if (bytes >= 1024) return `${round(bytes / 1024)} KiB`;
  return bytes === 1 ? '1 byte' : `${bytes} bytes`;
}

/** @returns `1 s`, `0.15 s` */
export function secondsText(milliseconds: number): string {
  return `${Math.round(milliseconds / 10) / 100} s`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
