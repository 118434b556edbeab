import type { Permission } from '#core/contract/permissions.ts';

export const placeNames = [
  'desk',
  'live',
  'interactions',
  'directory',
  'connections',
  'dictionaries',
  'writes',
  'access',
  'settings',
] as const;
export type PlaceName = (typeof placeNames)[number];

export interface Place {
  readonly name: PlaceName;
  readonly path: string;
  /** `g` then this letter goes there. */
  readonly letter: string;
  readonly permission: Permission;
}

export const places: readonly Place[] = [
  { name: 'desk', path: '/desk', letter: 'd', permission: 'desk.use' },
  { name: 'live', path: '/live', letter: 'l', permission: 'interactions.read' },
  { name: 'interactions', path: '/interactions', letter: 'i', permission: 'interactions.read' },
  { name: 'directory', path: '/directory', letter: 'p', permission: 'directory.read' },
  { name: 'connections', path: '/connections', letter: 'c', permission: 'connections.read' },
  { name: 'dictionaries', path: '/dictionaries', letter: 'm', permission: 'dictionaries.read' },
  { name: 'writes', path: '/writes', letter: 'w', permission: 'writes.read' },
  { name: 'access', path: '/access', letter: 'a', permission: 'users.manage' },
  { name: 'settings', path: '/settings', letter: 's', permission: 'self' },
];

/** The first page each role sees is the one they came for. */
export const homeOf = {
  agent: '/desk',
  operator: '/live',
  integrator: '/connections',
  administrator: '/live',
} as const;
