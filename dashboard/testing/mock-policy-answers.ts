/** Policies as the mock hub keeps them: desks, directory, and what is written to each CRM. */
import type { RouteInput, RouteOutput } from '#core/contract/route.ts';
import {
  getDirectorySettings,
  lookUpContacts,
  saveDirectorySettings,
  type Contact,
  type DirectorySettings,
  type FlatContact,
} from '#core/contract/api/directory.ts';
import * as policies from '#core/contract/api/policies.ts';
import { journalPolicy } from '#core/contract/journal-policy.ts';
import { missing, on, type MockAnswer, type MockProblem } from './mock-route.ts';

type Desk = RouteOutput<typeof policies.getDeskPolicy>;
type Journal = RouteOutput<typeof policies.getJournalPolicy>;

export interface MockPolicies {
  desk: Desk;
  directory: DirectorySettings;
  readonly journal: Map<string, Journal>;
  /** A country this hub refuses in number rules. */
  refusedRegion: string | null;
}

export function samplePolicies(): MockPolicies {
  return {
    desk: {
      popRules: [
        { direction: 'inbound', queue: 'support', trigger: 'ring' },
        { direction: 'inbound', trigger: 'offer' },
        { direction: 'outbound', trigger: 'answer' },
        { trigger: 'never' },
      ],
      dispositions: ['resolved', 'followUp', 'salesLead', 'wrongNumber', 'Warranty claim'],
    },
    directory: {
      numberRules: [
        { trunk: 'PJSIP/berlin*', defaultRegion: 'DE', areaCode: '30', outsidePrefixes: ['0'] },
        { connectionId: 'pbx', defaultRegion: 'NL', outsidePrefixes: ['0'], extensionPatterns: ['1XXX', '60XX'] },
      ],
      matchPolicy: {
        keys: ['correlation', 'e164', 'suffix'],
        suffixDigits: 7,
        objects: ['contact', 'account'],
        excludeStates: ['inactive', 'converted'],
        ownCompany: { numbers: ['+3120123*'], domains: ['example.com'], accountIds: [] },
        tieBreakers: ['lastContactByAgent', 'lastUpdated', 'earliestCreated', 'alphabetical'],
        actions: { one: 'auto', uncertain: 'ask', sameAccount: 'company', several: 'ask' },
      },
      version: 3,
    },
    journal: new Map([['crm', { ...journalPolicy.parse({}), ignoredNumbers: ['+31900*', '1099'] }]]),
    refusedRegion: null,
  };
}

const refused = (field: string, message: string): MockProblem => ({
  problemStatus: 400,
  code: 'input.invalid',
  detail: message,
  errors: [{ field, message }],
});

/** A queue this hub refuses, so that a refusal can be looked at. */
export const unknownQueue = 'no-such-queue';

const deskAnswers = [
  on(policies.getDeskPolicy, (hub) => hub.policies.desk),
  on(policies.setDeskPolicy, (hub, { body }) => {
    const wrong = body.popRules.findIndex((rule) => rule.queue === unknownQueue);
    if (wrong >= 0) return refused(`popRules.${wrong}.queue`, `No phone system has a queue ${unknownQueue}.`);
    hub.policies.desk = body;
    hub.desk = { ...hub.desk, dispositions: body.dispositions };
    return body;
  }),
];

const directoryAnswers = [
  on(getDirectorySettings, (hub) => hub.policies.directory),
  on(saveDirectorySettings, (hub, { body }) => {
    const wrong = body.numberRules.findIndex((rule) => rule.defaultRegion === hub.policies.refusedRegion);
    if (wrong >= 0)
      return refused(`numberRules.${wrong}.defaultRegion`, `${hub.policies.refusedRegion} is no country code.`);
    if (body.version !== hub.policies.directory.version) {
      const detail = 'Somebody else changed these settings meanwhile. Load them again, then change.';
      return { problemStatus: 409, code: 'resource.conflict', detail };
    }
    hub.policies.directory = { ...body, version: body.version + 1 };
    return hub.policies.directory;
  }),
  on(lookUpContacts, (hub, { query }) => ({ contacts: found(hub.contacts, query) })),
];

/** Numbers that end alike are the same here; only active contacts count. */
function found(contacts: readonly Contact[], query: RouteInput<typeof lookUpContacts>['query']): FlatContact[] {
  const digits = (query.number ?? '').replaceAll(/\D/gu, '').slice(-7);
  if (digits === '') return [];
  const holders = contacts.filter(
    ({ status, phones }) => status === 'active' && phones.some(({ number }) => number.endsWith(digits)),
  );
  return holders.map((contact) => ({
    ...{ id: contact.id, displayName: contact.displayName, firstName: '', lastName: '', jobTitle: '', email: '' },
    ...{ company: contact.accountName ?? '', phoneWork: contact.phones[0]?.number ?? '', phoneWork2: '' },
    ...{ phoneMobile: '', phoneHome: '', phoneOther: '', fax: '', recordUrl: contact.recordUrl ?? '' },
  }));
}

const journalAnswers = [
  on(policies.getJournalPolicy, (hub, { params }) => {
    if (!hub.connections.some(({ id }) => id === params.connectionId)) return missing('connection');
    return hub.policies.journal.get(params.connectionId) ?? journalPolicy.parse({});
  }),
  on(policies.setJournalPolicy, (hub, { params, body }) => {
    const wrong = body.ignoredNumbers.findIndex((number) => /[a-z]/iu.test(number));
    if (wrong >= 0) return refused(`ignoredNumbers.${wrong}`, `${body.ignoredNumbers[wrong]} is no number.`);
    hub.policies.journal.set(params.connectionId, body);
    return body;
  }),
];

export const mockPolicyAnswers: readonly MockAnswer[] = [...deskAnswers, ...directoryAnswers, ...journalAnswers];
