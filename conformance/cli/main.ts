import { EXIT } from './exit.ts';
import { failureOf } from './errors.ts';
import { ioOf } from './io.ts';
import { runCli } from './program.ts';

const args = process.argv.slice(2);
const io = ioOf(process, args.includes('--no-color'));

function defect(error: unknown): void {
  io.err(failureOf(error, (process.env['RINGTRUE_DEBUG'] ?? '') !== '').text);
  process.exit(EXIT.defect);
}
process.on('uncaughtException', defect);
process.on('unhandledRejection', defect);

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
process.exit(code);
