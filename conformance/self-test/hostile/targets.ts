/** All hostile targets, in the order of their exit codes. */
import { brokenTargets } from './broken.ts';
import { oddTargets } from './odd.ts';
import { silentTargets } from './silent.ts';
import type { HostileTarget } from './target.ts';

export const hostileTargets: readonly HostileTarget[] = [...silentTargets, ...brokenTargets, ...oddTargets];
