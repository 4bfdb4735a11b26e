import type { Fault } from '../../fault.ts';
import { fastapi } from './fastapi.ts';
import { fastify } from './fastify.ts';
import { go } from './go.ts';
import { spring } from './spring.ts';

/** What four widespread stacks do by default, or when they are used as their guides show, and what a contract forbids. */
export const stackFaults: readonly Fault[] = [...fastapi, ...go, ...spring, ...fastify];
