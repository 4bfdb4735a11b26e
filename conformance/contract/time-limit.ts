/** Work that a contract's author or a target can make endless, done where it can be interrupted. */
import { createContext, Script, type Context } from 'node:vm';

let sandbox: { context: Context; script: Script } | undefined;

/** The longest that V8's watchdog can be set to. */
const LONGEST = 2 ** 31 - 1;

/**
 * @param milliseconds by the clock; `Infinity` for as long as it takes
 * @param work what to do, synchronously; whatever it leaves half done must do no harm
 * @returns its result, or undefined when it took too long
 */
export function within<T>(milliseconds: number, work: () => T): { result: T } | undefined {
  if (milliseconds === Infinity) return { result: work() };
  sandbox ??= { context: createContext({}), script: new Script('work()') };
  const { context, script } = sandbox;
  context['work'] = work;
  try {
    return {
      result: script.runInContext(context, { timeout: Math.min(LONGEST, Math.max(1, Math.ceil(milliseconds))) }) as T,
    };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') return undefined;
    throw error;
  } finally {
    context['work'] = undefined;
  }
}
