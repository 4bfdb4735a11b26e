/** Asking an operation with other credentials than the run's own. */
import type { Operation, Resource } from '../../contract/types.ts';
import type { Exchange } from '../../model/index.ts';
import type { Auth, Session } from '../types.ts';
import type { Reach } from './each.ts';
import { refusalTarget } from './refusal.ts';
import { body, control, refusedMarker, standingRecord, succeeded } from './steps.ts';
import { scope } from './walk.ts';

/** Sends the operation as it would succeed, but with these credentials. */
export async function askAs(
  session: Session,
  operation: Operation,
  resource: Resource | undefined,
  role: Reach,
  auth: Auth,
  key: string,
  what: string,
  /** The record that an update is aimed at: one that may change when the update is to succeed. */
  target = refusalTarget,
): Promise<Exchange> {
  const writes = role === 'create' || role === 'update';
  const pathParameters: Record<string, string> = {};
  // If the valid write is refused as well, its refusal says nothing about credentials.
  if (writes && resource) await control(session, resource, role);
  if (resource && (role === 'read' || role === 'update')) {
    const record = await standingRecord(session, resource, role === 'update' ? target : 'control');
    pathParameters[resource.idParameter] = record.id;
  }
  const json =
    writes && resource ? body(session, resource, role, key, { id: pathParameters[resource.idParameter] }) : undefined;
  const exchange = await session.send({
    operation,
    auth,
    pathParameters,
    query: role === 'list' ? scope(session, operation) : [],
    ...(json ? { json } : {}),
  });
  if (writes) refusedMarker(session, operation, exchange, key, what);
  if (role === 'update' && target === refusalTarget && succeeded(exchange))
    await session.once(`dirty:${operation.id}`, () => Promise.resolve(true));
  return exchange;
}
