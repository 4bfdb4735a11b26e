/** `ringtrue selftest ./mine.yaml`: the kill matrix of the user's own contract. */
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import picomatch from 'picomatch';
import { genericFaults } from '../../derived/faults.ts';
import { visibleLines } from '../../report/escape.ts';
import { htmlPage } from '../../self-test/own/html.ts';
import { ownMatrix, type OwnMatrix } from '../../self-test/own/matrix.ts';
import { matrixLines } from '../../self-test/own/text.ts';
import { UsageError } from '../errors.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import type { Io } from '../io.ts';
import { openContract } from '../judge/contract.ts';
import { reasonOf } from '../reason.ts';
import { didYouMean } from '../suggest.ts';

export interface OwnOptions {
  only?: string[];
  verbose?: boolean;
  /** `json`, `json=FILE`, `html=FILE`. */
  report?: string[];
}

/**
 * @param document path or URL of an OpenAPI document
 * @param options which faults, and what is written besides the text
 * @param io where to write
 * @returns 0 when the matrix is told; 70 when the suite holds something against the server without a fault, for then RingTrue is at fault
 */
export async function selftestOwn(document: string, options: OwnOptions, io: Io): Promise<ExitCode> {
  const reports = (options.report ?? []).map(reportOf);
  const contract = await openContract(document, { allowRemote: false });
  const ids = genericFaults(contract).map(({ id }) => id);
  const globs = (options.only ?? []).map((pattern) => {
    const matches = picomatch(pattern, { bash: true });
    if (!ids.some((id) => matches(id)))
      throw new UsageError(
        `--only: no fault that this document makes possible has an id like ${JSON.stringify(pattern)}.${didYouMean(pattern, ids)}`,
      );
    return matches;
  });
  const columns = io.columns ?? 80;
  const matrix = await ownMatrix(contract, {
    wants: (id) => globs.length === 0 || globs.some((matches) => matches(id)),
    progress: (done, total, id) => {
      if (io.interactive) io.err(`\r\u001b[2K${`${String(done)}/${String(total)}  ${id}`.slice(0, columns - 1)}`);
    },
  });
  if (io.interactive) io.err('\r\u001b[2K');
  const isOnStdout = reports.some(({ file }) => file === undefined);
  const text = `${matrixLines(matrix, options.verbose === true).join('\n')}\n`;
  if (!isOnStdout) io.out(visibleLines(text));
  for (const { format, file } of reports) write(format, file, matrix, io);
  return matrix.accusations.length === 0 ? EXIT.conforms : EXIT.defect;
}

const formats = ['json', 'html'] as const;
type Format = (typeof formats)[number];

function reportOf(text: string): { format: Format; file?: string } {
  const at = text.indexOf('=');
  const name = at < 0 ? text : text.slice(0, at);
  const format = formats.find((one) => one === name);
  if (!format)
    throw new UsageError(
      `--report has to be json or html, with =FILE to write a file, not ${JSON.stringify(text)}.${didYouMean(name, formats)}`,
    );
  return { format, ...(at < 0 ? {} : { file: text.slice(at + 1) }) };
}

function write(format: Format, file: string | undefined, matrix: OwnMatrix, io: Io): void {
  const text =
    format === 'json' ? `${JSON.stringify({ schemaVersion: 1, ...matrix }, undefined, 2)}\n` : htmlPage(matrix);
  if (file === undefined) {
    io.out(text);
    return;
  }
  try {
    writeFileSync(resolve(io.cwd, file), text);
  } catch (error) {
    throw new UsageError(`--report ${format}=${file}: the file cannot be written: ${reasonOf(error)}.`);
  }
}
