/** The flags by which every command reads a contract as `run` does. */
import type { Command } from 'commander';
import type { LoadOptions } from '../../contract/load.ts';

export interface ReadingFlags {
  overlay?: string[];
  refRoot?: string;
  allowRemoteRefs?: boolean;
}

const collect = (text: string, before: string[] | undefined): string[] => [...(before ?? []), text];

/** Declares `--overlay`, `--ref-root` and `--allow-remote-refs` on a command. */
export function withReading(command: Command): Command {
  return command
    .option('--overlay <FILE>', 'lay an OpenAPI Overlay 1.0 over the contract (repeat)', collect)
    .option('--ref-root <DIR>', 'no file of the contract may lie outside of it')
    .option('--allow-remote-refs', 'let the contract fetch $refs from the network');
}

/** @returns the same for the loader */
export function readingOf({ overlay, refRoot, allowRemoteRefs }: ReadingFlags): LoadOptions {
  return { allowRemote: allowRemoteRefs === true, refRoot, overlays: overlay ?? [] };
}
