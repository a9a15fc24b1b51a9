import assert from 'node:assert/strict'
import { after, afterEach, before, test } from 'node:test'
import pg from 'pg'
import { eventually } from './support/client.ts'
import { BridgeProcess } from './support/process.ts'
import { alter } from './support/postgres.ts'
import { Stage } from './support/stage.ts'

const AINA = '60126004000'
const ME = '60114000001'

let stage: Stage
let merah: BridgeProcess

before(async () => {
  stage = await Stage.set()
  merah = await BridgeProcess.start(stage.environment({ BRIDGE_OWNER: 'bridge-0' }))
  await merah.link(stage.fake, 'merah', ME)
})
afterEach(() => stage.fake.heal())
after(async () => {
  await merah.end('SIGKILL')
  await stage.strike()
})

const restart = async () => {
  merah = await BridgeProcess.start(stage.environment({ BRIDGE_OWNER: 'bridge-0' }))
  await merah.until('merah', 'open')
}
/** From that write of a contact's session on none can be stored; what else is learnt of a contact can. */
const holdSessions = (database: pg.Client, phone: string, from = 1) => alter(database, `CREATE SEQUENCE written_sessions;
  CREATE FUNCTION wait_here() RETURNS trigger LANGUAGE plpgsql AS
    'BEGIN IF nextval(''written_sessions'') >= ${from} THEN PERFORM pg_advisory_xact_lock(7007); END IF; RETURN NEW; END';
  CREATE TRIGGER wait_here BEFORE INSERT ON wa_auth FOR EACH ROW WHEN (NEW.type = 'session' AND NEW.id LIKE '%${phone}%') EXECUTE FUNCTION wait_here();
  SELECT pg_advisory_lock(7007)`)
