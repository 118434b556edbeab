/** A directory of any size in a fresh database, made by the database itself in seconds. */

/** One transaction of a superuser, as the embedded database gives. */
interface Database {
  query(statement: string, values?: unknown[]): Promise<unknown>;
}

/** The n-th number of the seed, n from 1; American-looking, so that national spellings exist. */
export function seededNumber(n: number): string {
  return `+1${2_010_000_000 + n * 7}`;
}

/**
 * Two numbers per contact. Every thousandth contact also has the switchboard number of its company, which five people
 * share, and every hundredth a number nobody could parse. Indexes are made after the rows, as `reindex` would.
 */
export async function seedContacts(database: Database, numbers: number): Promise<void> {
  const contacts = Math.ceil(numbers / 2);
  const dropped = [
    'contact_search',
    'contact_emails',
    'number_index_e164',
    'number_index_reversed',
    'number_index_unparsed',
  ];
  await database.query('set local statement_timeout = 0');
  // Foreign keys hold by construction; checking them row by row would take longer than everything else.
  await database.query('set local session_replication_role = replica');
  const kept = (await database.query(`select indexdef from pg_indexes where indexname = any($1)`, [dropped])) as {
    indexdef: string;
  }[];
  for (const name of dropped) await database.query(`drop index ${name}`);
  await database.query(
    `insert into account (id, name, name_key, created_at, updated_at)
     select 'a' || n, 'Company ' || n, 'company ' || n, now(), now() from generate_series(1, $1::int / 10 + 1) n`,
    [contacts],
  );
  await database.query(
    `insert into contact (id, first_name, last_name, display_name, sort_key, account_id, emails, email_keys, search, created_at, updated_at)
     select 'c' || n, 'First' || n % 5000, 'Last' || n, 'First' || n % 5000 || ' Last' || n, 'first' || n % 5000 || ' last' || n,
       'a' || n / 10 + 1, array['c' || n || '@example.test'], array['c' || n || '@example.test'],
       array_to_tsvector(array['first' || n % 5000, 'last' || n, 'company']), now() - n * interval '1 second', now() - n * interval '1 second'
     from generate_series(1, $1::int) n`,
    [contacts],
  );
  await insertNumbers(
    database,
    `'c' || (n + 1) / 2, '+1' || (2010000000 + n::bigint * 7)`,
    `generate_series(1, ${numbers}) n`,
  );
  await insertNumbers(
    database,
    `'c' || n, '+1' || (9000000000 + n / 5000)`,
    `generate_series(1000, ${contacts}, 1000) n`,
  );
  await database.query(
    `insert into number_index (contact_id, kind, label, position, raw, presentation, reversed)
     select 'c' || n, 'phone', 'other', 3, '0' || (8000000 + n), 'allowed', reverse('0' || (8000000 + n))
     from generate_series(100, $1::int, 100) n`,
    [contacts],
  );
  for (const { indexdef } of kept) await database.query(indexdef);
  await database.query('analyze');
}

async function insertNumbers(database: Database, columns: string, rows: string): Promise<void> {
  await database.query(
    `insert into number_index (contact_id, kind, label, position, raw, e164, presentation, reversed)
     select id, 'phone', 'work', 1, e164, e164, 'allowed', reverse(substr(e164, 2))
     from (select ${columns} from ${rows}) made(id, e164)`,
  );
}
