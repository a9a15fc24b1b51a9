import { readFileSync } from 'node:fs'
import pg from 'pg'

export type Database = pg.Pool

const SCHEMA_LOCK = 5_712_012

/** Opens the pool and brings the schema up. Every wait has an end: a statement after 10 s, a connection after 5 s. */
export async function openDatabase(url: string, connections: number): Promise<Database> {
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    connectionTimeoutMillis: 5_000,
    statement_timeout: 10_000,
    query_timeout: 12_000,
    application_name: 'siaran-whatsapp-bridge',
  })
  // an idle connection that breaks must not end the process; whoever asks next gets a new one or the error
  pool.on('error', () => {})
  await migrate(pool)
  return pool
}

async function migrate(pool: Database) {
  const schema = readFileSync(new URL('schema.sql', import.meta.url), 'utf8')
  const client = await pool.connect()
  try {
    // several processes start at once; CREATE IF NOT EXISTS races without the lock
    await client.query('SELECT pg_advisory_lock($1)', [SCHEMA_LOCK])
    await client.query(schema)
  } finally {
    await client.query('SELECT pg_advisory_unlock($1)', [SCHEMA_LOCK]).catch(() => {})
    client.release()
  }
}
