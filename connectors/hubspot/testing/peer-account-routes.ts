/** Paths about the account itself: properties, owners, tokens, calling extensions, webhook subscriptions. */
import { z } from 'zod';
import { PeerProblem, invalidInput, missingProperties, notAuthenticated } from './peer-problems.ts';
import { parse, schemaScope, typeOf, type PeerRoute } from './peer-route.ts';
import type { PeerProperty } from './peer-schema.ts';

const propertyInput = z.strictObject({
  name: z.string().regex(/^[a-z][a-z0-9_]{0,99}$/),
  label: z.string().min(1),
  type: z.enum(['string', 'number', 'datetime', 'enumeration', 'bool', 'phone_number']),
  fieldType: z.enum([
    'text',
    'textarea',
    'select',
    'number',
    'date',
    'booleancheckbox',
    'phonenumber',
    'html',
    'radio',
    'checkbox',
  ]),
  groupName: z.string().min(1),
  description: z.string().optional(),
  hasUniqueValue: z.boolean().optional(),
  hidden: z.boolean().optional(),
  formField: z.boolean().optional(),
  displayOrder: z.int().optional(),
  options: z
    .array(
      z.strictObject({ label: z.string(), value: z.string(), hidden: z.boolean(), displayOrder: z.int().optional() }),
    )
    .optional(),
});

function asApiProperty(property: PeerProperty): Record<string, unknown> {
  const { readOnly, external, required: _required, ...rest } = property;
  return {
    ...rest,
    options: property.options.map((option, displayOrder) => ({ ...option, displayOrder, hidden: false })),
    externalOptions: external,
    hidden: false,
    formField: false,
    displayOrder: -1,
    archived: false,
    modificationMetadata: {
      archivable: !property.hubspotDefined,
      readOnlyDefinition: property.hubspotDefined,
      readOnlyValue: readOnly,
    },
  };
}

const propertyRoutes: readonly PeerRoute[] = [
  {
    method: 'GET',
    path: '/crm/v3/properties/:type',
    scopes: schemaScope('read'),
    handle: ({ store }, { params }) => ({
      status: 200,
      body: { results: [...(store.properties.get(typeOf(params['type'] ?? ''))?.values() ?? [])].map(asApiProperty) },
    }),
  },
  {
    method: 'POST',
    path: '/crm/v3/properties/:type',
    scopes: schemaScope('write'),
    handle: ({ store }, { params, body }) => {
      const type = typeOf(params['type'] ?? '');
      const input = parse(propertyInput, body);
      if (input.groupName !== `${type}information` && input.groupName !== `${type.slice(0, -1)}information`)
        throw invalidInput(`Property group ${input.groupName} does not exist`);
      if (input.type === 'enumeration' && (input.options ?? []).length === 0)
        throw missingProperties('PROPERTY', ['options']);
      if (store.properties.get(type)?.has(input.name) === true)
        throw new PeerProblem(409, {
          message: `A property named '${input.name}' already exists.`,
          category: 'OBJECT_ALREADY_EXISTS',
          subCategory: 'Properties.PROPERTY_EXISTS',
        });
      const property: PeerProperty = {
        name: input.name,
        label: input.label,
        type: input.type,
        fieldType: input.fieldType,
        groupName: input.groupName,
        options: (input.options ?? []).map(({ label, value }) => ({ label, value })),
        hasUniqueValue: input.hasUniqueValue ?? false,
        readOnly: false,
        required: false,
        hubspotDefined: false,
        calculated: false,
        external: false,
        description: input.description ?? '',
      };
      store.addProperty(type, property);
      return { status: 201, body: asApiProperty(property) };
    },
  },
  {
    method: 'GET',
    path: '/crm/v3/properties/:type/:name',
    scopes: schemaScope('read'),
    handle: ({ store }, { params }) => {
      const property = store.properties.get(typeOf(params['type'] ?? ''))?.get(params['name'] ?? '');
      if (property === undefined)
        throw new PeerProblem(404, {
          message: `Property ${params['name'] ?? ''} does not exist`,
          category: 'OBJECT_NOT_FOUND',
        });
      return { status: 200, body: asApiProperty(property) };
    },
  },
];

const number = z.object({ e164Number: z.string(), phoneNumberType: z.string() });
const inboundCall = z.object({
  createEngagement: z.boolean(),
  engagementProperties: z.record(z.string(), z.string()),
  externalCallId: z.string(),
  finalCallStatus: z.string(),
  fromNumber: number,
  toNumber: number,
  potentialRecipientUserIds: z.array(z.int()),
});

export const accountRoutes: readonly PeerRoute[] = [
  ...propertyRoutes,
  {
    method: 'GET',
    path: '/account-info/v3/details',
    handle: ({ portalId, appUrl }) => ({
      status: 200,
      body: {
        portalId,
        accountType: 'STANDARD',
        timeZone: 'UTC',
        companyCurrency: 'EUR',
        uiDomain: new URL(appUrl).host,
        dataHostingLocation: 'eu1',
      },
    }),
  },
  {
    method: 'POST',
    path: '/oauth/v2/private-apps/get/access-token-info',
    auth: 'none',
    handle: ({ token, scopes, portalId }, { body }) => {
      if (parse(z.object({ tokenKey: z.string() }), body).tokenKey !== token) throw notAuthenticated();
      return { status: 200, body: { userId: 1, hubId: portalId, appId: 1, scopes: [...scopes] } };
    },
  },
  {
    method: 'POST',
    path: '/oauth/v1/token',
    auth: 'none',
    isForm: true,
    handle: ({ portalId, scopes }, { body }) => {
      const form = parse(
        z.object({
          grant_type: z.literal('refresh_token'),
          client_id: z.string(),
          client_secret: z.string(),
          refresh_token: z.string(),
        }),
        body,
      );
      return {
        status: 200,
        body: {
          token_type: 'bearer',
          access_token: `made-from-${form.refresh_token}`,
          refresh_token: form.refresh_token,
          expires_in: 1800,
          hub_id: portalId,
          scopes: [...scopes],
        },
      };
    },
  },
  {
    method: 'GET',
    path: '/crm/v3/owners',
    scopes: () => ['crm.objects.owners.read'],
    handle: ({ owners }) => ({
      status: 200,
      body: { results: owners.map((owner) => ({ ...owner, type: 'PERSON', archived: false })) },
    }),
  },
  {
    method: 'POST',
    path: '/crm/v3/extensions/calling/inbound-call',
    handle: (_account, { body }) => {
      parse(inboundCall, body);
      return { status: 200, body: { callerIdMatches: [] } };
    },
  },
  {
    method: 'POST',
    path: '/crm/v3/extensions/calling/recordings/ready',
    handle: (_account, { body }) => {
      parse(z.object({ engagementId: z.int() }), body);
      return { status: 204 };
    },
  },
  ...(['GET', 'POST'] as const).map((method): PeerRoute => ({
    method,
    path: '/webhooks/v3/:appId/subscriptions',
    auth: 'developer',
    handle: () => ({ status: 200, body: { results: [] } }),
  })),
];
