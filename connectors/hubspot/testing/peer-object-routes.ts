/** Paths under /crm/v3/objects. */
import { z } from 'zod';
import { asApiObject, asBatch, createInput, keyedInput, updateInput, type KeyedInput } from './peer-objects.ts';
import { PeerProblem, invalidInput, objectNotFound } from './peer-problems.ts';
import {
  batchOf,
  list,
  parse,
  scopeOf,
  typeOf,
  type PeerAccount,
  type PeerAnswer,
  type PeerRoute,
} from './peer-route.ts';
import { search, searchRequest } from './peer-search.ts';

/** One try per input. Without a trace id on every input the vendor refuses the whole batch at the first fault. */
function eachKeyed(
  account: PeerAccount,
  inputs: readonly KeyedInput[],
  apply: (input: KeyedInput) => Record<string, unknown>,
): PeerAnswer {
  const keys = inputs.map((input) => `${input.idProperty ?? ''} ${input.id}`);
  if (new Set(keys).size !== keys.length) throw invalidInput('Duplicate IDs found in batch input');
  const traces = inputs.map((input) => input.objectWriteTraceId);
  const isMultiStatus = traces.every((trace) => trace !== undefined) && new Set(traces).size === traces.length;
  const results: Record<string, unknown>[] = [];
  const problems: { problem: PeerProblem; context: Record<string, string[]> }[] = [];
  for (const input of inputs) {
    try {
      results.push({
        ...apply(input),
        ...(input.objectWriteTraceId === undefined ? {} : { objectWriteTraceId: input.objectWriteTraceId }),
      });
    } catch (thrown) {
      if (!(thrown instanceof PeerProblem) || !isMultiStatus) throw thrown;
      problems.push({ problem: thrown, context: { objectWriteTraceId: [input.objectWriteTraceId ?? ''] } });
    }
  }
  return asBatch(results, problems, account.now());
}

