/** Interim answers (1xx), which a server may send as often as it likes before the final one. */
import type { Socket } from 'node:net';

const SWITCHING = 'HTTP/1.1 101';
const BEGIN = 'HTTP/1.1 1';
/** As much as tells the status. */
const STATUS_LINE = 'HTTP/1.1 100 '.length;
const HEAD_END = '\r\n\r\n';

/** A longer head is none that is worth waiting for; the parser says what is wrong with it. */
const LONGEST_HEAD = 64 * 1024;

/**
 * Takes interim answers out of what a socket reads: undici takes a 100 that it did not ask for as a broken answer, and a client has
 * to bear one or more of them, asked for or not. 101 stays: nobody here offers an upgrade.
 *
 * @param socket a connection of undici's, which reads it with `read()` and writes the head of each request in one piece
 * @see RFC 9110 section 15.2
 */
export function skipInterim(socket: Socket): void {
  // Only what follows a request can begin an answer; anything later may be part of a body.
  let mayBegin = false;
  let held: Buffer | undefined;
  const write = socket.write.bind(socket);
  const read = socket.read.bind(socket) as (size?: number) => Buffer | null;
  socket.write = ((...args: Parameters<Socket['write']>) => {
    const [piece] = args as unknown[];
    if (typeof piece === 'string' && / HTTP\/1\.1\r\n/.test(piece)) mayBegin = true;
    return write(...args);
  }) as Socket['write'];
  socket.read = (size?: number): Buffer | null => {
    for (;;) {
      const chunk = read(size);
      if (!mayBegin || chunk === null) return chunk;
      const bytes = withoutInterim(held ? Buffer.concat([held, chunk]) : chunk);
      held = undefined;
      if (bytes.length > 0 && mayBeInterim(bytes)) held = bytes;
      else if (bytes.length > 0) {
        mayBegin = false;
        return bytes;
      }
    }
  };
}

/** The bytes after all complete interim answers at their beginning. */
function withoutInterim(bytes: Buffer): Buffer {
  let rest = bytes;
  while (isInterim(rest)) {
    const end = rest.indexOf(HEAD_END);
    if (end < 0) return rest;
    rest = rest.subarray(end + HEAD_END.length);
  }
  return rest;
}

/** Whether too little has come to say that it is no interim answer. */
function mayBeInterim(bytes: Buffer): boolean {
  if (bytes.length > LONGEST_HEAD) return false;
  const start = bytes.toString('latin1', 0, BEGIN.length);
  return bytes.length < STATUS_LINE ? BEGIN.startsWith(start) : isInterim(bytes);
}

function isInterim(bytes: Buffer): boolean {
  const start = bytes.toString('latin1', 0, STATUS_LINE);
  return /^HTTP\/1\.1 1\d\d[ \r]$/.test(start) && !start.startsWith(SWITCHING);
}
