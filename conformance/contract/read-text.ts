/** Reads a contract's text from a file or from the network, within bounds. */
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { isUtf8 } from 'node:buffer';
import { ContractError } from './errors.ts';

/** Twice as big as any contract that people have shown to work. */
const MAX_BYTES = 20 * 1024 * 1024;
const FETCH_TIMEOUT_MS = 20_000;

/** Whether a contract's name is a URL to be fetched. */
export function isUrl(name: string): boolean {
  return /^https?:\/\//i.test(name);
}

/**
 * @param name path, or http(s) URL
 * @returns the text without a BOM
 * @throws ContractError when it cannot be read, is too big, or is no UTF-8
 */
export async function readText(name: string): Promise<string> {
  const bytes = isUrl(name) ? await readUrl(name) : await readRegularFile(name);
  if (!isUtf8(bytes)) {
    throw new ContractError({ file: name, problem: 'the file is not valid UTF-8', remedy: 'Save it as UTF-8.' });
  }
  const text = bytes.toString();
  return text.startsWith('\ufeff') ? text.slice(1) : text;
}

async function readRegularFile(file: string): Promise<Buffer> {
  let handle;
  try {
    // Opening a named pipe waits for its writer otherwise; Windows has neither.
    handle = await open(file, constants.O_RDONLY | (constants.O_NONBLOCK || 0));
    const stat = await handle.stat();
    // A device or a pipe may never end.
    if (!stat.isFile()) {
      const what = stat.isDirectory() ? 'a folder' : 'no regular file';
      throw new ContractError({ file, problem: `it is ${what}`, remedy: 'Name the OpenAPI file itself.' });
    }
    if (stat.size > MAX_BYTES) throw tooBig(file);
    return await handle.readFile();
  } catch (error) {
    if (error instanceof ContractError) throw error;
    const code = (error as NodeJS.ErrnoException).code ?? '';
    throw new ContractError({ file, ...(fileProblems[code] ?? unreadable(error)) }, { cause: error });
  } finally {
    await handle?.close();
  }
}

const fileProblems: Record<string, { problem: string; remedy: string } | undefined> = {
  ENOENT: {
    problem: 'there is no such file',
    remedy: 'Check the path; the built-in contracts are called voice-calls, calldesk and aicaller.',
  },
  EACCES: { problem: 'the file may not be read', remedy: 'Check its permissions.' },
  ENOTDIR: { problem: 'a part of the path is no folder', remedy: 'Check the path.' },
};

function unreadable(error: unknown): { problem: string; remedy: string } {
  const reason = error instanceof Error ? error.message : String(error);
  return { problem: `it cannot be read (${reason})`, remedy: 'Check the path.' };
}

async function readUrl(url: string): Promise<Buffer> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(FETCH_TIMEOUT_MS) });
    if (!response.ok) {
      const problem = `the server answers ${response.status} for it`;
      throw new ContractError({ file: url, problem, remedy: 'Check the URL, or download the file and name that.' });
    }
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
      size += chunk.length;
      if (size > MAX_BYTES) throw tooBig(url);
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  } catch (error) {
    if (error instanceof ContractError) throw error;
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    const reason = cause instanceof Error ? cause.message : String(cause);
    const remedy = 'Check the URL, or download the file and name that.';
    throw new ContractError({ file: url, problem: `it cannot be fetched (${reason})`, remedy }, { cause: error });
  }
}

function tooBig(file: string): ContractError {
  const problem = `it is bigger than ${MAX_BYTES / (1024 * 1024)} MiB`;
  return new ContractError({ file, problem, remedy: 'Leave out what the tests do not need, such as large examples.' });
}
