import { parseArgs } from 'node:util';
import { serve, untilTerminated } from './serve.ts';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: process.env['PORT'] ?? '3000' },
    host: { type: 'string' },
    cors: { type: 'boolean' },
  },
});

process.exitCode = await serve(
  { ...values, port: Number(values.port) },
  {
    out: (text) => process.stdout.write(text),
    err: (text) => process.stderr.write(text),
    signal: untilTerminated(),
  },
);
