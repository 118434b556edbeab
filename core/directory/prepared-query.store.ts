/**
 * Statements the server plans once per connection. TypeORM sends every statement unnamed, which plans it anew each time:
 * for the number look-up that costs more than the look-up itself.
 */
import type { DataSource } from 'typeorm';

interface NamedClient {
  query(config: { name: string; text: string; values: readonly unknown[] }): Promise<{ rows: unknown[] }>;
}

/** `name` stands for one text for ever. The rows have the shape the text selects. */
export async function preparedQuery<Row>(
  dataSource: DataSource,
  { name, text }: { name: string; text: string },
  values: readonly unknown[],
): Promise<Row[]> {
  const runner = dataSource.createQueryRunner();
  try {
    const client = (await runner.connect()) as NamedClient;
    const { rows } = await client.query({ name, text, values });
    return rows as Row[];
  } finally {
    await runner.release();
  }
}