const releaseSessions = async (database: pg.Client) => {
  await forgetWaiting(database)
  await alter(database, 'DROP TRIGGER wait_here ON wa_auth; DROP FUNCTION wait_here; DROP SEQUENCE written_sessions')
  await database.end()
}
/** What a killed process was waiting to write would still be written when the lock goes: its connections go first. */
const forgetWaiting = async (database: pg.Client) => {
  await database.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE application_name = 'siaran-whatsapp-bridge' AND datname = current_database() AND wait_event_type = 'Lock'`)
  await database.query('ROLLBACK')
}
const told = (id: string) => stage.gateway.of('message').filter(each => each.wa_id === id)
const acknowledged = (id: string) => stage.fake.world.told.filter(each => each.attrs.id === id && each.attrs.type !== 'retry')

test('killed between the write and the keys: unknown, never sent again, and the next message can be read', async () => {
  await merah.send('merah', 'warm', AINA, 'warm')
  await stage.fake.say(AINA, ME, 'so that the ratchet turns')
  await merah.send('merah', 'warm-2', AINA, 'warm again')
  const database = new pg.Client(stage.databaseUrl)
  await database.connect()
  // the message leaves, and the keys that it was sent with cannot be stored
  await database.query('BEGIN; LOCK TABLE wa_auth IN EXCLUSIVE MODE')
  stage.fake.set({ dropAcks: true })
  const lost = merah.send('merah', 'killed', AINA, 'killed').catch(() => undefined)
  await eventually(() => stage.fake.ledger.some(each => each.text === 'killed'))
  await merah.end('SIGKILL')
  await lost
  await forgetWaiting(database)
  await database.end()
  stage.fake.heal()
  await restart()
  const found = await merah.lookUp('merah', 'killed')
  assert.deepEqual([found.status, found.state, found.detail], [200, 'unknown', 'process_ended'])
  const again = await merah.send('merah', 'killed', AINA, 'killed')
  assert.deepEqual([again.status, again.replayed], [504, true])
  assert.equal((await merah.send('merah', 'after', AINA, 'after')).state, 'accepted')
  const of = (text: string) => stage.fake.ledger.filter(each => each.text === text)
  assert.equal(of('killed').length, 1)
  assert.equal(of('after').length, 1)
  assert.deepEqual(stage.fake.ledger.filter(each => each.unreadable), [])
})

test('killed between the write and the keys, when it was on the phone already: the next message can be read all the same', async () => {
  await merah.send('merah', 'before-quick', AINA, 'before the quick one')
  const database = new pg.Client(stage.databaseUrl)
  await database.connect()
  await database.query('BEGIN; LOCK TABLE wa_auth IN EXCLUSIVE MODE')
  stage.fake.set({ receipts: 'delivered' })
  const quick = merah.send('merah', 'quick', AINA, 'quick').catch(() => undefined)
  // the receipt overtakes the keys: from here on it is known that the message arrived, and not that its keys were never stored
  await eventually(() => stage.gateway.of('receipt').some(each => each.message_id === 'quick'))
  await merah.end('SIGKILL')
  await quick
  await forgetWaiting(database)
  await database.end()
  await restart()
  assert.equal((await merah.lookUp('merah', 'quick')).state, 'accepted')
  assert.equal((await merah.send('merah', 'after-quick', AINA, 'after the quick one')).state, 'accepted')
  assert.deepEqual(stage.fake.ledger.filter(each => each.unreadable), [])
  assert.equal(stage.fake.ledger.filter(each => each.text === 'after the quick one').length, 1)
})

test('a contact answers in a session whose keys were never stored: the answer is asked for again, and told once', async () => {
  const fresh = '60126004077'
  const database = new pg.Client(stage.databaseUrl)
  await database.connect()
  await holdSessions(database, fresh)
  const first = merah.send('merah', 'first-ever', fresh, 'first ever').catch(() => undefined)
  await eventually(() => stage.fake.ledger.some(each => each.text === 'first ever'))
  await merah.end('SIGKILL')
  await first
  await releaseSessions(database)
  const id = await stage.fake.say(fresh, ME, 'STOP')
  await restart()
  await eventually(() => told(id).length > 0, 60_000, () => `never told: ${JSON.stringify(stage.fake.world.told.filter(each => each.attrs.id === id))}`)
  assert.equal((await merah.send('merah', 'after-first', fresh, 'after the first')).state, 'accepted')
  assert.deepEqual(stage.fake.ledger.filter(each => each.unreadable), [])
  assert.ok(stage.fake.world.told.some(each => each.attrs.id === id && each.attrs.type === 'retry'), 'it was never asked for again')
  assert.deepEqual([told(id).length, told(id)[0]?.text], [1, 'STOP'])
})

test('killed between a copy that was asked for and its keys: the next message can be read', async () => {
  const { wa_id: id } = await merah.send('merah', 'copied', AINA, 'copied')
  const database = new pg.Client(stage.databaseUrl)
  await database.connect()
  await holdSessions(database, AINA, 2) // the first is of the keys that are fetched for the copy
  stage.fake.askAgain(id)
  await eventually(() => stage.fake.ledger.filter(each => each.id === id).length === 2)
  await merah.end('SIGKILL')
  await releaseSessions(database)
  await restart()
  assert.equal((await merah.send('merah', 'after-copied', AINA, 'after the copy')).state, 'accepted')
  assert.deepEqual(stage.fake.ledger.filter(each => each.unreadable), [])
  assert.equal(stage.fake.ledger.filter(each => each.text === 'after the copy').length, 1)
})

test('killed when a reply was stored and not yet acknowledged: told once', async () => {
  const database = new pg.Client(stage.databaseUrl)
  await database.connect()
  // the keys cannot be written: the process hangs between storing the reply and everything after it
  await database.query('BEGIN; LOCK TABLE wa_auth IN EXCLUSIVE MODE')
  const id = await stage.fake.say(AINA, ME, 'STOP at the worst moment')
  await eventually(() => told(id).length === 1)
  await merah.end('SIGKILL')
  await forgetWaiting(database)
  await database.end()
  assert.equal(acknowledged(id).length, 0)
  await restart()
  await eventually(() => acknowledged(id).length > 0)
  assert.equal(told(id).length, 1)
})

test('killed at random moments while messages go both ways: nobody twice, nothing unreadable, no reply lost', async () => {
  const sent: string[] = []
  const replies: string[] = []
  for (let round = 0; round < 3; round++) {
    const first = sent.length
    const sending = (async () => {
      for (let n = 0; n < 8; n++) {
        const id = `storm-${round}-${n}`
        sent.push(id)
        await merah.send('merah', id, `6012600405${n % 3}`, id).catch(() => undefined)
        if (merah.isOver) return
      }
    })()
    const writing = (async () => {
      for (let n = 0; n < 6; n++) replies.push(await stage.fake.say(`6012600405${n % 3}`, ME, `reply ${round} ${n}`))
    })()
    await eventually(() => sent.length > first + 1 + Math.floor(Math.random() * 5))
    await merah.end('SIGKILL')
    await Promise.all([sending, writing])
    await restart()
  }
  await merah.send('merah', 'storm-last', '60126004050', 'storm-last')
  await eventually(() => replies.every(id => told(id).length === 1), 60_000,
    () => `of ${replies.length} replies these are lost: ${JSON.stringify(replies.filter(id => told(id).length === 0).map(acknowledged))}`)
  const ledger = stage.fake.ledger.filter(each => each.text?.startsWith('storm') || each.unreadable)
  assert.deepEqual(ledger.filter(each => each.unreadable), [])
  assert.equal(new Set(ledger.map(each => each.text)).size, ledger.length)
  for (const id of sent) {
    const { status, state } = await merah.lookUp('merah', id)
    const arrived = ledger.some(each => each.text === id)
    if (status === 404) assert.equal(arrived, false, `${id} arrived and has no outcome`)
    else assert.ok(state === 'unknown' || (state === 'accepted') === arrived, `${id} is ${state}, arrived: ${arrived}`)
  }
})

test('a process that is gone is replaced: another one takes its sessions over', async () => {
  // as in an installation, where it is promised within half a minute
  const other = await BridgeProcess.start(stage.environment({ BRIDGE_OWNER: 'bridge-1', BRIDGE_GONE_AFTER_MS: '', BRIDGE_CONNECTS_PER_SECOND: '' }))
  try {
    await merah.end('SIGKILL')
    const open = await other.until('merah', 'open', 30_000)
    assert.equal(open.me.phone, ME)
    assert.equal((await other.send('merah', 'taken-over', AINA, 'taken over')).state, 'accepted')
    const found = stage.fake.ledger.filter(each => each.text === 'taken over')
    assert.deepEqual(found.map(each => each.unreadable), [undefined])
  } finally {
    await other.end('SIGTERM')
  }
})

test('a graceful stop ends what is under way, and says so by its exit code', async () => {
  await restart()
  stage.fake.set({ ackDelayMs: 300 })
  const sending = merah.send('merah', 'last-words', AINA, 'last words')
  await eventually(() => stage.fake.ledger.some(each => each.text === 'last words'))
  const code = await merah.end('SIGTERM')
  assert.deepEqual([(await sending).state, code], ['accepted', 0])
})

test('what it prints holds no phone, no text, no key and no token', async () => {
  await restart()
  await merah.send('merah', 'private', AINA, 'a very private text')
  await stage.fake.say('60126004099', ME, 'a very private reply')
  await eventually(() => stage.gateway.of('message').some(each => each.text === 'a very private reply'))
  // libsignal prints what it cannot decrypt, keys and all: the proof is one only if it tried to
  const silenced = async () => Number(/^siaran_bridge_silenced_lines (.+)$/m.exec(await (await fetch(`${merah.url}/metrics`)).text())?.[1])
  const before = await silenced()
  await stage.fake.say(AINA, ME, 'a very private riddle', { corrupt: true })
  await eventually(async () => (await silenced()) > before)
  await merah.end('SIGTERM')
  assert.ok(merah.output.includes('The bridge is up'))
  for (const secret of [ME, AINA, '60126004099', 'very private', 'for-tests-only', 'privKey', '<Buffer', 'chainKey', 'Closing session']) {
    assert.ok(!merah.output.includes(secret), `it printed ${secret}`)
  }
})
