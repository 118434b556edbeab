/**
 * The only file that touches `@hubspot/api-client`: it turns the SDK's classes into plain data and its errors into
 * `HubError`. The SDK is loaded here, lazily. Its limiter and retries stay off: both are one per process
 * (`ApiDecoratorService` is a singleton), so a second account would silently change the first one's.
 */
import type { Client } from '@hubspot/api-client';
import type { PromiseConfigurationOptions } from '@hubspot/api-client/lib/codegen/crm/associations/v4/configuration.js';
import type { Filter, FilterOperatorEnum } from '@hubspot/api-client/lib/codegen/crm/objects/models/Filter.js';
import type { PropertyCreate } from '@hubspot/api-client/lib/codegen/crm/properties/models/PropertyCreate.js';
import { HubError } from '#core/contract/errors.ts';
import { garbled, refusalOf } from './errors.ts';
import { makeAgent, networkError, withDeadline } from './transport.ts';

export interface VendorRecord {
  readonly id: string;
  readonly properties: Readonly<Record<string, string | null>>;
  readonly updatedAtMs: number | null;
  readonly trace: string | null;
}
export interface VendorBatch {
  readonly results: readonly VendorRecord[];
  /** One entry per refused input, in the shape of an error body. */
  readonly errors: readonly unknown[];
}
export interface VendorFilter {
  readonly propertyName: string;
  readonly operator: 'EQ' | 'GT' | 'GTE' | 'CONTAINS_TOKEN' | 'HAS_PROPERTY';
  readonly value?: string;
}
export interface VendorSearch {
  readonly filterGroups: readonly (readonly VendorFilter[])[];
  readonly sort: string;
  readonly properties: readonly string[];
  readonly limit: number;
}
export interface VendorWrite {
  readonly id: string;
  readonly idProperty?: string;
  readonly properties: Record<string, string>;
  readonly trace: string;
}
export interface VendorProperty {
  readonly name: string;
  readonly label: string;
  readonly type: string;
  readonly fieldType: string;
  readonly groupName: string;
  readonly isUnique: boolean;
  readonly isReadOnly: boolean;
  readonly isHidden: boolean;
  readonly values: readonly string[];
}
export interface CallLimits {
  readonly signal?: AbortSignal;
  readonly timeoutMs?: number;
}

export interface Vendor {
  search(object: string, search: VendorSearch, limits?: CallLimits): Promise<readonly VendorRecord[]>;
  getByKey(
    object: string,
    by: { key: string; keyProperty: string },
    properties: readonly string[],
  ): Promise<VendorRecord>;
  readBatch(object: string, ids: readonly string[], properties: readonly string[]): Promise<VendorBatch>;
  upsert(object: string, writes: readonly VendorWrite[]): Promise<VendorBatch>;
  update(object: string, writes: readonly VendorWrite[]): Promise<VendorBatch>;
  /** Makes the unlabelled association of each pair; a repeat changes nothing. */
  associate(from: string, to: string, pairs: readonly { from: string; to: string }[]): Promise<readonly unknown[]>;
  listFirst(object: string): Promise<void>;
  properties(object: string): Promise<readonly VendorProperty[]>;
  property(object: string, name: string): Promise<VendorProperty>;
  createProperty(
    object: string,
    property: { name: string; label: string; description: string; groupName: string },
  ): Promise<void>;
  close(): void;
}

export interface VendorOptions {
  readonly accessToken: string;
  readonly baseUrl: string;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  readonly now: () => number;
}

type SdkRecord = {
  id: string;
  properties: Record<string, string | null>;
  updatedAt?: Date;
  objectWriteTraceId?: string;
};

