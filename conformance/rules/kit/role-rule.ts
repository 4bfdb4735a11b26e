/** A rule whose cases ask every operation with the token of each role. */
import type { Case, Rule, Session } from '../types.ts';
import { askAs } from './auth-case.ts';
import { serverError } from './answers.ts';
import { caseId } from './case-id.ts';
import { operationsOf } from './each.ts';
import { breached, notApplicable, notTested, pass } from './outcome.ts';

/**
 * @param id the rule's id
 * @param may whether it is about the roles that may, or about those that may not
 */
export function roleRule(
  id: string,
  may: boolean,
  words: Pick<Rule, 'title' | 'about' | 'example' | 'sentence'>,
): Rule {
  return {
    id,
    ...words,
    profile: 'full',
    cases: (contract) => {
      const all = [
        ...new Set(contract.operations.flatMap((operation) => operation.security.flatMap(({ roles }) => roles))),
      ];
      return operationsOf(contract).flatMap(({ operation, resource, role: reach }) => {
        const allowed = new Set(operation.security.flatMap(({ roles }) => roles));
        if (allowed.size === 0 || reach === 'other') return [];
        return all
          .filter((role) => allowed.has(role) === may)
          .map((role): Case => ({
            id: caseId(id, operation.id, role),
            level: 'MUST',
            title: may ? `${operation.id} lets the role ${role}` : `${operation.id} answers 403 to the role ${role}`,
            operation: operation.id,
            phase: 'write',
            pointer: `${operation.pointer}/security`,
            writes:
              reach === 'create' || reach === 'update'
                ? [`${operation.id}:${id}:${role}`]
                : reach === 'read'
                  ? [`${resource?.create?.id ?? ''}:control`]
                  : [],
            run: async (session) => {
              if (!session.roles.includes(role))
                return notApplicable(`no token of the role ${role} was given (--role-token ${role}=…)`);
              const exchange = await askAs(
                session,
                operation,
                resource,
                reach,
                { role },
                `${id}-${operation.id}-${role}`,
                `the role ${role} may not`,
                may ? 'role-target' : undefined,
              );
              const status = exchange.response?.status ?? 0;
              if (may ? status >= 200 && status < 300 : status === 403) return pass(exchange);
              if (status === 401 && !(await isKnown(session, role)))
                return notTested(`the token of the role ${role} is not taken: 401`, `role-token|${role}`);
              return breached(
                status >= 500
                  ? serverError(exchange, { of: 'role', role, may })
                  : { kind: may ? 'role-rejected' : 'role-accepted', status, role },
                { exchanges: [exchange] },
              );
            },
          }));
      });
    },
  };
}

/** Whether a role's token is taken anywhere: then a 401 for it is the target's mistake, and not the user's. */
function isKnown(session: Session, role: string): Promise<boolean> {
  return session.once(`role-known:${role}`, async () => {
    for (const { operation, resource, role: reach } of operationsOf(session.contract)) {
      if (reach !== 'read' && reach !== 'list') continue;
      const ask = askAs(session, operation, resource, reach, { role }, `known-${role}`, `the role ${role} asks`);
      const status = (await ask).response?.status ?? 0;
      if (status === 403 || (status >= 200 && status < 300)) return true;
    }
    return false;
  });
}
