import type { Fault } from '../../fault.ts';
import { idempotency } from './idempotency.ts';
import { record } from './record.ts';
import { request } from './request.ts';
import { wire } from './wire.ts';

/** All faults of the `calldesk` contract. */
export const calldeskFaults: readonly Fault[] = [...request, ...record, ...idempotency, ...wire];
