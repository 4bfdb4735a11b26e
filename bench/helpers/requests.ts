/** Counts what servers of this process receive, so that every tool is measured by the same clerk. */
import { subscribe } from 'node:diagnostics_channel';

let received = 0;
subscribe('http.server.request.start', () => {
  received += 1;
});

/** @returns how many requests the servers of this process have received so far */
export function requestsReceived(): number {
  return received;
}
