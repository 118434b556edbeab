/** The floors of the house (core/decisions and the README name them), bottom up. */
const floors: readonly (readonly [level: number, ...folders: string[]])[] = [
  [1, 'core/contract'],
  [2, 'core/kit'],
  // Half a step up: the steps of the dictionary language use the number engine of the kit.
  [2.5, 'mappings/language'],
  [3, 'connectors', 'mappings'],
  [4, 'core/platform'],
  [5, 'core/access', 'core/dictionaries', 'core/connections'],
  [6, 'core/directory', 'core/calls'],
  [7, 'core/sync', 'core/webhooks', 'core/desk', 'core/journal', 'core/acd'],
  [8, 'core/app', 'core/tools'],
];
/** Floors whose folders may use each other. On the others they meet through lower floors and the bus. */
const neighbourly = new Set([5, 6, 8]);

/** The folder that counts as one room: `core/<name>`, `connectors/<id>`, `mappings/<id>`. */
export function roomOf(file: string): string {
  const [top = '', second = ''] = file.split('/');
  if (top === 'dashboard' || top === 'test') return top;
  return second.includes('.') ? top : `${top}/${second}`;
}

export function floorOf(file: string): number | null {
  const room = roomOf(file);
  for (const [level, ...folders] of floors) if (folders.includes(room)) return level;
  return room.startsWith('connectors') || room.startsWith('mappings') ? 3 : null;
}

/** Why `from` may not import `to`; `null` when it may. */
export function forbidden(from: string, to: string): string | null {
  if (roomOf(from) === roomOf(to)) return null;
  if (roomOf(from) === 'dashboard')
    return to.startsWith('core/contract/') ? null : 'the dashboard knows core/contract only';
  if (roomOf(to) === 'dashboard') return 'nothing imports the dashboard';
  const level = floorOf(from);
  const lower = floorOf(to);
  if (level === null || lower === null) return `no floor is known for ${level === null ? from : to}`;
  const toConnector = connectorRule(from, to, level);
  if (toConnector !== undefined) return toConnector;
  if (lower < level) return null;
  if (lower === level && neighbourly.has(level)) return null;
  return lower === level
    ? `floor ${level} folders do not import each other`
    : `floor ${lower} lies above floor ${level}`;
}

/** Only the generated registry names connectors, and only floors 5 and 8 read it. */
function connectorRule(from: string, to: string, level: number): string | null | undefined {
  if (from === 'connectors/registry.generated.ts') return to.startsWith('connectors/') ? null : undefined;
  if (!to.startsWith('connectors/')) return undefined;
  if (level < 4) return 'connectors know neither each other nor the registry';
  if (to === 'connectors/registry.generated.ts')
    return level === 5 || level === 8 ? null : 'only floors 5 and 8 read the registry';
  return 'connectors are reached through the registry';
}
