import { EXIT } from './exit.ts';
import { failureOf } from './errors.ts';
import { ioOf, type ProcessIo } from './io.ts';
import { runCli } from './program.ts';

const args = process.argv.slice(2);
const debug = (process.env['RINGTRUE_DEBUG'] ?? '') !== '';

/** Tells an error that nobody has caught, and ends. */
function giveUp(error: unknown): never {
  const { code, text } = failureOf(error, debug);
  process.stderr.write(text);
  process.exit(code);
}
process.on('uncaughtException', giveUp);
process.on('unhandledRejection', giveUp);

function openIo(): ProcessIo {
  try {
    return ioOf(process, args.includes('--no-color'));
  } catch (error) {
    return giveUp(error);
  }
}

const io = openIo();
const code = await runCli(args, io);
// Whatever is still open (a kept connection, a timer) must not keep the process; what is still to be written must be.
await Promise.all(
  [process.stdout, process.stderr].map(
    (stream) =>
      new Promise<void>((resolve) => {
        if (stream.writable) stream.write('', () => resolve());
        else resolve();
      }),
  ),
);
const lost = io.lost();
if (lost !== undefined) io.err(`${lost}\n`);
// Who interrupted it by closing the terminal knows what became of standard output.
process.exit(lost === undefined || code === EXIT.interrupted || code === EXIT.defect ? code : EXIT.usage);
