import assert from 'node:assert/strict'
import { after, afterEach, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { eventually, type BridgeClient } from './support/client.ts'
import { Stage } from './support/stage.ts'

const AINA = '60126007000'
/** A process that looks around so seldom that it does not learn by itself what it has lost. */
const UNAWARE = { BRIDGE_GONE_AFTER_MS: '600000' }

let stage: Stage
let merah: BridgeClient
let biru: BridgeClient
let next = 0

before(async () => {
  stage = await Stage.set()
  merah = await stage.bridge()
  biru = await stage.bridge()
})
afterEach(() => stage.fake.heal())
after(() => stage.strike())

/** A linked session and its phone. */
async function linked(bridge = merah): Promise<{ session: string; phone: string }> {
  const session = `own-${++next}`
  const phone = String(60116000000 + next)
  await bridge.link(stage.fake, session, phone)
  return { session, phone }
}

const loginsOf = (phone: string) => stage.fake.world.logins.filter(each => each.phone === phone)

test('whoever opens a session has it alone: the owner before is fenced, and says who has it', async () => {
  const { session } = await linked(merah)
  await biru.open(session)
  const open = await biru.until(session, 'open')
  assert.equal(open.epoch, 2)
  await eventually(async () => (await merah.state(session)).error === 'not_owner')
  assert.equal((await merah.state(session)).address, biru.url)
  const refused = await merah.send(session, `${session}-m`, AINA, 'from the one before')
  assert.deepEqual([refused.status, refused.error, refused.address], [409, 'not_owner', biru.url])
  assert.equal((await biru.send(session, `${session}-m`, AINA, 'from the owner')).state, 'accepted')
  assert.deepEqual(stage.fake.ledger.filter(each => each.text?.startsWith('from the')).map(each => each.text), ['from the owner'])
})

test('an owner that is fenced and does not know it yet sends nothing', async () => {
  const { session } = await linked(merah)
  const database = new pg.Client(stage.databaseUrl)
  await database.connect()
  await database.query('UPDATE wa_session SET epoch = epoch + 1 WHERE session = $1', [session])
  const reply = await merah.send(session, `${session}-m`, AINA, 'by a ghost')
  assert.deepEqual([reply.status, reply.error], [409, 'not_owner'])
  assert.equal(stage.fake.ledger.filter(each => each.text === 'by a ghost').length, 0)
  await database.query(`UPDATE wa_session SET state = 'stopped', owner = NULL WHERE session = $1`, [session])
  await database.end()
})

test('what provably did not leave is forgotten although another owner has marked it meanwhile', async () => {
  const { session } = await linked(merah)
  const database = new pg.Client(stage.databaseUrl)
  await database.connect()
  stage.fake.set({ queryDelayMs: 1_000 })
  const sending = merah.send(session, `${session}-m`, AINA, 'marked meanwhile', undefined, 500)
  await eventually(async () => (await merah.lookUp(session, `${session}-m`)).state === 'started')
  await database.query(`UPDATE wa_out SET state = 'unknown', detail = 'process_ended' WHERE session = $1 AND state = 'started'`, [session])
  await database.end()
  assert.deepEqual([(await sending).state, (await merah.lookUp(session, `${session}-m`)).status], ['not_sent', 404])
})

test('a process that was slow to connect does not connect any more when another one has taken the session', async () => {
  const { session, phone } = await linked(biru)
  const slow = await stage.bridge({ ...UNAWARE, BRIDGE_CONNECTS_PER_SECOND: '1' })
  const before = loginsOf(phone).length
  // the session is the fifth in the line of those that connect: four seconds from now
  for (const each of ['slow-1', 'slow-2', 'slow-3', 'slow-4', session]) await slow.open(each)
  await biru.open(session)
  const { epoch } = await biru.until(session, 'open')
  const logins = before + 1
  // it learns by nothing but its turn to connect that it has lost the session
  await eventually(async () => (await slow.state(session)).error === 'not_owner')
  await sleep(300)
  assert.deepEqual([loginsOf(phone).length, (await biru.state(session)).state, (await biru.state(session)).epoch], [logins, 'open', epoch])
  assert.equal((await biru.send(session, `${session}-m`, AINA, 'still here')).state, 'accepted')
})

test('an owner that is thrown out at WhatsApp and is the owner still comes back', async () => {
  const { session, phone } = await linked()
  const logins = loginsOf(phone).length
  stage.fake.kick(phone, 'replaced')
  await eventually(() => loginsOf(phone).length > logins)
  await merah.until(session, 'open')
  assert.equal((await merah.send(session, `${session}-m`, AINA, 'back again')).state, 'accepted')
})

test('a rival that throws a session out again and again has it in the end: the two would go on for ever', async () => {
  const { session, phone } = await linked()
  const logins = loginsOf(phone).length
  const rival = setInterval(() => stage.fake.kick(phone, 'replaced'), 20)
  await merah.until(session, 'replaced')
  await sleep(1_500)
  clearInterval(rival)
  assert.equal(loginsOf(phone).length - logins, 3)
})

test('whoever opens a session that it has lost, and does not know it, takes it anew', async () => {
  // apart: the others would take the sessions of one that is silent for so long
  const apart = await Stage.set()
  const unaware = await apart.bridge(UNAWARE)
  await unaware.link(apart.fake, 'lost', '60117100001')
  const database = new pg.Client(apart.databaseUrl)
  await database.connect()
  await database.query(`UPDATE wa_session SET epoch = epoch + 1 WHERE session = 'lost'`)
  await database.end()
  assert.equal((await unaware.open('lost')).epoch, 3)
  await unaware.until('lost', 'open')
  assert.equal((await unaware.send('lost', 'lost-m', AINA, 'taken back')).state, 'accepted')
  await apart.strike()
})

test('a graceful stop gives the sessions away, and another process goes on within seconds, no faster than it may connect', async () => {
  const apart = await Stage.set()
  const leaving = await apart.bridge({ BRIDGE_LINKS_AT_ONCE: '4' })
  const calm = await apart.bridge({ BRIDGE_CONNECTS_PER_SECOND: '2' })
  const sessions = Array.from({ length: 4 }, (_, n) => `away-${n}`)
  await Promise.all(sessions.map((each, n) => leaving.link(apart.fake, each, String(60117000000 + n))))
  const before = apart.fake.world.logins.length
  await leaving.bridge.stop()
  await Promise.all(sessions.map(each => calm.until(each, 'open', 30_000)))
  const [first, ...rest] = apart.fake.world.logins.slice(before).map(each => each.at)
  await apart.strike()
  assert.equal(rest.length, 3)
  assert.ok(rest.at(-1)! - first! > 800, `four connections in ${rest.at(-1)! - first!} ms`)
})

test('the last process tells what is to be told before it has stopped, although it has given its sessions away', async () => {
  const apart = await Stage.set()
  const last = await apart.bridge()
  apart.gateway.status = 503
  await last.link(apart.fake, 'last-words', '60117200001')
  // the session rests now, for two seconds: nothing of it is told by itself before the end
  const calls = apart.gateway.calls
  await eventually(() => apart.gateway.calls > calls + 2)
  apart.gateway.status = 200
  await last.bridge.stop()
  const told = apart.gateway.of('connection', 'last-words').map(each => each.state)
  await apart.strike()
  assert.deepEqual(told, ['qr', 'connecting', 'open'])
})
