/** The connection test: can HubSpot be reached, is the token good, may it do what is needed, is the key property there. */
import type { ProbeCheck, ProbeReport } from '#core/contract/connector.ts';
import { asHubError, type HubError } from '#core/contract/errors.ts';
import type { AccountClient } from './account.ts';
import { calls, contacts } from './objects.ts';
import { ensureKeyProperty } from './properties.ts';
import type { Vendor } from './vendor.ts';

/** What look-up and journal need. Writing contacts needs `crm.schemas.contacts.write` only to make the key property. */
export const neededScopes = [
  'crm.objects.contacts.read',
  'crm.objects.contacts.write',
  'crm.schemas.contacts.read',
  'crm.schemas.contacts.write',
] as const;

export interface ProbeContext {
  readonly account: AccountClient;
  readonly vendor: Vendor;
  readonly keyProperty: string;
  readonly signal: AbortSignal;
}

export async function probe(context: ProbeContext): Promise<ProbeReport> {
  const checks: ProbeCheck[] = [];
  const add = (...more: ProbeCheck[]) => checks.push(...more);
  try {
    const { portalId } = await context.account.read(context.signal);
    add(passed('reachable', 'HubSpot answered.'));
    add(
      passed(
        'credentials',
        portalId === null ? 'The token is accepted.' : `The token is accepted by account ${portalId}.`,
      ),
    );
    add(await privileges(context));
    add(await objects(context));
  } catch (thrown) {
    add(...failedStart(asHubError(thrown)));
  }
  return { ok: checks.every(({ ok }) => ok), checks };
}

function failedStart(error: HubError): ProbeCheck[] {
  const isAuth = error.code === 'auth.rejected' || error.code === 'auth.expired';
  if (isAuth) return [passed('reachable', 'HubSpot answered.'), failed('credentials', error, 'accessToken')];
  return [failed('reachable', error, 'baseUrl')];
}

async function privileges({ account, vendor, signal }: ProbeContext): Promise<ProbeCheck> {
  const granted = await account.scopes(signal);
  const missing = granted === null ? [] : neededScopes.filter((scope) => !granted.includes(scope));
  if (missing.length > 0)
    return {
      name: 'privileges',
      ok: false,
      field: 'accessToken',
      detail: `The token lacks ${missing.join(', ')}. Add it to the private app in HubSpot; the token stays the same.`,
    };
  try {
    for (const object of [contacts, calls]) await vendor.listFirst(object.name);
  } catch (thrown) {
    return failed('privileges', asHubError(thrown), 'accessToken');
  }
  const certainty =
    granted === null ? ' HubSpot does not list the scopes of this kind of token, so writing was not tested.' : '';
  return passed('privileges', `Contacts and calls may be read.${certainty}`);
}

async function objects({ vendor, keyProperty }: ProbeContext): Promise<ProbeCheck> {
  try {
    const state = await ensureKeyProperty(vendor, calls, keyProperty);
    return passed(
      'objects',
      state === 'made'
        ? `Made the unique property ${keyProperty} for calls.`
        : `Calls have the unique property ${keyProperty}.`,
    );
  } catch (thrown) {
    return failed('objects', asHubError(thrown), 'keyProperty');
  }
}

const passed = (name: ProbeCheck['name'], detail: string): ProbeCheck => ({ name, ok: true, detail });
const failed = (name: ProbeCheck['name'], error: HubError, field: string): ProbeCheck => ({
  name,
  ok: false,
  detail: error.message,
  field: error.field ?? field,
});
