import { BASES } from './app.ts';
import { startServer, type RunningServer } from './listen.ts';
import { DEFAULTS } from './options.ts';

/** The flags of `ringtrue serve`. */
export interface ServeOptions {
  readonly port?: number;
  readonly host?: string;
  readonly cors?: boolean;
}

/** Where `serve` writes, and what stops it. */
export interface ServeIo {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Aborting it stops the server gracefully. */
  readonly signal: AbortSignal;
}

/**
 * Runs the reference server until it is told to stop.
 * @param options the flags
 * @param io where to write, and what stops it
 * @returns the exit code: 0 after a stop, 2 when it cannot listen
 */
export async function serve(
  { port = 3000, host = '127.0.0.1', cors = false }: ServeOptions,
  io: ServeIo,
): Promise<number> {
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    io.err(`--port has to be a whole number from 0 to 65535, not ${String(port)}.\n`);
    return 2;
  }
  let server: RunningServer;
  try {
    server = await startServer({ port, host, cors });
  } catch (error) {
    io.err(`${cannotListen(error, port, host)}\n`);
    return 2;
  }
  io.out(greeting(server.url, cors));
  if (!io.signal.aborted) {
    await new Promise((resolve) => {
      io.signal.addEventListener('abort', resolve, { once: true });
    });
  }
  io.out('Stopping.\n');
  await server.close();
  return 0;
}

/**
 * Turns SIGINT and SIGTERM into an abort signal. A second one finds no listener, and so ends the process at once.
 * @returns the signal for `serve`
 */
export function untilTerminated(): AbortSignal {
  const controller = new AbortController();
  const names = ['SIGINT', 'SIGTERM'] as const;
  const stop = (): void => {
    for (const name of names) process.off(name, stop);
    controller.abort();
  };
  for (const name of names) process.on(name, stop);
  return controller.signal;
}

function cannotListen(error: unknown, port: number, host: string): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'EADDRINUSE')
    return `Port ${String(port)} on ${host} is in use; choose another with --port, or --port 0 for a free one.`;
  if (code === 'EACCES')
    return `Port ${String(port)} on ${host} needs rights that this user lacks; choose one from 1024 up with --port.`;
  return `The server cannot listen on ${host}, port ${String(port)} (${code || 'unknown reason'}); choose another with --host or --port.`;
}

function greeting(url: string, cors: boolean): string {
  const roles = Object.keys(DEFAULTS.roleTokens).join(', ');
  return `RingTrue reference server on ${url}

  voice-calls  ${url}${BASES['voice-calls']}/voice_calls
               Authorization: Bearer …   one of ${roles}
  calldesk     ${url}${BASES.calldesk}/calls
               Authorization: Bearer ${DEFAULTS.calldeskTokens[0]}   verified caller ids ${DEFAULTS.verifiedCallerIds.join(', ')}
  aicaller     ${url}${BASES.aicaller}/phoneCalls
               aicaller-api-key: ${DEFAULTS.apiKeys[0]}

Try it:

  curl -s ${url}${BASES['voice-calls']}/voice_calls -H 'Authorization: Bearer staff-token' -H 'Content-Type: application/json' \\
    -d '{"staff_uid":"s1","client_uid":"c1","business_uid":"b1","from_number":"+14155550101","to_number":"+14155550102","direction":"INBOUND","status":"MISSED","rate":"0.05","provider":"VONAGE","source_id":"src-1","external_uuid":"ext-call-001"}'

${cors ? 'Web pages of any origin may call it.' : 'Web pages may call it with --cors.'} Ctrl+C stops it. Nothing is kept.
`;
}
