/** The flags of `ringtrue cleanup`: those of `ringtrue run` that are about the target, and a few more. */
import { runOptions } from './run-options.ts';
import type { OptionSpec } from './spec.ts';

const MORE: Readonly<Record<string, string | undefined>> = {
  'rate-limit': undefined,
  timeout: undefined,
  'max-time': 'for all of it; what is not deleted by then is left',
  'max-body': undefined,
  'dry-run': 'print what would be deleted; send nothing',
  quiet: 'the counts only',
  verbose: 'every exchange on standard error, every record that is left',
};

const ABOUT: Readonly<Record<string, string>> = {
  url: 'origin of the target, as it was given to the run',
  contract: 'the contract of the run: a built-in one, or the path or URL of an OpenAPI 3.1 document',
  'allow-writes': 'delete on a target that is not this machine',
};

/** Says nothing of what a run asks: the ledger alone says what is deleted. */
const NOT = new Set(['cleanup']);

export const cleanupOptions: readonly OptionSpec[] = runOptions
  .filter(({ name, group }) => (group === 'The target:' && !NOT.has(name)) || Object.hasOwn(MORE, name))
  .map((spec) => ({ ...spec, about: ABOUT[spec.name] ?? MORE[spec.name] ?? spec.about }));
