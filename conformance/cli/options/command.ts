/** Puts options onto a commander command, and reads back what was given. */
import { Option, type Command } from 'commander';
import type { OptionSpec } from './spec.ts';

/**
 * Declares the flags. The environment is not commander's to read: it takes `RINGTRUE_STRICT=false` for true, and an empty variable
 * for a value.
 */
export function declareOptions(command: Command, specs: readonly OptionSpec[]): void {
  for (const spec of specs) {
    const long = `--${spec.name}${spec.kind === 'switch' ? '' : ` <${spec.value ?? 'VALUE'}>`}`;
    const flags = spec.short === undefined ? long : `-${spec.short}, ${long}`;
    const option = new Option(flags, aboutOf(spec)).helpGroup(spec.group);
    if (spec.kind === 'list')
      option.argParser((text: string, before: string[] | undefined) => [...(before ?? []), text]);
    command.addOption(option);
    // So that a flag can take back what the environment or the config file says.
    if (spec.kind === 'switch') command.addOption(new Option(`--no-${spec.name}`).hideHelp());
  }
}

function aboutOf(spec: OptionSpec): string {
  const fallback = spec.fallback === undefined ? '' : ` (default: ${spec.fallback})`;
  return `${spec.about}${fallback}`;
}

/** @returns by the flag's name, what was given on the command line and nothing else */
export function givenFlags(command: Command, specs: readonly OptionSpec[]): Map<string, string | boolean | string[]> {
  const given = new Map<string, string | boolean | string[]>();
  for (const { name } of specs) {
    const key = name.replace(/-([a-z])/g, (_all, letter: string) => letter.toUpperCase());
    const value: unknown = command.getOptionValue(key);
    if (command.getOptionValueSource(key) !== 'cli') continue;
    if (typeof value === 'string' || typeof value === 'boolean') given.set(name, value);
    else if (Array.isArray(value)) given.set(name, value.map(String));
  }
  return given;
}