export async function openVendor(options: VendorOptions): Promise<Vendor> {
  const sdk = await import('@hubspot/api-client');
  const { FilterOperatorEnum: Operator } = await import('@hubspot/api-client/lib/codegen/crm/objects/models/Filter.js');
  const enums = await import('@hubspot/api-client/lib/codegen/crm/properties/models/PropertyCreate.js');
  const agent = makeAgent(options.baseUrl, options.timeoutMs);
  const client = new sdk.Client({
    accessToken: options.accessToken,
    basePath: options.baseUrl,
    numberOfApiCallRetries: 0,
    httpAgent: agent,
    middleware: [{ pre: (context) => context, post: checkAnswer(options) }],
  });
  const operators = {
    EQ: Operator.Eq,
    GT: Operator.Gt,
    GTE: Operator.Gte,
    CONTAINS_TOKEN: Operator.ContainsToken,
    HAS_PROPERTY: Operator.HasProperty,
  };
  const call = caller(client, options);
  return {
    ...recordCalls(call, operators),
    ...propertyCalls(call, {
      type: enums.PropertyCreateTypeEnum.String,
      fieldType: enums.PropertyCreateFieldTypeEnum.Text,
    }),
    close: () => agent.destroy(),
  };
}

type Call = <T>(what: string, request: (client: Client) => Promise<T>, limits?: CallLimits) => Promise<T>;

function caller(client: Client, options: VendorOptions): Call {
  return async (what, request, limits = {}) => {
    const signal = limits.signal === undefined ? options.signal : AbortSignal.any([options.signal, limits.signal]);
    const timeoutMs = Math.min(limits.timeoutMs ?? options.timeoutMs, options.timeoutMs);
    try {
      return await withDeadline(what, { timeoutMs, signal }, () => request(client));
    } catch (thrown) {
      if (thrown instanceof HubError) throw thrown;
      // Statuses are checked before the SDK parses, so what it cannot read is not HubSpot's JSON.
      if (thrown instanceof SyntaxError || thrown instanceof TypeError) throw garbled(what, { status: 200, text: '' });
      throw networkError(what, thrown);
    }
  };
}

interface ResponseContext {
  readonly httpStatusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: { text(): Promise<string> };
}

/** Runs before the SDK reads an answer: its own errors lose the status when the body is not JSON. */
function checkAnswer(options: VendorOptions): (context: unknown) => Promise<unknown> {
  return async (context) => {
    const answer = context as ResponseContext;
    const status = answer.httpStatusCode;
    if (status === 204) return context;
    const text = await answer.body.text();
    const what = 'The request to HubSpot';
    if (status < 200 || status >= 300)
      throw refusalOf(
        what,
        { status, retryAfter: answer.headers['retry-after'], text: withoutToken(text, options) },
        options.now(),
      );
    if (answer.headers['content-type']?.includes('json') !== true) throw garbled(what, { status, text });
    return context;
  };
}

const withoutToken = (text: string, { accessToken }: VendorOptions): string =>
  text.replaceAll(accessToken, '[redacted]');

const plain = (record: SdkRecord): VendorRecord => ({
  id: record.id,
  properties: record.properties,
  updatedAtMs: record.updatedAt?.getTime() ?? null,
  trace: record.objectWriteTraceId ?? null,
});

const plainBatch = (answer: { results?: readonly SdkRecord[]; errors?: readonly unknown[] }): VendorBatch => ({
  results: (answer.results ?? []).map(plain),
  errors: answer.errors ?? [],
});

/** The SDK knows 207 for records but not for associations, where it would throw the partial answer away. */
const asIf200: PromiseConfigurationOptions = {
  middlewareMergeStrategy: 'append',
  middleware: [
    {
      pre: async (context) => context,
      post: async (context) => {
        if (context.httpStatusCode === 207) context.httpStatusCode = 200;
        return context;
      },
    },
  ],
};

const asInput = ({ trace, ...write }: VendorWrite) => ({ ...write, objectWriteTraceId: trace });

type Operators = Record<VendorFilter['operator'], FilterOperatorEnum>;

const asFilter = ({ operator, ...rest }: VendorFilter, operators: Operators): Filter => ({
  ...rest,
  operator: operators[operator],
});

