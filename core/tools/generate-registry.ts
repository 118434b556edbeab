/** The text of `connectors/registry.generated.ts`. Pure: what the folders hold comes in as an argument. */
import type { Manifest } from '#core/contract/connector.ts';

export interface ConnectorFolder {
  readonly manifest: Manifest;
  /** File names directly in the folder. */
  readonly files: readonly string[];
}

/** Optional parts of a connector, by file; each becomes a lazy import in the registry. */
const parts = [
  ['demo', 'demo.ts'],
  ['replay', 'replay.ts'],
] as const;

export function registryText(folders: readonly ConnectorFolder[]): string {
  const sorted = [...folders].sort((a, b) => (a.manifest.id < b.manifest.id ? -1 : 1));
  return `// Written by \`npm run generate\` from the folders beside it. Do not edit.

/**
 * Every connector of this hub. \`manifest\` is readable at once; \`load\` imports the definition, which imports the
 * vendor's SDK only when a session is opened. \`demo\` and \`replay\` are there when the connector has that part.
 */
export const connectorRegistry = [
${sorted.map(entryText).join('')}] as const;
`;
}

function entryText({ manifest, files }: ConnectorFolder): string {
  const manifestText = JSON.stringify(manifest, null, 2).replaceAll('\n', '\n    ');
  const lines = parts.map(([part, file]) =>
    files.includes(file) ? `    ${part}: () => import('./${manifest.id}/${file}'),` : `    ${part}: null,`,
  );
  return `  {
    manifest: ${manifestText},
    load: async () => (await import('./${manifest.id}/index.ts')).default,
${lines.join('\n')}
  },
`;
}
