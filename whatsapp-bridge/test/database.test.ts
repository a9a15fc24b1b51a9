import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { openDatabase } from '../src/database/database.ts'
import { eventually, type BridgeClient } from './support/client.ts'
import { Stage } from './support/stage.ts'

let stage: Stage
let merah: BridgeClient

before(async () => {
  stage = await Stage.set()
  merah = await stage.bridge()
})
after(() => stage.strike())

test('every connection has an end, whichever side is gone', async () => {
  const database = await openDatabase(stage.databaseUrl, 2)
  try {
    const { rows } = await database.query(`SELECT name, setting FROM pg_settings WHERE name IN ('tcp_keepalives_idle', 'tcp_keepalives_interval',
      'tcp_keepalives_count', 'tcp_user_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout', 'statement_timeout')`)
    assert.deepEqual(Object.fromEntries(rows.map(each => [each.name, Number(each.setting)])), {
      tcp_keepalives_idle: 10,
      tcp_keepalives_interval: 5,
      tcp_keepalives_count: 3,
      tcp_user_timeout: 20_000,
      lock_timeout: 8_000,
      idle_in_transaction_session_timeout: 30_000,
      statement_timeout: 10_000,
    })
  } finally {
    await database.end()
  }
})

test('what the address of the database sets stays', async () => {
  const database = await openDatabase(`${stage.databaseUrl}?options=-c%20work_mem%3D9MB`, 2)
  try {
    assert.equal((await database.query('SHOW work_mem')).rows[0].work_mem, '9MB')
    assert.equal((await database.query('SHOW tcp_user_timeout')).rows[0].tcp_user_timeout, '20000')
  } finally {
    await database.end()
  }
})

// A database that is away takes no process out of its service: the gateway would find none of them.
test('a process is ready while its database is away', async () => {
  await databaseAccepts(false)
  try {
    assert.equal((await fetch(`${merah.url}/health/ready`)).status, 200)
    assert.ok((await merah.call('GET', '/v1/placement/anything')).status >= 500)
  } finally {
    await databaseAccepts(true)
  }
})

test('what cannot be written down while the database is away is not sent, and the same message goes when it is back', async () => {
  await merah.link(stage.fake, 'merah', '60112100001')
  const send = (session = 'merah') => merah.send(session, 'away-1', '60126005001', 'while it is away')
  await databaseAccepts(false)
  try {
    for (const session of ['merah', 'elsewhere']) {
      const reply = await send(session)
      assert.deepEqual([reply.status, reply.state, reply.detail, reply.replayed], [503, 'not_sent', 'not_written_down', false])
    }
  } finally {
    await databaseAccepts(true)
  }
  await eventually(async () => (await send()).state === 'accepted')
  assert.equal(stage.fake.ledger.filter(each => each.text === 'while it is away').length, 1)
})

test('processes that could not say that they live take nothing from each other', async () => {
  const apart = await Stage.set()
  const silence = { BRIDGE_GONE_AFTER_MS: '3000' }
  const one = await apart.bridge(silence)
  const other = await apart.bridge(silence)
  await one.link(apart.fake, 'of-one', '60112100011')
  await other.link(apart.fake, 'of-other', '60112100012')
  await databaseAccepts(false, apart)
  await sleep(3_500)
  await databaseAccepts(true, apart)
  const database = new pg.Client(apart.databaseUrl)
  await database.connect()
  const returned = (await database.query('SELECT clock_timestamp() AS at')).rows[0].at
  const lastBeats = `SELECT min(beat_at) > $1::timestamptz + interval '5 s' AS are_later FROM wa_process`
  await eventually(async () => (await database.query(lastBeats, [returned])).rows[0].are_later)
  const { rows } = await database.query('SELECT session, epoch::int FROM wa_session ORDER BY session')
  await database.end()
  await apart.strike()
  assert.deepEqual(rows, [{ session: 'of-one', epoch: 1 }, { session: 'of-other', epoch: 1 }])
})

test('a process whose beat still hangs when the others live again keeps its sessions', async () => {
  const apart = await Stage.set()
  const quick = (owner: string) => apart.bridge({ BRIDGE_GONE_AFTER_MS: '1000', BRIDGE_OWNER: owner })
  const hanging = await quick('hangs')
  await quick('lives')
  await hanging.link(apart.fake, 'of-hanging', '60112100021')
  const database = new pg.Client(apart.databaseUrl)
  await database.connect()
  const since = async (owner: string, at: string, interval: string) =>
    (await database.query(`SELECT beat_at > $2::timestamptz + $3::interval AS is_later FROM wa_process WHERE owner = $1`, [owner, at, interval])).rows[0].is_later
  const now = async () => (await database.query('SELECT clock_timestamp()::text AS at')).rows[0].at
  await database.query('BEGIN')
  await database.query(`SELECT FROM wa_process WHERE owner = 'hangs' FOR UPDATE`)
  await database.query('SAVEPOINT all_hang')
  await database.query('LOCK TABLE wa_process IN EXCLUSIVE MODE')
  await sleep(1_500)
  await database.query('ROLLBACK TO all_hang')
  const returned = await now()
  await eventually(() => since('lives', returned, '2 s'))
  await database.query('COMMIT')
  await eventually(() => since('hangs', returned, '2 s'))
  const { rows } = await database.query('SELECT owner, epoch::int FROM wa_session')
  await database.end()
  await apart.strike()
  assert.deepEqual(rows, [{ owner: 'hangs', epoch: 1 }])
})

async function databaseAccepts(connections: boolean, { databaseUrl } = stage) {
  const name = new URL(databaseUrl).pathname.slice(1)
  const client = new pg.Client(process.env.BRIDGE_TEST_SERVER_URL)
  await client.connect()
  await client.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS ${connections}`)
  await client.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [name])
  await client.end()
}
