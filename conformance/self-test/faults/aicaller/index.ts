import type { Fault } from '../../fault.ts';
import { record } from './record.ts';
import { request } from './request.ts';
import { wire } from './wire.ts';

/** All faults of the `aicaller` contract. */
export const aicallerFaults: readonly Fault[] = [...request, ...record, ...wire];
