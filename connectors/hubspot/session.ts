/** Opens a connection to one HubSpot account and wires its facets. */
import type { ConnectorContext, Deadline, Match, Session } from '#core/contract/connector.ts';
import { HubError } from '#core/contract/errors.ts';
import type { PhoneNumber } from '#core/contract/phone-number.ts';
import { accountClient, recordUrl, type Account } from './account.ts';
import type { HubSpotConfig } from './config.ts';
import { matchesOf, searchFor } from './lookup.ts';
import { contacts } from './objects.ts';
import { probe } from './probe.ts';
import { makeRecords } from './records.ts';
import { openVendor, type Vendor } from './vendor.ts';

export type HubSpotFacets = typeof facets;
export const facets = {
  records: {
    objects: [
      { name: 'contacts', entity: 'contact', can: ['pull', 'read', 'create', 'update', 'upsert'] },
      { name: 'calls', entity: 'activity', can: ['read', 'create', 'update', 'upsert'] },
    ],
  },
  callerLookup: {},
} as const;

export async function openSession(context: ConnectorContext<HubSpotConfig>): Promise<Session<HubSpotFacets>> {
  const { config } = context;
  const now = () => context.now();
  const closing = new AbortController();
  const signal = AbortSignal.any([context.signal, closing.signal]);
  const accounts = accountClient(config, now);
  const account = await accounts.read(signal);
  const vendor = await openVendor({
    accessToken: config.accessToken,
    baseUrl: config.baseUrl,
    timeoutMs: config.requestTimeoutSecs * 1000,
    signal,
    now,
  });
  const close = async (): Promise<void> => {
    closing.abort();
    vendor.close();
  };
  if (context.signal.aborted) {
    await close();
    throw new HubError('link.lost', 'Opening HubSpot was given up by the hub.', { retry: 'soon' });
  }
  return {
    probe: () => probe({ account: accounts, vendor, keyProperty: config.keyProperty, signal }),
    close,
    // There is no standing link to lose: each request stands for itself.
    lost: new Promise<Error>(() => undefined),
    records: makeRecords({ vendor, account, keyProperty: config.keyProperty, now }),
    callerLookup: {
      byNumber: (number, deadline) => byNumber({ vendor, account, config, now }, number, deadline),
    },
  };
}

interface Lookup {
  readonly vendor: Vendor;
  readonly account: Account;
  readonly config: HubSpotConfig;
  readonly now: () => number;
}

async function byNumber(
  { vendor, account, config, now }: Lookup,
  number: PhoneNumber,
  deadline: Deadline,
): Promise<readonly Match[]> {
  const search = searchFor(number, config.contactProperties);
  if (search === null) return [];
  const timeoutMs = deadline.atMs - now();
  if (timeoutMs <= 0) throw new HubError('remote.timeout', 'There was no time left to ask HubSpot.', { retry: 'soon' });
  const found = await vendor.search(contacts.name, search, { signal: deadline.signal, timeoutMs });
  return matchesOf(number, found, (id) => recordUrl(account, contacts, id));
}
