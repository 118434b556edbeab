/** What was noted a while ago about a connection that was removed meanwhile is nobody's business any more. */
import type { DataSource } from 'typeorm';

export async function ofConnectionsThere<T extends { readonly connectionId: string }>(
  queries: Pick<DataSource, 'query'>,
  noted: readonly T[],
): Promise<readonly T[]> {
  const ids = [...new Set(noted.map(({ connectionId }) => connectionId))];
  const rows: { id: string }[] = await queries.query('select id from connection where id = any($1)', [ids]);
  const there = new Set(rows.map(({ id }) => id));
  return noted.filter(({ connectionId }) => there.has(connectionId));
}
