import assert from 'node:assert/strict'
import { after, afterEach, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { eventually, type BridgeClient } from './support/client.ts'
import { alter } from './support/postgres.ts'
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

const metric = async (name: string) => {
  const text = await (await fetch(`${merah.url}/metrics`)).text()
  return Number(new RegExp(`^${name} (.+)$`, 'm').exec(text)?.[1])
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

test('an account that is blocked for a while is left alone until that is over, then it comes back by itself', async () => {
  const { session, phone } = await linked()
  const logins = () => stage.fake.world.logins.filter(each => each.phone === phone).length
  const before = logins()
  stage.fake.kick(phone, 'ban-for-a-while')
  const banned = await merah.until(session, 'banned')
  assert.equal(banned.detail, 'for_a_while')
  assert.ok(Date.parse(banned.until) > Date.now())
  await eventually(() => stage.gateway.of('connection', session).at(-1)?.until * 1_000 === Date.parse(banned.until) - Date.parse(banned.until) % 1_000)
  await eventually(() => logins() > before, 20_000)
  assert.ok(Date.now() > Date.parse(banned.until))
  assert.equal(logins(), before + 1)
  await eventually(async () => [(await merah.state(session)).state, (await biru.state(session)).state].includes('open'))
})

test('what fails in the handlers of one session is its own: the others go on, and it comes back', async () => {
  const [one, other] = [await linked(), await linked()]
  const database = new pg.Client(stage.databaseUrl)
  await database.connect()
  await alter(database, `CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'no'; END $$;
    CREATE TRIGGER fails BEFORE UPDATE ON wa_session FOR EACH ROW WHEN (NEW.session = '${one.session}') EXECUTE FUNCTION fail()`)
  const faults = await metric('siaran_bridge_handler_faults_total')
  const logins = () => stage.fake.world.logins.filter(each => each.phone === one.phone).length
  const before = logins()
  stage.fake.kick(one.phone, 'reset')
  await eventually(async () => (await metric('siaran_bridge_handler_faults_total')) > faults)
  assert.equal((await merah.send(other.session, `${other.session}-m`, AINA, 'goes on')).state, 'accepted')
  await alter(database, 'DROP TRIGGER fails ON wa_session; DROP FUNCTION fail')
  await database.end()
  await eventually(() => logins() > before)
  await merah.until(one.session, 'open')
  assert.equal((await merah.send(one.session, `${one.session}-m`, AINA, 'is back')).state, 'accepted')
})

test('a client that is too old is said to be, and does not try for ever; its version is a setting', async () => {
  stage.fake.set({ oldestClient: 2_000_000_000 })
  await merah.open('old-1')
  assert.equal((await merah.until('old-1', 'failed')).detail, 'client_too_old')
  const newer = await stage.bridge({ BRIDGE_WHATSAPP_VERSION: '2.3000.2000000000' })
  await newer.open('old-2')
  await newer.until('old-2', 'qr')
})

test('a connection that is cut comes back by itself', async () => {
  const { session, phone } = await linked()
  stage.fake.kick(phone, 'reset')
  await eventually(() => stage.fake.world.liveOf(phone).length === 0)
  await merah.until(session, 'open')
  assert.equal((await merah.send(session, `${session}-m`, AINA, 'back')).state, 'accepted')
})

test('a connection that ends as soon as it stands comes back ever more slowly', async () => {
  const usual = await stage.bridge({ BRIDGE_CALM_AFTER_MS: '' })
  const { session, phone } = await linked(usual)
  const logins = () => stage.fake.world.logins.filter(each => each.phone === phone)
  let kicked = 0
  for (let cuts = 0; cuts < 3; cuts++) {
    const before = logins().length
    kicked = Date.now()
    stage.fake.kick(phone, 'unavailable')
    await eventually(() => logins().length > before)
    await usual.until(session, 'open')
  }
  // the third pause is between 2 and 4 s; of the first one it is at most 1 s
  assert.ok(logins().at(-1)!.at - kicked > 1_950)
  await usual.bridge.stop()
})

for (const status of [401, 403, 503]) {
  test(`a door in front of WhatsApp that refuses connections with ${status} is waited for: no link is given up, nothing hangs`, async () => {
    const { session, phone } = await linked()
    const before = stage.fake.world.refusedUpgrades
    stage.fake.set({ refuseUpgrade: status })
    stage.fake.kick(phone, 'reset')
    await eventually(() => stage.fake.world.refusedUpgrades > before)
    assert.equal((await merah.state(session)).state, 'connecting')
    stage.fake.heal()
    const logins = stage.fake.world.logins.length
    await merah.until(session, 'open', 15_000)
    assert.ok(stage.fake.world.logins.length > logins)
  })
}

test('a server that takes a connection and says nothing is left, and asked again', async () => {
  const impatient = await stage.bridge({ BRIDGE_CONNECT_TIMEOUT_MS: '2000' })
  const { session, phone } = await linked(impatient)
  stage.fake.set({ silentLogins: true })
  stage.fake.kick(phone, 'reset')
  await impatient.until(session, 'connecting')
  await eventually(() => stage.fake.world.unanswered.includes(phone))
  stage.fake.heal()
  await impatient.until(session, 'open', 15_000)
  await impatient.bridge.stop()
})

test('a session that stood comes back from a restart of the server without a place among those who link a phone', async () => {
  const narrow = await stage.bridge({ BRIDGE_LINKS_AT_ONCE: '1', BRIDGE_CONNECT_TIMEOUT_MS: '60000' })
  const { session, phone } = await linked(narrow)
  await narrow.open('linking-1')
  stage.fake.set({ silentLogins: true })
  // the one place is taken until the login of this link is answered, which it never is
  stage.fake.scan((await narrow.until('linking-1', 'qr')).qr, '60113900077')
  await eventually(() => stage.fake.world.unanswered.includes('60113900077'))
  stage.fake.heal()
  stage.fake.kick(phone, 'restart')
  await narrow.until(session, 'connecting')
  await narrow.until(session, 'open', 15_000)
  assert.equal((await narrow.state('linking-1')).state, 'connecting')
  await narrow.bridge.stop()
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

test('a session that WhatsApp has not confirmed to be logged out keeps its keys: nobody else could log its phone out', async () => {
  const { session, phone } = await linked()
  stage.fake.set({ silent: ['md'] }) // a connection that is half dead takes what is written, and nobody gets it
  const refused = await merah.call('DELETE', `/v1/sessions/${session}`)
  assert.deepEqual([refused.status, refused.error], [503, 'connecting'])
  assert.equal(stage.fake.world.account(phone).devices.size, 1)
  await merah.until(session, 'open')
  stage.fake.heal()
  assert.equal((await merah.call('DELETE', `/v1/sessions/${session}`)).status, 204)
  assert.equal(stage.fake.world.account(phone).devices.size, 0)
})

test('a session that is thrown out when it asks to be logged out is logged out', async () => {
  const { session, phone } = await linked()
  stage.fake.set({ silent: ['md'] })
  const deleting = merah.call('DELETE', `/v1/sessions/${session}`)
  await eventually(() => stage.fake.world.told.some(each => each.device.startsWith(phone) && each.child === 'remove-companion-device'))
  const begun = Date.now()
  stage.fake.kick(phone, 'logout')
  assert.equal((await deleting).status, 204)
  assert.ok(Date.now() - begun < 2_000)
  assert.equal((await merah.state(session)).state, 'logged_out')
})

test('what WhatsApp has banned is deleted too, and its phone can be linked by another name', async () => {
  const { session, phone } = await linked()
  stage.fake.kick(phone, 'ban')
  await merah.until(session, 'banned')
  await eventually(async () => (await merah.call('DELETE', `/v1/sessions/${session}`)).status === 204)
  const database = new pg.Client(stage.databaseUrl)
  await database.connect()
  const { rows } = await database.query(`SELECT (SELECT count(*)::int FROM wa_auth WHERE session = $1) AS keys,
    (SELECT count(phone)::int FROM wa_session WHERE session = $1) AS phones`, [session])
  await database.end()
  assert.deepEqual(rows[0], { keys: 0, phones: 0 })
})

test('a session that nobody has is logged out of the phone as well when it is deleted', async () => {
  const { session, phone } = await linked()
  await merah.call('POST', `/v1/sessions/${session}/stop`)
  assert.equal((await biru.call('DELETE', `/v1/sessions/${session}`)).status, 204)
  assert.equal(stage.fake.world.account(phone).devices.size, 0)
  assert.equal((await merah.state(session)).state, 'logged_out')
})

test('a session whose process was killed between its link and its first login is logged out of the phone when it is deleted', async () => {
  const { session, phone } = await linked()
  await merah.call('POST', `/v1/sessions/${session}/stop`)
  const database = new pg.Client(stage.databaseUrl)
  await database.connect()
  await database.query('UPDATE wa_session SET phone = NULL WHERE session = $1', [session]) // it is written down at the login
  await database.end()
  assert.equal((await biru.call('DELETE', `/v1/sessions/${session}`)).status, 204)
  assert.equal(stage.fake.world.account(phone).devices.size, 0)
})

test('what no phone has agreed to is deleted at once: no connection is begun for it', async () => {
  const session = `life-${++next}`
  await merah.open(session)
  await merah.until(session, 'qr')
  await merah.call('POST', `/v1/sessions/${session}/pairing-code`, { phone: '60113000999' }) // its keys are stored from here on
  const database = new pg.Client(stage.databaseUrl)
  await database.connect()
  const keys = async () => (await database.query('SELECT count(*)::int AS n FROM wa_auth WHERE session = $1', [session])).rows[0].n
  await eventually(async () => (await keys()) > 0)
  await merah.call('POST', `/v1/sessions/${session}/stop`)
  const begun = await metric('siaran_bridge_connects_total')
  assert.equal((await merah.call('DELETE', `/v1/sessions/${session}`)).status, 204)
  assert.deepEqual([await keys(), await metric('siaran_bridge_connects_total')], [0, begun])
  await database.end()
})

test('a session whose credentials do not open is deleted all the same: nobody could log it out by them', async () => {
  for (const isHeld of [false, true]) {
    const { session } = await linked()
    await merah.call('POST', `/v1/sessions/${session}/stop`)
    const database = new pg.Client(stage.databaseUrl)
    await database.connect()
    await database.query(`UPDATE wa_auth SET value = value || 'x'::bytea WHERE session = $1 AND type = 'creds'`, [session])
    if (isHeld) await merah.open(session)
    assert.equal((await merah.call('DELETE', `/v1/sessions/${session}`)).status, 204)
    const { rows } = await database.query('SELECT count(*)::int AS n FROM wa_auth WHERE session = $1', [session])
    await database.end()
    assert.deepEqual([rows[0].n, (await merah.state(session)).state], [0, 'logged_out'])
  }
})

test('a session that is sealed with a key that this process does not have stays: another process may log it out', async () => {
  for (const isHeld of [false, true]) {
    const { session, phone } = await linked()
    await merah.call('POST', `/v1/sessions/${session}/stop`)
    const database = new pg.Client(stage.databaseUrl)
    await database.connect()
    const seal = (key: number) => database.query(
      `UPDATE wa_auth SET value = set_byte(value, 0, $2) WHERE session = $1 AND type = 'creds'`, [session, key])
    const { rows } = await database.query(
      `SELECT get_byte(value, 0) AS key FROM wa_auth WHERE session = $1 AND type = 'creds'`, [session])
    await seal(200)
    if (isHeld) await merah.open(session)
    const refused = await merah.call('DELETE', `/v1/sessions/${session}`)
    assert.deepEqual([refused.status, refused.error], [503, 'key_missing'])
    if (isHeld) await merah.call('POST', `/v1/sessions/${session}/stop`)
    await seal(rows[0].key)
    await database.end()
    assert.equal((await merah.call('DELETE', `/v1/sessions/${session}`)).status, 204)
    assert.equal(stage.fake.world.account(phone).devices.size, 0)
  }
})

test('a stopped session that cannot be logged out now is a stopped one again', async () => {
  const { session, phone } = await linked()
  await merah.call('POST', `/v1/sessions/${session}/stop`)
  stage.fake.set({ silent: ['md'] })
  assert.equal((await merah.call('DELETE', `/v1/sessions/${session}`)).status, 503)
  stage.fake.heal()
  assert.equal((await merah.call('GET', '/v1/sessions')).sessions.filter((each: { session: string }) => each.session === session).length, 0)
  assert.deepEqual([(await merah.state(session)).state, stage.fake.world.liveOf(phone).length], ['stopped', 0])
  assert.equal((await merah.call('DELETE', `/v1/sessions/${session}`)).status, 204)
  assert.equal(stage.fake.world.account(phone).devices.size, 0)
})

test('nothing is sent by a session that asks its phone to forget the link', async () => {
  const { session, phone } = await linked()
  stage.fake.set({ silent: ['md'] })
  const deleting = merah.call('DELETE', `/v1/sessions/${session}`)
  await eventually(() => stage.fake.world.told.some(each => each.device.startsWith(phone) && each.child === 'remove-companion-device'))
  assert.equal((await merah.send(session, `${session}-late`, AINA, 'too late')).status, 503)
  assert.equal((await deleting).status, 503)
  assert.equal(stage.fake.world.ledger.filter(each => each.from === phone).length, 0)
})

test('a session is deleted only when its keys are', async () => {
  const { session } = await linked()
  const database = new pg.Client(stage.databaseUrl)
  await database.connect()
  await alter(database, `CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'no'; END $$;
    CREATE TRIGGER fails BEFORE DELETE ON wa_auth FOR EACH ROW WHEN (OLD.session = '${session}') EXECUTE FUNCTION fail()`)
  assert.equal((await merah.call('DELETE', `/v1/sessions/${session}`)).status, 500)
  await alter(database, 'DROP TRIGGER fails ON wa_auth; DROP FUNCTION fail')
  assert.equal((await merah.call('DELETE', `/v1/sessions/${session}`)).status, 204)
  const { rows } = await database.query('SELECT count(*)::int AS n FROM wa_auth WHERE session = $1', [session])
  await database.end()
  assert.equal(rows[0].n, 0)
})

test('a session that has ended takes no place', async () => {
  const small = await stage.bridge({ BRIDGE_MAX_SESSIONS: '1' })
  await small.link(stage.fake, 'small-1', '60113900001')
  assert.equal((await small.open('small-2')).status, 503)
  stage.fake.kick('60113900001', 'logout')
  await small.until('small-1', 'logged_out')
  await eventually(async () => (await small.call('GET', '/v1/sessions')).sessions.length === 0)
  assert.equal((await small.open('small-2')).status, 202)
  await small.until('small-2', 'qr')
  assert.equal((await small.state('small-1')).state, 'logged_out')
})

test('a process that is started again answers for what ended while it was killed', async () => {
  const { session } = await linked()
  await merah.call('POST', `/v1/sessions/${session}/stop`)
  const database = new pg.Client(stage.databaseUrl)
  await database.connect()
  await database.query(`UPDATE wa_session SET owner = 'bridge-again' WHERE session = $1`, [session])
  // its process is killed while a person looks at the code
  await database.query(`INSERT INTO wa_session (session, epoch, owner, state) VALUES ('waiting-2', 1, 'bridge-again', 'qr')`)
  const again = await stage.bridge({ BRIDGE_OWNER: 'bridge-again' })
  await database.query(`UPDATE wa_session SET owner = 'bridge-again' WHERE session = $1`, [session])
  await database.end()
  assert.deepEqual([(await again.state(session)).status, (await again.state(session)).state], [200, 'stopped'])
  assert.equal((await merah.state('waiting-2')).state, 'stopped')
  assert.equal((await again.call('DELETE', `/v1/sessions/${session}`)).status, 204)
})

test('a stopped session stays stopped until it is opened', async () => {
  const { session, phone } = await linked()
  assert.equal((await merah.call('POST', `/v1/sessions/${session}/stop`)).status, 200)
  await sleep(3_500) // a round of adoption and more
  assert.equal(stage.fake.world.liveOf(phone).length, 0)
  assert.equal((await biru.state(session)).state, 'stopped')
})

test('placement names the owner while it lives, else the process with the most room', async () => {
  const { session } = await linked(merah)
  assert.deepEqual(await biru.call('GET', `/v1/placement/${session}`), { status: 200, address: merah.url, owned: true })
  const roomy = await stage.bridge({ BRIDGE_MAX_SESSIONS: '300' })
  const fresh = await biru.call('GET', '/v1/placement/never-seen')
  assert.deepEqual([fresh.address, fresh.owned], [roomy.url, false])
  await roomy.bridge.stop()
})

test('a process that is full takes no more', async () => {
  const small = await stage.bridge({ BRIDGE_MAX_SESSIONS: '1' })
  assert.equal((await small.open('full-1')).status, 202)
  const refused = await small.open('full-2')
  assert.deepEqual([refused.status, refused.error], [503, 'full'])
})
