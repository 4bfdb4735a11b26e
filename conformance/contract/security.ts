/** Reads what a request must carry (OpenAPI 3.1, Security Requirement Object and Security Scheme Object). */
import { escapeToken, follow, isObject } from './resolve.ts';
import type { JsonObject, SecurityNeed, SecurityScheme } from './types.ts';

export interface Security {
  /** One of these is enough, and all of it is needed; empty for what anyone may ask. */
  access: SecurityNeed[][];
  /** Why nobody can tell what to send: a clause. */
  unusable?: string;
}

/**
 * @param document the bundled document
 * @param node the operation's `security`, or the document's
 */
export function readSecurity(document: JsonObject, node: unknown): Security {
  if (!Array.isArray(node)) return { access: [] };
  const alternatives = (node as unknown[]).filter(isObject);
  // An empty alternative: anyone may ask.
  if (alternatives.some((one) => Object.keys(one).length === 0)) return { access: [] };
  const components = isObject(document.components) ? document.components : {};
  const schemes = isObject(components.securitySchemes) ? components.securitySchemes : {};
  const access: SecurityNeed[][] = [];
  const unknown: string[] = [];
  for (const alternative of alternatives) {
    const missing = Object.keys(alternative).filter((name) => !isObject(schemes[name]));
    unknown.push(...missing);
    if (missing.length > 0) continue;
    access.push(
      Object.entries(alternative).map(([name, roles]) => ({
        scheme: readScheme(document, name, schemes[name]),
        roles: Array.isArray(roles) ? roles.map(String) : [],
      })),
    );
  }
  if (access.length > 0 || unknown.length === 0) return { access };
  const names = [...new Set(unknown)].join(', ');
  return {
    access: [],
    unusable: `its security names ${names}, which components/securitySchemes does not have, so what to send is not known`,
  };
}

function readScheme(document: JsonObject, name: string, node: unknown): SecurityScheme {
  const { value } = follow(document, node, `/components/securitySchemes/${escapeToken(name)}`);
  const type = String(value.type);
  const scheme = String(value.scheme).toLowerCase();
  if (type === 'apiKey')
    return { name, type, kind: 'apiKey', in: value.in as SecurityScheme['in'], parameter: String(value.name) };
  if (type === 'http' && scheme === 'basic') return { name, type, kind: 'basic' };
  if (type === 'http' && scheme === 'bearer') return { name, type, kind: 'bearer' };
  if (type === 'openIdConnect') return { name, type, kind: 'bearer' };
  if (type === 'oauth2') return { name, type, kind: 'bearer', tokenUrl: tokenUrlOf(value.flows) };
  if (type === 'mutualTLS') return { name, type, kind: 'mutualTLS' };
  return { name, type: type === 'http' ? `http ${scheme}` : type, kind: 'other' };
}

/** Where a client gets a token for itself (OpenAPI 3.1, OAuth Flows Object, `clientCredentials`). */
function tokenUrlOf(flows: unknown): string | undefined {
  const flow = isObject(flows) ? flows.clientCredentials : undefined;
  return isObject(flow) && typeof flow.tokenUrl === 'string' ? flow.tokenUrl : undefined;
}
