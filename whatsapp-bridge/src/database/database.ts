import { readFileSync } from 'node:fs'
import pg from 'pg'

export type Database = pg.Pool

const SCHEMA_LOCK = 5_712_012

/**
 * What the server does with a connection whose process is gone without a word: its locks and its place are free after 25 s. As the
 * services have it (io.siaran.sql.Connections).
 */
const GONE = '-c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3 -c tcp_user_timeout=20000'

const CONNECTION_TIMEOUT_MS = 5_000
/** Of a server that says nothing, not even that its own time for a statement is over. */
const QUERY_TIMEOUT_MS = 12_000

/** For how long a question may hang, from the wish for a connection to the answer or the error. */
export const LONGEST_QUESTION_MS = CONNECTION_TIMEOUT_MS + QUERY_TIMEOUT_MS

/** Opens the pool and brings the schema up. Every wait has an end: for a lock 8 s, a statement 10 s, a connection 5 s. */
export async function openDatabase(url: string, connections: number): Promise<Database> {
  const pool = new pg.Pool({
    connectionString: withOptions(url),
    max: connections,
    connectionTimeoutMillis: CONNECTION_TIMEOUT_MS,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    lock_timeout: 8_000,
    statement_timeout: 10_000,
    query_timeout: QUERY_TIMEOUT_MS,
    idle_in_transaction_session_timeout: 30_000,
    application_name: 'siaran-whatsapp-bridge',
  })
  // an idle connection that breaks must not end the process; whoever asks next gets a new one or the error
  pool.on('error', () => {})
  await migrate(pool)
  return pool
}

/** Options that the address has of its own come later, so they win. */
function withOptions(url: string): string {
  const address = new URL(url)
  address.searchParams.set('options', `${GONE} ${address.searchParams.get('options') ?? ''}`.trim())
  return address.href
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
