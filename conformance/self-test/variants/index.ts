import type { Variant } from '../fault.ts';
import { lists } from './lists.ts';
import { records } from './records.ts';
import { requests } from './requests.ts';
import { stacks } from './stacks.ts';
import { wire } from './wire.ts';

/** Every server that differs from the reference server and is right all the same. */
export const variants: readonly Variant[] = [...wire, ...records, ...requests, ...lists, ...stacks];
