/** Every route names one of these. `public` routes are listed by a test, so none slips in unseen. */
import { z } from 'zod';

export const permissions = [
  'public',
  'self',
  'desk.use',
  'calls.control',
  'interactions.read',
  'directory.read',
  'directory.write',
  'connections.read',
  'connections.write',
  'dictionaries.read',
  'dictionaries.samples',
  'dictionaries.write',
  'dictionaries.publish',
  'writes.read',
  'writes.redrive',
  'users.manage',
  'keys.manage',
  'system.read',
  'demo.manage',
] as const;
export const permission = z.enum(permissions);
export type Permission = z.output<typeof permission>;

export const roles = ['administrator', 'integrator', 'operator', 'agent'] as const;
export const role = z.enum(roles);
export type Role = z.output<typeof role>;

const agentCan: readonly Permission[] = [
  'public',
  'self',
  'desk.use',
  'calls.control',
  'interactions.read',
  'directory.read',
];
const operatorCan: readonly Permission[] = [
  ...agentCan,
  'connections.read',
  'dictionaries.read',
  'writes.read',
  'writes.redrive',
  'system.read',
];
const integratorCan: readonly Permission[] = [
  ...operatorCan,
  'directory.write',
  'connections.write',
  'dictionaries.samples',
  'dictionaries.write',
  'dictionaries.publish',
  'demo.manage',
];

export const rolePermissions: Record<Role, readonly Permission[]> = {
  agent: agentCan,
  operator: operatorCan,
  integrator: integratorCan,
  administrator: permissions,
};
