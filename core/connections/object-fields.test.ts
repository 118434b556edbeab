import { expect, test } from 'vitest';
import type { Records } from '#core/contract/connector.ts';
import { HubError } from '#core/contract/errors.ts';
import { ObjectFields } from './object-fields.service.ts';

const connections = {
  get: async (_tenantId: string, id: string) => {
    if (id !== 'crm-1') throw new HubError('resource.missing', `There is no connection "${id}".`);
    return { name: 'Our CRM' };
  },
} as never;
const fieldsOf = (records: () => Promise<Partial<Records>>) =>
  new ObjectFields(connections, { records: records as () => Promise<Records> }).describe(
    'default',
    'crm-1',
    'contacts',
  );

test('the fields are what the connected system says now', async () => {
  const described = { name: 'contacts', fields: [{ name: 'a', label: 'A', type: 'string', maxLength: 5 }] } as const;
  expect(await fieldsOf(async () => ({ describe: async () => described }))).toEqual(described);
});

test('why they cannot be had is passed on; a connection of somebody else is none', async () => {
  const away = fieldsOf(() => Promise.reject(new HubError('link.lost', '"Our CRM" is switched off.')));
  await expect(away).rejects.toMatchObject({ code: 'link.lost' });
  const none = new ObjectFields(connections, { records: () => Promise.reject(new Error('not asked')) });
  await expect(none.describe('default', 'crm-2', 'contacts')).rejects.toMatchObject({ code: 'resource.missing' });
});
