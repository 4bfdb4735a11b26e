/** What an option is: one row per flag, from which come the flag, its environment name, its config key, its check and its help. */

export type OptionKind =
  | { kind: 'text' }
  | { kind: 'secret' }
  | { kind: 'switch' }
  | { kind: 'list'; secret?: boolean }
  | { kind: 'choice'; of: readonly string[] }
  | { kind: 'seconds'; least: number; most: number }
  | { kind: 'rate' }
  | { kind: 'whole'; least: number; most: number };

export type OptionSpec = OptionKind & {
  /** Long name without dashes. */
  name: string;
  short?: string;
  /** How the value is called in the help. */
  value?: string;
  about: string;
  /** Heading in the help. */
  group: string;
  /** Shown in the help, and used when nothing is given. */
  fallback?: string;
  /** Key in the config file, where it is not the flag's name; null: not to be set there. */
  config?: string | null;
};

/** `--allow-writes` -> `RINGTRUE_ALLOW_WRITES`. */
export function envNameOf({ name }: Pick<OptionSpec, 'name'>): string {
  return `RINGTRUE_${name.toUpperCase().replaceAll('-', '_')}`;
}

/** The key in the config file; undefined when there is none. */
export function configKeyOf({ name, config }: Pick<OptionSpec, 'name' | 'config'>): string | undefined {
  return config === null ? undefined : (config ?? name);
}
