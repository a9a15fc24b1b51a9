import assert from 'node:assert/strict'
import { after, afterEach, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { eventually, type BridgeClient } from './support/client.ts'
import { Stage } from './support/stage.ts'

const AINA = '60126003000'

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
  const session = `life-${++next}`
  const phone = String(60113000000 + next)
  await bridge.link(stage.fake, session, phone)
  return { session, phone }
}

const states = (session: string) => stage.gateway.of('connection', session).map(each => each.state)

test('each change of a session is told: linking, open', async () => {
  const { session } = await linked()
  await eventually(() => states(session).includes('open'))
  assert.deepEqual(states(session), ['qr', 'connecting', 'open'])
})

test('a phone that logs the device out ends the session, and it can be linked anew', async () => {
  const { session, phone } = await linked()
  stage.fake.kick(phone, 'logout')
  await merah.until(session, 'logged_out')
  await eventually(() => states(session).at(-1) === 'logged_out')
  assert.equal((await merah.link(stage.fake, session, phone)).state, 'open')
})

test('a banned account ends the session', async () => {
  const { session, phone } = await linked()
  stage.fake.kick(phone, 'ban')
  await merah.until(session, 'banned')
  assert.equal((await merah.send(session, `${session}-m`, AINA, 'x')).status, 503)
})

test('a session that was replaced does not come back by itself: the two would throw each other out for ever', async () => {
  const { session, phone } = await linked()
  const logins = stage.fake.world.logins
  for (const each of stage.fake.world.liveOf(phone)) {
    each.end({ tag: 'stream:error', attrs: {}, content: [{ tag: 'conflict', attrs: { type: 'replaced' } }] })
  }
  await merah.until(session, 'replaced')
  await sleep(1_500)
  assert.equal(stage.fake.world.logins, logins)
})

test('a client that is too old is said to be, and does not try for ever', async () => {
  stage.fake.set({ oldestClient: 2_000_000_000 })
  await merah.open('old-1')
  assert.equal((await merah.until('old-1', 'failed')).detail, 'client_too_old')
})

test('a connection that is cut comes back by itself', async () => {
  const { session, phone } = await linked()
  stage.fake.kick(phone, 'reset')
  await eventually(() => stage.fake.world.liveOf(phone).length === 0)
  await merah.until(session, 'open')
  assert.equal((await merah.send(session, `${session}-m`, AINA, 'back')).state, 'accepted')
})

test('deleting a session logs it out of the phone and forgets its keys', async () => {
  const { session, phone } = await linked()
  assert.equal((await merah.call('DELETE', `/v1/sessions/${session}`)).status, 204)
  assert.equal(stage.fake.world.account(phone).devices.size, 0)
  const database = new pg.Client(stage.databaseUrl)
  await database.connect()
  const { rows } = await database.query('SELECT count(*)::int AS n FROM wa_auth WHERE session = $1', [session])
  await database.end()
  assert.equal(rows[0].n, 0)
})

test('a stopped session stays stopped until it is opened', async () => {
  const { session, phone } = await linked()
  assert.equal((await merah.call('POST', `/v1/sessions/${session}/stop`)).status, 200)
  await sleep(3_500) // a round of adoption and more
  assert.equal(stage.fake.world.liveOf(phone).length, 0)
  assert.equal((await biru.state(session)).state, 'stopped')
})

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

test('placement names the owner while it lives, else the process with the most room', async () => {
  const { session } = await linked(merah)
  assert.deepEqual(await biru.call('GET', `/v1/placement/${session}`), { status: 200, address: merah.url, owned: true })
  const fresh = await biru.call('GET', '/v1/placement/never-seen')
  assert.deepEqual([fresh.address, fresh.owned], [biru.url, false])
})

test('a process that is full takes no more', async () => {
  const small = await stage.bridge({ BRIDGE_MAX_SESSIONS: '1' })
  assert.equal((await small.open('full-1')).status, 202)
  const refused = await small.open('full-2')
  assert.deepEqual([refused.status, refused.error], [503, 'full'])
})

test('a graceful stop gives the sessions away, and another process goes on within seconds', async () => {
  const leaving = await stage.bridge()
  const { session } = await linked(leaving)
  await leaving.bridge.stop()
  await eventually(async () => {
    const views = await Promise.all([merah.state(session), biru.state(session)])
    return views.some(each => each.state === 'open')
  })
})
