import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { Seal } from '../src/auth/seal.ts'
import { openDatabase, type Database } from '../src/database/database.ts'
import { EventStore } from '../src/event/event-store.ts'
import { Metrics } from '../src/observe/metrics.ts'
import { freshDatabase } from './support/postgres.ts'

const SEAL = new Seal(new Map([[1, Buffer.alloc(32, 7)]]))
const SHARE = { sessions: 32, each: 32 }

let database: Database
let metrics: Metrics
let events: EventStore
/** What a question of the store reads of the events, by PostgreSQL's own account of it: rows, and blocks of whatever it looks at. */
let read: number
let blocks: number

before(async () => {
  database = await openDatabase(await freshDatabase(), 2)
  metrics = new Metrics()
  events = new EventStore(explaining(database), SEAL, metrics)
  await database.query(`INSERT INTO wa_process (owner, address, capacity) VALUES ('first', '', 250), ('second', '', 250)`)
  await database.query(`INSERT INTO wa_session (session, epoch, owner, state) VALUES ('rests', 1, 'second', 'open'), ('other', 1, 'second', 'open'),
    ('elsewhere', 1, 'first', 'open'), ('nobodys', 1, NULL, 'logged_out'), ('of-the-dead', 1, 'gone', 'open')`)
  await database.query(`INSERT INTO wa_event (session, dedupe, body)
    SELECT CASE WHEN n % 2 = 0 THEN 'rests' ELSE 'elsewhere' END, n, '\\x00' FROM generate_series(1, 200000) n`)
  for (const session of ['other', 'nobodys', 'of-the-dead']) await events.append(session, 'news', { kind: 'message', text: session })
})
after(() => database.end())

test('a look reads no more for all that waits of sessions that rest, or of other processes', async () => {
  for (const knows of ['nothing', 'everything']) {
    if (knows === 'everything') await database.query('ANALYZE')
    const found = await events.untold('second', 60_000, ['rests'], SHARE)
    assert.deepEqual(found.map(each => each.session), ['other'])
    assert.ok(read < 1_000, `${read} rows are read while the planner knows ${knows}`)
    const first = await events.untold('first', 60_000, ['elsewhere'], SHARE)
    assert.deepEqual(first.map(each => each.session), ['nobodys', 'of-the-dead'])
    assert.ok(read < 1_000, `${read} rows are read by the first process while the planner knows ${knows}`)
  }
})

test('what nobody has is told by one process: the first that lives, or one that has left where nobody lives', async () => {
  const nobodys = async (owner: string, goneAfterMs: number) =>
    (await events.untold(owner, goneAfterMs, ['rests', 'elsewhere', 'other'], SHARE)).map(each => each.session)
  assert.deepEqual(await nobodys('second', 60_000), [])
  assert.deepEqual(await nobodys('left', 60_000), [])
  // the database stood still: all live, and none has said so yet
  assert.deepEqual([await nobodys('first', 0), await nobodys('second', 0)], [[], []])
  assert.deepEqual(await nobodys('left', 0), ['nobodys', 'of-the-dead'])
})

test('of each session its oldest come, and no more sessions than are asked for', async () => {
  const found = await events.untold('second', 60_000, [], { sessions: 1, each: 3 })
  const { rows } = await database.query(`SELECT id FROM wa_event WHERE session = 'rests' ORDER BY id LIMIT 3`)
  assert.deepEqual(found.map(each => [each.session, each.id]), rows.map(row => ['rests', row.id]))
})

test('what waits is counted to an end', async () => {
  await database.query(`UPDATE wa_event SET created_at = clock_timestamp() - interval '100 s' WHERE session = 'of-the-dead'`)
  await events.measure()
  assert.ok(read < 15_000, `${read} rows are read`)
  const text = await metrics.text()
  assert.match(text, /^siaran_bridge_event_backlog 10000$/m)
  assert.match(text, /^siaran_bridge_event_backlog_age_seconds 1\d\d\./m)
})

test('a look goes once past what was told and cannot be cleared away yet, however many sessions have nothing to tell', async () => {
  const apart = await openDatabase(await freshDatabase(), 2)
  await apart.query(`INSERT INTO wa_process (owner, address, capacity) VALUES ('only', '', 250)`)
  await apart.query(`INSERT INTO wa_session (session, epoch, owner, state) SELECT 's-' || n, 1, 'only', 'open' FROM generate_series(1, 250) n`)
  await apart.query(`INSERT INTO wa_event (session, dedupe, body) SELECT 's-' || 1 + n % 250, n, '\\x00' FROM generate_series(1, 100000) n`)
  const holding = await apart.connect()
  try {
    await holding.query('BEGIN ISOLATION LEVEL REPEATABLE READ')
    await holding.query('SELECT')
    await apart.query('UPDATE wa_event SET body = NULL')
    for (const knows of ['nothing', 'everything']) {
      if (knows === 'everything') await apart.query('ANALYZE')
      assert.deepEqual(await new EventStore(explaining(apart), SEAL, metrics).untold('only', 60_000, [], SHARE), [])
      assert.ok(blocks < 400_000, `${blocks} blocks are read while the planner knows ${knows}`)
    }
  } finally {
    await holding.query('ROLLBACK')
    holding.release()
    await apart.end()
  }
})

/** Has PostgreSQL say what it reads for a question, and then answer it. */
function explaining(database: Database): Database {
  const query = async (text: string | { text: string; values: unknown[] }, values?: unknown[]) => {
    if (typeof text === 'string' && text.startsWith('WITH')) {
      const { rows } = await database.query(`EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ${text}`, values)
      const plan = rows[0]['QUERY PLAN'][0].Plan
      read = rowsRead(plan)
      blocks = plan['Shared Hit Blocks'] + plan['Shared Read Blocks']
    }
    return database.query(text as string, values)
  }
  return { query } as unknown as Database
}

type Node = { 'Relation Name'?: string; 'Actual Rows': number; 'Actual Loops': number; 'Rows Removed by Filter'?: number; Plans?: Node[] }

function rowsRead(node: Node): number {
  const own = node['Relation Name'] === 'wa_event' ? (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)) * node['Actual Loops'] : 0
  return own + (node.Plans ?? []).reduce((sum, each) => sum + rowsRead(each), 0)
}