function recordCalls(call: Call, operators: Operators) {
  return {
    search: (object: string, search: VendorSearch, limits?: CallLimits) =>
      call(
        `Searching ${object}`,
        async ({ crm }) => {
          // Every field is sent: the published documents call them all required, and the SDK leaves out absent ones.
          const request = {
            filterGroups: search.filterGroups.map((filters) => ({
              filters: filters.map((filter): Filter => asFilter(filter, operators)),
            })),
            sorts: [search.sort],
            properties: [...search.properties],
            limit: search.limit,
            after: '0',
          };
          return (await crm.objects.searchApi.doSearch(object, request)).results.map(plain);
        },
        limits,
      ),
    getByKey: (
      object: string,
      { key, keyProperty }: { key: string; keyProperty: string },
      properties: readonly string[],
    ) =>
      call(`Looking up one of ${object} by key`, async ({ crm }) =>
        plain(
          await crm.objects.basicApi.getById(object, key, [...properties], undefined, undefined, false, keyProperty),
        ),
      ),
    readBatch: (object: string, ids: readonly string[], properties: readonly string[]) =>
      call(`Reading ${object}`, async ({ crm }) =>
        plainBatch(
          await crm.objects.batchApi.read(object, {
            inputs: ids.map((id) => ({ id })),
            properties: [...properties],
            propertiesWithHistory: [],
          }),
        ),
      ),
    upsert: (object: string, writes: readonly VendorWrite[]) =>
      call(`Writing ${object}`, async ({ crm }) =>
        plainBatch(await crm.objects.batchApi.upsert(object, { inputs: writes.map(asInput) })),
      ),
    update: (object: string, writes: readonly VendorWrite[]) =>
      call(`Updating ${object}`, async ({ crm }) =>
        plainBatch(await crm.objects.batchApi.update(object, { inputs: writes.map(asInput) })),
      ),
    associate: (from: string, to: string, pairs: readonly { from: string; to: string }[]) =>
      call(`Linking ${from} to ${to}`, async ({ crm }) => {
        const inputs = pairs.map((pair) => ({ _from: { id: pair.from }, to: { id: pair.to } }));
        return (await crm.associations.v4.batchApi.createDefault(from, to, { inputs }, asIf200)).errors ?? [];
      }),
    listFirst: (object: string) =>
      call(`Reading ${object}`, async ({ crm }) => {
        await crm.objects.basicApi.getPage(object, 1);
      }),
  };
}

type SdkProperty = Awaited<ReturnType<Client['crm']['properties']['coreApi']['getByName']>>;

const plainProperty = (property: SdkProperty): VendorProperty => ({
  name: property.name,
  label: property.label,
  type: property.type,
  fieldType: property.fieldType,
  groupName: property.groupName,
  isUnique: property.hasUniqueValue === true,
  isReadOnly: property.modificationMetadata?.readOnlyValue === true || property.calculated === true,
  isHidden: property.hidden === true,
  values: property.externalOptions === true ? [] : property.options.map((option) => option.value),
});

type CreateEnums = Pick<PropertyCreate, 'type' | 'fieldType'>;

function propertyCalls(call: Call, enums: CreateEnums) {
  return {
    properties: (object: string) =>
      call(`Reading the properties of ${object}`, async ({ crm }) =>
        (await crm.properties.coreApi.getAll(object, false)).results.map(plainProperty),
      ),
    property: (object: string, name: string) =>
      call(`Reading property ${name} of ${object}`, async ({ crm }) =>
        plainProperty(await crm.properties.coreApi.getByName(object, name, false)),
      ),
    createProperty: (
      object: string,
      property: { name: string; label: string; description: string; groupName: string },
    ) =>
      call(`Making property ${property.name} of ${object}`, async ({ crm }) => {
        await crm.properties.coreApi.create(object, { ...property, ...enums, hasUniqueValue: true });
      }),
  };
}
