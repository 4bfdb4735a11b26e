import type { Fault } from '../../fault.ts';
import { access } from './access.ts';
import { externalUuid } from './external-uuid.ts';
import { fields } from './fields.ts';
import { list } from './list.ts';
import { update } from './update.ts';
import { validation } from './validation.ts';
import { wire } from './wire.ts';

/** All faults of the `voice-calls` contract. */
export const voiceCallsFaults: readonly Fault[] = [
  ...externalUuid,
  ...fields,
  ...update,
  ...validation,
  ...wire,
  ...access,
  ...list,
];
