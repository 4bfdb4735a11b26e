/** Which proxy stands before a target. @see https://about.gitlab.com/blog/we-need-to-talk-no-proxy/ for how tools read NO_PROXY */
import { UsageError } from './errors.ts';

type Env = Readonly<Record<string, string | undefined>>;

/**
 * @param url the target
 * @param given what the user said for RingTrue alone; the usual variables count otherwise
 * @param env the environment
 */
export function proxyFor(url: string, given: string | undefined, env: Env): string | undefined {
  const proxy = given ?? fromEnvironment(url, env);
  if (proxy === undefined) return undefined;
  if (!/^https?:\/\/[^/]/i.test(proxy) || !URL.canParse(proxy)) {
    throw new UsageError(
      `${given === undefined ? 'The proxy of the environment (HTTPS_PROXY, HTTP_PROXY)' : '--proxy'} has to be an http or https URL, such as http://proxy.example:3128.`,
    );
  }
  return proxy;
}

function fromEnvironment(url: string, env: Env): string | undefined {
  if (!URL.canParse(url)) return undefined;
  const { protocol, hostname, port } = new URL(url);
  const read = (name: string): string | undefined => env[name.toLowerCase()] || env[name] || undefined;
  const proxy = read(protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY') ?? read('ALL_PROXY');
  if (proxy === undefined || isExempt(hostname, port, read('NO_PROXY') ?? '')) return undefined;
  return proxy.includes('://') ? proxy : `http://${proxy}`;
}

function isExempt(hostname: string, port: string, list: string): boolean {
  return list
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
    .some((entry) => {
      if (entry === '*') return true;
      const [, host = '', only] = /^(.*?)(?::(\d+))?$/.exec(entry.toLowerCase()) ?? [];
      if (only !== undefined && only !== port) return false;
      const suffix = host.replace(/^\*?\./, '');
      return hostname === suffix || hostname.endsWith(`.${suffix}`);
    });
}
