import type { Api, ContractName } from '../fault.ts';
import { aicaller } from './aicaller.ts';
import { calldesk } from './calldesk.ts';
import { voiceCalls } from './voice-calls.ts';

/** The APIs by their contract. */
export const apis: Readonly<Record<ContractName, Api>> = { 'voice-calls': voiceCalls, calldesk, aicaller };
