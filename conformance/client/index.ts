/**
 * Typed clients of the three built-in contracts (`ringtrue/client`): openapi-fetch with the generated types, so that a wrong
 * path, field or status is a compile error.
 */
import createClient, { mergeHeaders, type Client, type ClientOptions } from 'openapi-fetch';
import type { paths as AicallerPaths } from '../../generated/aicaller.ts';
import type { paths as CalldeskPaths } from '../../generated/calldesk.ts';
import type { paths as VoiceCallsPaths } from '../../generated/voice-calls.ts';

export type { components as AicallerComponents } from '../../generated/aicaller.ts';
export type { components as CalldeskComponents } from '../../generated/calldesk.ts';
export type { components as VoiceCallsComponents } from '../../generated/voice-calls.ts';
export type { AicallerPaths, CalldeskPaths, VoiceCallsPaths };

export type VoiceCallsClient = Client<VoiceCallsPaths>;
export type CalldeskClient = Client<CalldeskPaths>;
export type AicallerClient = Client<AicallerPaths>;

/** What every client takes: openapi-fetch's own options, and the credential. */
export interface ConnectOptions extends Omit<ClientOptions, 'baseUrl'> {
  /** Origin of the API, for example `https://api.vcita.biz` or `http://127.0.0.1:3000`. */
  baseUrl: string;
  /** The bearer token or API key, without its scheme; leave it out to send none. */
  token?: string;
}

/**
 * @param options where the API is and who asks
 * @returns a client of `openapi/voice-calls.yaml`; its methods answer `{ data, error, response }` and never throw for a status
 * @see https://openapi-ts.dev/openapi-fetch/api
 */
export function createVoiceCallsClient(options: ConnectOptions): VoiceCallsClient {
  return createClient<VoiceCallsPaths>(withCredential(options, 'authorization', 'Bearer '));
}

/**
 * @param options where the API is and who asks
 * @returns a client of `openapi/calldesk.yaml`
 */
export function createCalldeskClient(options: ConnectOptions): CalldeskClient {
  return createClient<CalldeskPaths>(withCredential(options, 'authorization', 'Bearer '));
}

/**
 * @param options where the API is and who asks
 * @returns a client of `openapi/aicaller.yaml`
 */
export function createAicallerClient(options: ConnectOptions): AicallerClient {
  return createClient<AicallerPaths>(withCredential(options, 'aicaller-api-key', ''));
}

function withCredential({ token, ...options }: ConnectOptions, header: string, scheme: string): ClientOptions {
  if (token === undefined) return options;
  return { ...options, headers: mergeHeaders(options.headers, { [header]: `${scheme}${token}` }) };
}
