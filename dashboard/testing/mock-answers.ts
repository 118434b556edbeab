/** What the mock hub answers, route by route; the compiler holds each answer to its contract. */
import * as access from '#core/contract/api/access.ts';
import * as connections from '#core/contract/api/connections.ts';
import * as desk from '#core/contract/api/desk.ts';
import * as directory from '#core/contract/api/directory.ts';
import { mockCallAnswers } from './mock-call-answers.ts';
import { mockDictionaryAnswers } from './mock-dictionary-answers.ts';
import type { MockHub } from './mock-hub.ts';
import { mockPolicyAnswers } from './mock-policy-answers.ts';
import { missing, on, page, type MockAnswer } from './mock-route.ts';
import { sampleConnection, sampleConnectors, sampleContact } from './sample-records.ts';

const users = (hub: MockHub) => [
  hub.me.user,
  {
    ...hub.me.user,
    id: 'u-2',
    email: 'li.na@example.com',
    displayName: '李娜',
    role: 'agent' as const,
    extension: '1002',
  },
];

const accessAnswers = [
  on(access.setUpState, (hub) => ({ needed: hub.setUpNeeded, demoAvailable: true })),
  on(access.setUp, (hub, { body }) => {
    hub.setUpNeeded = false;
    hub.signedIn = true;
    hub.me = { ...hub.me, user: { ...hub.me.user, email: body.email, displayName: body.displayName } };
    return hub.me;
  }),
  on(access.logIn, (hub, { body }) => {
    if (body.password === 'wrong')
      return { problemStatus: 401, code: 'auth.rejected', detail: 'E-mail or password is wrong.' };
    hub.signedIn = true;
    return hub.me;
  }),
  on(access.logOut, (hub) => {
    hub.signedIn = false;
    return null;
  }),
  on(access.whoAmI, (hub) => hub.me),
  on(access.updateMyExtension, (hub, { body }) => {
    hub.me = { ...hub.me, user: { ...hub.me.user, ...body } };
    hub.desk = { ...hub.desk, agent: body.extension, connectionId: body.connectionId };
    return hub.me;
  }),
  on(access.listUsers, (hub) => ({ items: users(hub) })),
  on(access.createUser, (hub, { body }) => ({ ...hub.me.user, ...body, id: 'u-3' })),
  on(access.updateUser, (hub, { body }) => ({ ...hub.me.user, ...body })),
  on(access.listApiKeys, () => ({
    items: [
      {
        id: 'k-1',
        name: 'Wallboard',
        prefix: 'tl_7fk2',
        role: 'operator' as const,
        createdAt: '2026-11-20T07:12:00Z',
        lastUsedAt: null,
      },
    ],
  })),
  on(access.createApiKey, (_, { body }) => ({
    id: 'k-2',
    ...body,
    prefix: 'tl_9qqa',
    createdAt: '2026-11-25T07:12:00Z',
    lastUsedAt: null,
    secret: 'tl_9qqa_example_of_a_secret',
  })),
  on(access.revokeApiKey, () => null),
];

const connectionAnswers = [
  on(connections.listConnectors, () => ({ items: [...sampleConnectors] })),
  on(connections.listConnections, (hub) => ({ items: hub.connections })),
  on(
    connections.getConnection,
    (hub, { params }) => hub.connections.find((one) => one.id === params.connectionId) ?? missing('connection'),
  ),
  on(connections.probeConnection, (_, { body }) => {
    const isWrong = body.config['password'] === 'wrong';
    return {
      ok: !isWrong,
      checks: [
        { name: 'reachable', ok: true, detail: 'The PBX answered in 12 ms.' },
        isWrong
          ? { name: 'credentials', ok: false, detail: 'The PBX refused the secret.', field: 'password' }
          : { name: 'credentials', ok: true, detail: 'Signed in.' },
      ],
    };
  }),
  on(connections.createConnection, (hub, { body }) => {
    if (body.config['password'] === 'wrong') {
      return {
        problemStatus: 422,
        code: 'auth.rejected',
        detail: 'The PBX refused the secret. Check the secret in manager.conf.',
        errors: [{ field: 'config.password', message: 'The PBX refused the secret.' }],
      };
    }
    const made = sampleConnection({ id: 'new', connectorId: body.connectorId, name: body.name });
    hub.connections = [...hub.connections, made];
    return made;
  }),
  on(connections.updateConnection, (hub, { params, body }) => {
    const held = hub.connections.find((one) => one.id === params.connectionId);
    if (held === undefined) return missing('connection');
    const changed = { ...held, name: body.name ?? held.name, enabled: body.enabled ?? held.enabled };
    hub.connections = hub.connections.map((one) => (one === held ? changed : one));
    return changed;
  }),
  on(connections.deleteConnection, (hub, { params }) => {
    hub.connections = hub.connections.filter((one) => one.id !== params.connectionId);
    return null;
  }),
];

