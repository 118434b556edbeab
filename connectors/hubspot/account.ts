/** Which account the token belongs to and what it may do. Two small requests the SDK has no method for. */
import { HubError } from '#core/contract/errors.ts';
import { createHttpClient, type HttpClient } from '#core/kit/http-client.ts';
import { z } from 'zod';
import type { HubSpotConfig } from './config.ts';
import type { HubSpotObject } from './objects.ts';

const details = z.object({ portalId: z.number(), uiDomain: z.string().optional() });
const tokenInfo = z.object({ scopes: z.array(z.string()) });

export interface Account {
  readonly portalId: string | null;
  /** Where people open records, without trailing slash. */
  readonly appUrl: string | null;
}

export interface AccountClient {
  /** Throws when the token is refused; an account that hides its details is still an account. */
  read(signal: AbortSignal): Promise<Account>;
  /** Null when HubSpot does not say (tokens that are not of a private app). */
  scopes(signal: AbortSignal): Promise<readonly string[] | null>;
}

export function accountClient(config: HubSpotConfig, now: () => number): AccountClient {
  const http = createHttpClient({
    baseUrl: config.baseUrl,
    // Asked once or twice in a session's life: no socket is worth keeping for it.
    headers: { authorization: `Bearer ${config.accessToken}`, connection: 'close' },
    timeoutMs: config.requestTimeoutSecs * 1000,
    credentialField: 'accessToken',
    now,
  });
  return {
    read: async (signal) => {
      const told = await readDetails(http, signal);
      return {
        portalId: config.portalId ?? told?.portalId.toString() ?? null,
        appUrl: config.appUrl ?? (told?.uiDomain === undefined ? null : `https://${told.uiDomain}`),
      };
    },
    scopes: (signal) => readScopes(http, config.accessToken, signal),
  };
}

async function readDetails(http: HttpClient, signal: AbortSignal): Promise<z.output<typeof details> | null> {
  try {
    const answer = await http.send({ method: 'GET', url: '/account-info/v3/details', signal });
    const parsed = details.safeParse(answer.json());
    if (parsed.success) return parsed.data;
  } catch (thrown) {
    const isHidden = thrown instanceof HubError && ['permission.denied', 'resource.missing'].includes(thrown.code);
    if (!isHidden) throw thrown;
    return null;
  }
  throw new HubError(
    'remote.garbled',
    'GET /account-info/v3/details was not answered as HubSpot does. Check the API address.',
    {
      retry: 'soon',
      field: 'baseUrl',
    },
  );
}

async function readScopes(http: HttpClient, tokenKey: string, signal: AbortSignal): Promise<readonly string[] | null> {
  try {
    const url = '/oauth/v2/private-apps/get/access-token-info';
    const answer = await http.send({ method: 'POST', url, body: { tokenKey }, signal });
    return tokenInfo.safeParse(answer.json()).data?.scopes ?? null;
  } catch {
    return null;
  }
}

/** `https://app.hubspot.com/contacts/<portal>/record/0-1/<id>`; null while the account is not known. */
export function recordUrl(account: Account, object: HubSpotObject, id: string): string | null {
  if (account.portalId === null || account.appUrl === null) return null;
  return `${account.appUrl}/contacts/${account.portalId}/record/${object.typeId}/${encodeURIComponent(id)}`;
}
