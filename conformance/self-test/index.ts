import { aicallerFaults } from './faults/aicaller/index.ts';
import { calldeskFaults } from './faults/calldesk/index.ts';
import { stackFaults } from './faults/stacks/index.ts';
import { voiceCallsFaults } from './faults/voice-calls/index.ts';
import type { Fault } from './fault.ts';

export type { Fault } from './fault.ts';
export { startFaulty, type FaultyServer } from './faulty-server.ts';
export { variants } from './variants/index.ts';

/** Every fault, in the order of the contracts; those of stacks last. */
export const faults: readonly Fault[] = [...voiceCallsFaults, ...calldeskFaults, ...aicallerFaults, ...stackFaults];