const deskAnswers = [
  on(desk.deskSessionRoute, (hub) => hub.desk),
  on(desk.acknowledgePop, (hub, { params, body }) => {
    const pop = hub.desk.pops.find((one) => one.id === params.popId);
    if (pop === undefined) return missing('pop');
    const candidates = pop.candidates.filter((one) => one.contactId === body.contactId);
    const seen = {
      ...pop,
      state: 'acknowledged' as const,
      ...(candidates.length === 1 ? { target: 'record' as const, candidates } : {}),
    };
    hub.tellDesk({ type: 'pop', pop: seen });
    return seen;
  }),
  on(desk.dismissPop, (hub, { params }) => {
    const pop = hub.desk.pops.find((one) => one.id === params.popId);
    if (pop === undefined) return missing('pop');
    const closed = { ...pop, state: 'closed' as const, closedReason: 'dismissed' as const };
    hub.tellDesk({ type: 'pop', pop: closed });
    return closed;
  }),
  on(desk.saveWrapUp, (hub, { params, body }) => {
    const wrapUp = { interactionId: params.interactionId, ...body };
    hub.tellDesk({ type: 'wrapUp', wrapUp });
    hub.wrapUps.set(params.interactionId, wrapUp);
    return wrapUp;
  }),
  on(desk.setAgentState, (hub, { body }) => {
    hub.tellDesk({ type: 'agent', ...body });
    return body;
  }),
  on(desk.makeCall, (_, { body }) => ({ requestId: body.requestId, dialled: body.number })),
  on(desk.callCommand, () => ({ accepted: true as const })),
];

const directoryAnswers = [
  on(directory.listContacts, (hub, { query }) =>
    page(
      hub.contacts.filter((one) =>
        JSON.stringify(one)
          .toLowerCase()
          .includes((query?.search ?? '').toLowerCase()),
      ),
    ),
  ),
  on(
    directory.getContact,
    (hub, { params }) => hub.contacts.find((one) => one.id === params.contactId) ?? missing('contact'),
  ),
  on(directory.createContact, (hub, { body }) => {
    const displayName = [body.firstName, body.lastName].filter(Boolean).join(' ');
    const made = sampleContact({
      id: `c-${hub.contacts.length + 1}`,
      displayName,
      firstName: body.firstName,
      lastName: body.lastName,
    });
    hub.contacts = [...hub.contacts, made];
    return made;
  }),
  on(directory.updateContact, (hub, { params, body }) => {
    const held = hub.contacts.find((one) => one.id === params.contactId);
    if (held === undefined) return missing('contact');
    const changed = { ...held, firstName: body.firstName ?? null, lastName: body.lastName ?? null };
    hub.contacts = hub.contacts.map((one) => (one === held ? changed : one));
    return changed;
  }),
  on(directory.deleteContact, (hub, { params }) => {
    hub.contacts = hub.contacts.filter((one) => one.id !== params.contactId);
    return null;
  }),
  on(directory.importPreview, () => ({
    columns: ['Name', 'Company', 'Phone'],
    delimiter: ',',
    charset: 'utf-8',
    fields: [...directory.importFields],
    problems: [],
    mapping: { Name: 'displayName', Company: 'accountName', Phone: 'phone' },
    rows: [
      {
        line: 2,
        contact: { displayName: 'Mary Shaw', accountName: 'Acme Tools', phones: [{ number: '+44 20 7946 0000' }] },
        problems: [],
      },
      { line: 3, contact: { displayName: 'No Number' }, problems: ['"n/a" is not a telephone number.'] },
    ],
  })),
  on(directory.importStart, () => ({ importId: 'imp-1' })),
  on(directory.importState, () => ({
    importId: 'imp-1',
    fileName: 'contacts.csv',
    state: 'done' as const,
    done: 120,
    total: 120,
    created: 97,
    updated: 21,
    rejected: 2,
    problems: [{ line: 3, problem: '"n/a" is not a telephone number.' }],
  })),
];

export const mockAnswers: readonly MockAnswer[] = [
  ...accessAnswers,
  ...connectionAnswers,
  ...deskAnswers,
  ...directoryAnswers,
  ...mockCallAnswers,
  ...mockDictionaryAnswers,
  ...mockPolicyAnswers,
];
