/** Paths of the v4 associations API. */
import { z } from 'zod';
import { asBatch } from './peer-objects.ts';
import { PeerProblem, invalidInput } from './peer-problems.ts';
import { batchOf, parse, scopeOf, typeOf, type PeerAccount, type PeerRoute } from './peer-route.ts';
import { associationTypes, objectTypeIds } from './peer-schema.ts';

function associate(
  account: PeerAccount,
  from: { type: string; id: string },
  to: { type: string; id: string },
  typeId?: number,
) {
  const allowed = associationTypes[`${from.type}>${to.type}`];
  const chosen = typeId ?? allowed?.[0];
  if (allowed === undefined || chosen === undefined || !allowed.includes(chosen))
    throw invalidInput(`There is no association type ${typeId ?? 'default'} between ${from.type} and ${to.type}`);
  account.objects.live(from.type, from.id);
  account.objects.live(to.type, to.id);
  account.store.link(from, to, chosen);
  return {
    from: { id: from.id },
    to: { id: to.id },
    associationSpec: { associationCategory: 'HUBSPOT_DEFINED', associationTypeId: chosen },
  };
}

export const associationRoutes: readonly PeerRoute[] = [
  {
    method: 'PUT',
    path: '/crm/v4/objects/:from/:fromId/associations/default/:to/:toId',
    scopes: scopeOf('write'),
    handle: (account, { params }) => {
      const result = associate(
        account,
        { type: typeOf(params['from'] ?? ''), id: params['fromId'] ?? '' },
        { type: typeOf(params['to'] ?? ''), id: params['toId'] ?? '' },
      );
      return asBatch([result], [], account.now());
    },
  },
  {
    method: 'POST',
    path: '/crm/v4/associations/:from/:to/batch/associate/default',
    scopes: scopeOf('write'),
    handle: (account, { params, body }) => {
      const pair = z.strictObject({ from: z.strictObject({ id: z.string() }), to: z.strictObject({ id: z.string() }) });
      const results: Record<string, unknown>[] = [];
      const problems: { problem: PeerProblem; context: Record<string, string[]> }[] = [];
      for (const { from, to } of parse(batchOf(pair), body).inputs) {
        try {
          results.push(
            associate(
              account,
              { type: typeOf(params['from'] ?? ''), id: from.id },
              { type: typeOf(params['to'] ?? ''), id: to.id },
            ),
          );
        } catch (thrown) {
          if (!(thrown instanceof PeerProblem)) throw thrown;
          problems.push({ problem: thrown, context: { fromObjectId: [from.id], toObjectId: [to.id] } });
        }
      }
      return asBatch(results, problems, account.now());
    },
  },
  {
    method: 'PUT',
    path: '/crm/v4/objects/:from/:fromId/associations/:to/:toId',
    scopes: scopeOf('write'),
    handle: (account, { params, body }) => {
      const spec = z
        .array(
          z.strictObject({
            associationCategory: z.enum(['HUBSPOT_DEFINED', 'INTEGRATOR_DEFINED', 'USER_DEFINED', 'WORK']),
            associationTypeId: z.int(),
          }),
        )
        .min(1);
      const from = { type: typeOf(params['from'] ?? ''), id: params['fromId'] ?? '' };
      const to = { type: typeOf(params['to'] ?? ''), id: params['toId'] ?? '' };
      for (const { associationTypeId } of parse(spec, body)) associate(account, from, to, associationTypeId);
      return {
        status: 201,
        body: {
          fromObjectTypeId: objectTypeIds[from.type],
          fromObjectId: from.id,
          toObjectTypeId: objectTypeIds[to.type],
          toObjectId: to.id,
          labels: [],
        },
      };
    },
  },
  {
    method: 'GET',
    path: '/crm/v4/objects/:from/:fromId/associations/:to',
    scopes: scopeOf('read'),
    handle: ({ objects, store }, { params }) => {
      const type = typeOf(params['from'] ?? '');
      const { id } = objects.live(type, params['fromId'] ?? '');
      const results = store.linksOf(type, id, typeOf(params['to'] ?? '')).map((link) => ({
        toObjectId: link.to.split('/')[1],
        associationTypes: [{ category: 'HUBSPOT_DEFINED', typeId: link.typeId, label: null }],
      }));
      return { status: 200, body: { results } };
    },
  },
  {
    method: 'GET',
    path: '/crm/associations/v4/:from/:to/labels',
    scopes: scopeOf('read'),
    handle: (_account, { params }) => {
      const allowed = associationTypes[`${typeOf(params['from'] ?? '')}>${typeOf(params['to'] ?? '')}`] ?? [];
      return {
        status: 200,
        body: { results: allowed.map((typeId) => ({ category: 'HUBSPOT_DEFINED', typeId, label: null })) },
      };
    },
  },
];
