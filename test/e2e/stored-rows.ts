/** How many rows each table of a hub's embedded database holds, looked at from outside the hub. */
import pg from 'pg';
import { clusterUrl, readAccess } from '#core/platform/database/embedded/cluster-files.ts';

export async function storedRows(dataDir: string): Promise<Record<string, number>> {
  const access = readAccess(dataDir);
  if (access === null) throw new Error(`${dataDir} holds no database.`);
  const client = new pg.Client({ connectionString: clusterUrl(access, 'tieline') });
  await client.connect();
  try {
    const { rows: tables } = await client.query<{ name: string }>(
      `select table_name as name from information_schema.tables where table_schema = 'public' order by 1`,
    );
    const counts: Record<string, number> = {};
    for (const { name } of tables) {
      const { rows } = await client.query<{ count: number }>(`select count(*)::int as count from "${name}"`);
      counts[name] = rows[0]?.count ?? 0;
    }
    return counts;
  } finally {
    await client.end();
  }
}