export const objectRoutes: readonly PeerRoute[] = [
  {
    method: 'GET',
    path: '/crm/v3/objects/:type',
    scopes: scopeOf('read'),
    handle: ({ store }, { params, query }) => {
      const limit = Number(query.get('limit') ?? '10');
      if (!Number.isInteger(limit) || limit < 1 || limit > 100) throw invalidInput('limit must be between 1 and 100');
      const start = Number(query.get('after') ?? '0');
      const isArchived = query.get('archived') === 'true';
      const records = store
        .all(typeOf(params['type'] ?? ''))
        .filter((r) => r.archived === isArchived && Number(r.id) > start);
      const page = records.slice(0, limit);
      const paging = records.length > limit ? { paging: { next: { after: page.at(-1)?.id } } } : {};
      return { status: 200, body: { results: page.map((r) => asApiObject(r, list(query, 'properties'))), ...paging } };
    },
  },
  {
    method: 'POST',
    path: '/crm/v3/objects/:type',
    scopes: scopeOf('write'),
    handle: ({ objects }, { params, body }) => {
      const input = parse(createInput, body);
      return {
        status: 201,
        body: asApiObject(objects.create(typeOf(params['type'] ?? ''), input), Object.keys(input.properties)),
      };
    },
  },
  {
    method: 'POST',
    path: '/crm/v3/objects/:type/search',
    scopes: scopeOf('read'),
    isSearch: true,
    handle: ({ store, now }, { params, body }) => {
      const request = parse(searchRequest, body);
      const type = typeOf(params['type'] ?? '');
      const answer = search(store.indexed(type, now()), request, store.properties.get(type) ?? new Map());
      const paging = answer.next === null ? {} : { paging: { next: { after: answer.next } } };
      return {
        status: 200,
        body: { total: answer.total, results: answer.page.map((r) => asApiObject(r, request.properties)), ...paging },
      };
    },
  },
  {
    method: 'POST',
    path: '/crm/v3/objects/:type/batch/read',
    scopes: scopeOf('read'),
    handle: ({ objects, now }, { params, body }) => {
      const shape = batchOf(z.strictObject({ id: z.string() })).extend({
        properties: z.array(z.string()),
        propertiesWithHistory: z.array(z.string()),
        idProperty: z.string().optional(),
      });
      const request = parse(shape, body);
      const type = typeOf(params['type'] ?? '');
      const found: Record<string, unknown>[] = [];
      const lost: string[] = [];
      for (const { id } of request.inputs) {
        try {
          found.push(asApiObject(objects.find(type, id, request.idProperty), request.properties));
        } catch (thrown) {
          if (!(thrown instanceof PeerProblem) || thrown.status !== 404) throw thrown;
          lost.push(id);
        }
      }
      const problems = lost.length === 0 ? [] : [{ problem: objectNotFound(lost), context: { ids: lost } }];
      return asBatch(found, problems, now());
    },
  },
  {
    method: 'POST',
    path: '/crm/v3/objects/:type/batch/create',
    scopes: scopeOf('write'),
    handle: ({ objects, now }, { params, body }) => {
      const type = typeOf(params['type'] ?? '');
      const made = parse(batchOf(createInput), body).inputs.map((input) =>
        asApiObject(objects.create(type, input), Object.keys(input.properties)),
      );
      return { ...asBatch(made, [], now()), status: 201 };
    },
  },
  {
    method: 'POST',
    path: '/crm/v3/objects/:type/batch/update',
    scopes: scopeOf('write'),
    handle: (account, { params, body }) => {
      const type = typeOf(params['type'] ?? '');
      return eachKeyed(account, parse(batchOf(keyedInput), body).inputs, (input) => {
        const { id } = account.objects.find(type, input.id, input.idProperty);
        return asApiObject(account.objects.update(type, id, input.properties), Object.keys(input.properties));
      });
    },
  },
  {
    method: 'POST',
    path: '/crm/v3/objects/:type/batch/upsert',
    scopes: scopeOf('write'),
    handle: (account, { params, body }) => {
      const type = typeOf(params['type'] ?? '');
      const { inputs } = parse(batchOf(keyedInput), body);
      for (const input of inputs)
        if (!['email', 'hs_object_id'].includes(input.idProperty ?? ''))
          account.objects.uniqueProperty(type, input.idProperty);
      return eachKeyed(account, inputs, (input) => {
        const { record, isNew } = account.objects.upsert(type, input);
        return { ...asApiObject(record, Object.keys(input.properties)), new: isNew };
      });
    },
  },
  {
    method: 'GET',
    path: '/crm/v3/objects/:type/:id',
    scopes: scopeOf('read'),
    handle: ({ objects, store }, { params, query }) => {
      const type = typeOf(params['type'] ?? '');
      const record = objects.find(type, params['id'] ?? '', query.get('idProperty') ?? undefined);
      const wanted = list(query, 'associations').map(typeOf);
      const associations = Object.fromEntries(
        wanted.map((to) => [
          to,
          {
            results: store
              .linksOf(type, record.id, to)
              .map((link) => ({ id: link.to.split('/')[1], type: `${type}_to_${to}` })),
          },
        ]),
      );
      return {
        status: 200,
        body: { ...asApiObject(record, list(query, 'properties')), ...(wanted.length > 0 ? { associations } : {}) },
      };
    },
  },
  {
    method: 'PATCH',
    path: '/crm/v3/objects/:type/:id',
    scopes: scopeOf('write'),
    handle: ({ objects }, { params, query, body }) => {
      const type = typeOf(params['type'] ?? '');
      const { properties } = parse(updateInput, body);
      const { id } = objects.find(type, params['id'] ?? '', query.get('idProperty') ?? undefined);
      return { status: 200, body: asApiObject(objects.update(type, id, properties), Object.keys(properties)) };
    },
  },
  {
    method: 'DELETE',
    path: '/crm/v3/objects/:type/:id',
    scopes: scopeOf('write'),
    handle: ({ objects }, { params }) => {
      objects.archive(typeOf(params['type'] ?? ''), params['id'] ?? '');
      return { status: 204 };
    },
  },
];
