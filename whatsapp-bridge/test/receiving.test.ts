import { proto } from '@whiskeysockets/baileys'
import assert from 'node:assert/strict'
import { after, afterEach, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { lidOfContact } from '../fake/contact.ts'
import { Seal } from '../src/auth/seal.ts'
import { keptId, waId } from '../src/message/wa-id.ts'
import { seconds, SERVER } from '../fake/nodes.ts'
import { eventually, type BridgeClient } from './support/client.ts'
import { alter } from './support/postgres.ts'
import { Stage } from './support/stage.ts'

const AINA = '60126002000'
const ME = '60112000101'

let stage: Stage
let merah: BridgeClient

before(async () => {
  stage = await Stage.set()
  merah = await stage.bridge()
  await merah.link(stage.fake, 'merah', ME)
})
afterEach(() => stage.fake.heal())
after(() => stage.strike())

const messages = () => stage.gateway.of('message')
const told = (id: string) => messages().filter(each => each.wa_id === id)
const acknowledged = (id: string) => stage.fake.world.told.filter(each => each.attrs.id === id && each.attrs.type !== 'retry')

test('a reply is told once, with the phone and the LID of its sender', async () => {
  const id = await stage.fake.say(AINA, ME, 'STOP')
  await eventually(() => told(id).length === 1)
  const { phone, lid, text, session, type } = told(id)[0]!
  assert.deepEqual({ phone, lid, text, session, type }, { phone: AINA, lid: lidOfContact(AINA), text: 'STOP', session: 'merah', type: 'conversation' })
  await eventually(() => acknowledged(id).length > 0)
  await sleep(200)
  assert.equal(told(id).length, 1)
  assert.equal(stage.gateway.badSignatures, 0)
})

test('a reply under a LID alone is told with its LID', async () => {
  const id = await stage.fake.say('60126002001', ME, 'hello', { lid: true })
  await eventually(() => told(id).length === 1)
  assert.deepEqual([told(id)[0]!.phone, told(id)[0]!.lid], [undefined, lidOfContact('60126002001')])
})

test('a reply under a LID alone is told with the phone of its sender where that is known', async () => {
  const first = await stage.fake.say('60126002009', ME, 'hello', { lid: true, withPhone: true })
  await eventually(() => told(first).length === 1)
  const id = await stage.fake.say('60126002009', ME, 'STOP', { lid: true })
  await eventually(() => told(id).length === 1)
  assert.deepEqual([told(id)[0]!.phone, told(id)[0]!.lid], ['60126002009', lidOfContact('60126002009')])
  const asked = (phone: string) => merah.call('GET', `/v1/sessions/merah/lids/${lidOfContact(phone)}`)
  assert.deepEqual([(await asked('60126002009')).phone, (await asked('60126002999')).phone], ['60126002009', null])
})

test('a reply that was written while nobody was connected is told after the next login', async () => {
  await merah.call('POST', '/v1/sessions/merah/stop')
  const id = await stage.fake.say(AINA, ME, 'STOP while away')
  await merah.open('merah')
  await merah.until('merah', 'open')
  await eventually(() => told(id).length === 1)
  assert.equal(told(id)[0]!.text, 'STOP while away')
})

test('what comes from groups, status and newsletters is acknowledged plainly: a refusal stalls the offline queue', async () => {
  for (const from of ['120363000000000000@g.us', 'status@broadcast', '120363000000000001@newsletter']) {
    const id = await stage.fake.say('60126002002', ME, 'not for us', { from })
    await eventually(() => acknowledged(id).length > 0, 60_000, () => `no acknowledgement of ${from}`)
    assert.deepEqual(acknowledged(id).map(each => [each.tag, each.attrs.error]), [['ack', undefined]])
    assert.equal(told(id).length, 0)
  }
})

test('every receipt is told, one by one, once each', async () => {
  const ids = ['r-1', 'r-2', 'r-3', 'r-4', 'r-5']
  for (const each of ids) await merah.send('merah', each, AINA, `receipt of ${each}`)
  const from = `${AINA}@s.whatsapp.net`
  const [first, ...rest] = ids.map(waId)
  for (const times of [1, 2]) {
    for (const type of [undefined, 'read']) stage.fake.receipt(ME, from, first!, type, rest)
    assert.ok(times)
  }
  const receipts = () => stage.gateway.of('receipt').filter(each => ids.includes(each.message_id))
  await eventually(() => receipts().length >= 10)
  await sleep(300)
  assert.ok(receipts().every(each => each.recipient === AINA))
  assert.deepEqual(receipts().map(each => `${each.message_id} ${each.type}`).sort(),
    ids.flatMap(each => [`${each} delivered`, `${each} read`]).sort())
})

test('a receipt of what we never sent is not told', async () => {
  await merah.send('merah', 'r-after', AINA, 'its receipt comes after the other')
  const before = stage.gateway.of('receipt').length
  stage.fake.receipt(ME, `${AINA}@s.whatsapp.net`, '3EB0FFFFFFFFFFFFFFFFFF')
  await eventually(() => stage.fake.world.told.some(each => each.attrs.id === '3EB0FFFFFFFFFFFFFFFFFF'))
  stage.fake.receipt(ME, `${AINA}@s.whatsapp.net`, waId('r-after'))
  await eventually(() => stage.gateway.of('receipt').some(each => each.message_id === 'r-after'))
  assert.equal(stage.gateway.of('receipt').length, before + 1)
})

test('nothing is acknowledged to WhatsApp before it is stored', async () => {
  await merah.send('merah', 'stored-1', AINA, 'for its receipt')
  const database = new pg.Client(stage.databaseUrl)
  await database.connect()
  await database.query('BEGIN; LOCK TABLE wa_event IN ACCESS EXCLUSIVE MODE')
  const id = await stage.fake.say(AINA, ME, 'held back')
  stage.fake.receipt(ME, `${AINA}@s.whatsapp.net`, waId('stored-1'), 'read')
  await sleep(500)
  assert.equal(acknowledged(id).length, 0)
  assert.equal(acknowledged(waId('stored-1')).length, 0)
  await database.query('COMMIT')
  await eventually(() => acknowledged(id).length > 0 && acknowledged(waId('stored-1')).length > 0)
  await eventually(() => told(id).length === 1)
  await database.end()
})

test('what cannot be stored is not acknowledged either: the connection ends, and it comes again', async () => {
  const database = new pg.Client(stage.databaseUrl)
  await database.connect()
  await alter(database, 'ALTER TABLE wa_event RENAME TO wa_event_away')
  const id = await stage.fake.say(AINA, ME, 'not storable now')
  await sleep(400)
  assert.equal(acknowledged(id).length, 0)
  await alter(database, 'ALTER TABLE wa_event_away RENAME TO wa_event')
  await database.end()
  await eventually(() => told(id).length === 1)
  assert.equal(told(id)[0]!.text, 'not storable now')
})

test('what cannot be decrypted because the keys cannot be read is not acknowledged: the connection ends, and it comes again', async () => {
  for (const [text, contact] of [['STOP while the keys are away', AINA], ['STOP of a stranger', '60126002003']] as const) {
    const database = new pg.Client(stage.databaseUrl)
    await database.connect()
    await alter(database, 'ALTER TABLE wa_auth RENAME TO wa_auth_away')
    const id = await stage.fake.say(contact, ME, text)
    await sleep(2_500)
    assert.deepEqual(acknowledged(id), [])
    await alter(database, 'ALTER TABLE wa_auth_away RENAME TO wa_auth')
    await database.end()
    await eventually(() => told(id).length === 1 && acknowledged(id).length > 0)
    assert.equal(told(id)[0]!.text, text)
    await merah.until('merah', 'open')
  }
})

test('what a contact spoiled is passed over: it would be spoiled each time that it comes', async () => {
  const logins = stage.fake.world.logins.length
  const spoiled = await stage.fake.say('60126002004', ME, '', { malformed: true })
  const next = await stage.fake.say('60126002004', ME, 'not spoiled')
  await eventually(() => told(next).length === 1 && acknowledged(spoiled).length > 0)
  assert.equal(told(spoiled).length, 0)
  assert.equal(stage.fake.world.logins.length, logins)
})

test('what a contact writes while we write to it can be read on both sides, every time', async () => {
  const contact = '60126002077'
  await merah.send('merah', 'race-first', contact, 'first')
  await stage.fake.say(contact, ME, 'first back')
  const rounds = Array.from({ length: 30 }, (_, round) => round)
  const replies: string[] = []
  await Promise.all([
    (async () => {
      for (const round of rounds) await merah.send('merah', `race-${round}`, contact, `out ${round}`)
    })(),
    (async () => {
      for (const round of rounds) {
        replies.push(await stage.fake.say(contact, ME, `in ${round}`))
        await sleep(15)
      }
    })(),
  ])
  await eventually(() => replies.every(id => told(id).length === 1), 60_000, () => `${replies.filter(id => told(id).length === 0).length} replies are missing`)
  const sent = stage.fake.ledger.filter(each => each.phone === contact && each.text !== 'first')
  assert.deepEqual(sent.filter(each => each.unreadable).map(each => each.unreadable), [])
  assert.equal(sent.length, rounds.length)
})

test('privacy tokens, written after their transaction is over, are kept', async () => {
  await merah.send('merah', 'token-1', '60126002088', 'token')
  const database = new pg.Client(stage.databaseUrl)
  await database.connect()
  const stored = async () => (await database.query(`SELECT count(*)::int AS n FROM wa_auth WHERE type = 'tctoken' AND id LIKE $1`, [`${lidOfContact('60126002088')}%`])).rows[0].n
  await eventually(async () => (await stored()) > 0)
  await database.end()
})

test('while the gateway is away its events wait, and come in order when it is back', async () => {
  stage.gateway.status = 503
  const ids: string[] = []
  for (const text of ['one', 'two', 'three']) ids.push(await stage.fake.say(AINA, ME, text))
  await eventually(() => ids.every(id => acknowledged(id).length > 0))
  assert.ok(ids.every(id => told(id).length === 0))
  stage.gateway.status = 200
  await eventually(() => ids.every(id => told(id).length === 1))
  assert.deepEqual(messages().filter(each => ids.includes(each.wa_id)).map(each => each.text), ['one', 'two', 'three'])
})

test('long replies are told in calls that the gateway takes', async () => {
  stage.gateway.status = 503
  const ids: string[] = []
  for (let n = 0; n < 30; n++) ids.push(await stage.fake.say(AINA, ME, `${n} ${'ß'.repeat(20_000)}`))
  await eventually(() => ids.every(id => acknowledged(id).length > 0))
  stage.gateway.largestBody = 0
  stage.gateway.status = 200
  await eventually(() => ids.every(id => told(id).length === 1))
  const order = messages().filter(each => ids.includes(each.wa_id)).map(each => Number(each.id))
  assert.deepEqual(order, order.toSorted((one, other) => one - other))
  assert.ok(stage.gateway.largestBody <= 300_000, `${stage.gateway.largestBody} bytes in one call`)
})

test('an event that the gateway never takes is parked, and holds back none of the others', async () => {
  const metric = async (name: string) => Number(new RegExp(`^${name} (.+)$`, 'm').exec(await (await fetch(`${merah.url}/metrics`)).text())?.[1])
  stage.gateway.status = 503
  stage.gateway.unwelcome = 'the unwelcome one'
  const ids: string[] = []
  for (const text of ['before 1', 'before 2', 'the unwelcome one', 'after 1']) ids.push(await stage.fake.say(AINA, ME, text))
  await eventually(() => ids.every(id => acknowledged(id).length > 0))
  stage.gateway.status = 200
  const [first, second, unwelcome, last] = ids as [string, string, string, string]
  await eventually(() => [first, second, last].every(id => told(id).length === 1), 20_000,
    () => JSON.stringify(ids.map(id => [told(id).length, acknowledged(id)])))
  assert.equal(told(unwelcome).length, 0)
  await eventually(async () => (await metric('siaran_bridge_events_parked')) === 1)
  // the gateway has the last one before the store has written down that it was told
  await eventually(async () => (await metric('siaran_bridge_event_backlog')) === 0)
  stage.gateway.unwelcome = undefined
})

test('the id of a message is whatever its sender chose', async () => {
  for (const id of ['X'.repeat(6_000), 'with a \u0000 in it']) {
    await stage.fake.say(AINA, ME, 'oddly named', { id })
    stage.fake.receipt(ME, `${AINA}@s.whatsapp.net`, id, 'read')
    await eventually(() => told(keptId(id)).length === 1, 10_000, () => `${JSON.stringify(id.slice(0, 20))} is not told`)
  }
})

test('a session is told where the gateway said, with its own secret, and one that cannot be told holds back no other', async () => {
  const secret = 'the-own-secret-of-this-device'
  stage.gateway.callbacks.set('bridge/hijau/1.c2VjcmV0', secret)
  stage.gateway.refused.add('/events/bridge/kuning/1.Z29uZQ')
  await merah.open('kuning', { callback: { path: 'bridge/kuning/1.Z29uZQ', secret } })
  await merah.open('hijau', { callback: { path: 'bridge/hijau/1.c2VjcmV0', secret } })
  await eventually(() => stage.gateway.of('connection', 'hijau').some(each => each.state === 'qr'))
  assert.equal(stage.gateway.of('connection', 'kuning').length, 0)
  assert.equal(stage.gateway.badSignatures, 0)
  stage.gateway.refused.clear()
  stage.gateway.callbacks.set('bridge/kuning/1.Z29uZQ', secret)
  await eventually(() => stage.gateway.of('connection', 'kuning').some(each => each.state === 'qr'))
  assert.equal((await merah.open('hijau', { callback: { path: '../../other', secret } })).status, 400)
})

test('a call of one session that is never answered holds up no other session', async () => {
  await merah.link(stage.fake, 'jingga', '60112000102')
  stage.gateway.hangsOn = 'nobody answers this'
  const hanging = await stage.fake.say(AINA, ME, stage.gateway.hangsOn)
  await eventually(() => stage.gateway.hanging === 1)
  const id = await stage.fake.say(AINA, '60112000102', 'told beside it')
  await eventually(() => told(id).length === 1)
  assert.equal(stage.gateway.hanging, 1, 'it was told only when the other call was given up')
  stage.gateway.hangsOn = undefined
  await eventually(() => told(hanging).length === 1)
})

test('an event that was spoiled is parked, a session whose callback does not open waits, and all others are told', async () => {
  const metric = async () => Number(/^siaran_bridge_events_parked (.+)$/m.exec(await (await fetch(`${merah.url}/metrics`)).text())?.[1])
  const parked = await metric()
  const secret = 'the-own-secret-of-this-device'
  stage.gateway.callbacks.set('bridge/ungu/1.c2VjcmV0', secret)
  const callback = { path: 'bridge/ungu/1.c2VjcmV0', secret }
  await merah.open('ungu', { callback })
  await merah.until('ungu', 'qr')
  await eventually(() => stage.gateway.of('connection', 'ungu').length === 1)
  const database = new pg.Client(stage.databaseUrl)
  await database.connect()
  // sealed with a key that nobody has any more
  const lost = '\\xff00000000000000000000000000000000000000000000000000000000000000'
  await database.query(`UPDATE wa_session SET callback = '${lost}' WHERE session = 'ungu'`)
  const spoiled = lost.replace('ff', '01')
  await database.query(`INSERT INTO wa_event (session, dedupe, body) VALUES ('merah', 'spoiled', '${spoiled}')`)
  await merah.call('POST', '/v1/sessions/ungu/stop')
  const id = await stage.fake.say(AINA, ME, 'STOP beside what does not open')
  await eventually(() => told(id).length === 1, 10_000)
  await eventually(async () => (await metric()) === parked + 1)
  assert.equal(stage.gateway.of('connection', 'ungu').length, 1)
  const { rows } = await database.query(`SELECT dedupe FROM wa_event WHERE parked AND body = '${spoiled}'`)
  await database.end()
  assert.deepEqual(rows, [{ dedupe: 'spoiled' }])
  // the gateway says it anew: what waited is told
  await merah.open('ungu', { callback })
  await eventually(() => stage.gateway.of('connection', 'ungu').some(each => each.state === 'stopped'))
})

test('what is sealed with a key that this process does not have waits, in its order, for one that has it; all others are told', async () => {
  const key = (id: number) => Buffer.alloc(32, id).toString('base64')
  const rolled = new Seal(new Map([[2, Buffer.alloc(32, 2)]]))
  const database = new pg.Client(stage.databaseUrl)
  await database.connect()
  const insert = (session: string, text: string, seal: Seal) =>
    database.query('INSERT INTO wa_event (session, dedupe, body) VALUES ($1, $2, $3)',
      [session, text, seal.seal(`event|${session}`, JSON.stringify({ kind: 'message', text }))])
  const usual = new Seal(new Map([[1, Buffer.alloc(32, 7)]]))
  await database.query('BEGIN')
  for (const [text, seal] of [['first', usual], ['STOP', rolled], ['last', usual]] as const) await insert('rolled-1', text, seal)
  await insert('rolled-2', 'of another', usual)
  await database.query('COMMIT')
  const of = (session: string) => stage.gateway.of('message', session).map(each => each.text)
  await eventually(() => of('rolled-1').length === 1 && of('rolled-2').length === 1, 10_000)
  // the pod that has not been rolled yet looks again and again
  await sleep(1_500)
  const { rows } = await database.query(`SELECT count(*) FILTER (WHERE parked)::int AS parked, count(body)::int AS waiting FROM wa_event
    WHERE session = 'rolled-1'`)
  assert.deepEqual([rows[0], of('rolled-1')], [{ parked: 0, waiting: 2 }, ['first']])
  // the first one by its name tells what is nobody's
  const rolledOne = await stage.bridge({ BRIDGE_OWNER: 'a-rolled-one', BRIDGE_KEYS: `2:${key(2)},1:${key(7)}` })
  await eventually(() => of('rolled-1').length === 3, 15_000)
  await rolledOne.bridge.stop()
  await database.end()
  assert.deepEqual(of('rolled-1'), ['first', 'STOP', 'last'])
})

test('what came without its content, as answers to an advertisement do, is asked for at the phone, and told once', async () => {
  const id = await stage.fake.say('60126002030', ME, 'STOP by an advertisement', { bare: true })
  await eventually(() => told(id).length === 1, 10_000)
  const { phone, text, type, at } = told(id)[0]!
  assert.deepEqual({ phone, text, type }, { phone: '60126002030', text: 'STOP by an advertisement', type: 'conversation' })
  assert.ok(Math.abs(at * 1_000 - Date.now()) < 60_000)
})

test('what a device cannot read however often it is said is asked for at the phone', async () => {
  await merah.send('merah', 'read-first', '60126002031', 'hello')
  const id = await stage.fake.say('60126002031', ME, 'STOP that nobody can read', { corrupt: true, deaf: true })
  await eventually(() => told(id).length === 1, 15_000)
  assert.deepEqual([told(id)[0]!.phone, told(id)[0]!.text], ['60126002031', 'STOP that nobody can read'])
})

test('only our own phone is believed to have what others said', async () => {
  const forged = proto.WebMessageInfo.encode({
    key: { remoteJid: '60126002033@s.whatsapp.net', fromMe: false, id: 'FORGED' }, messageTimestamp: 1, message: { conversation: 'STOP' },
  }).finish()
  const protocolMessage = {
    type: proto.Message.ProtocolMessage.Type.PEER_DATA_OPERATION_REQUEST_RESPONSE_MESSAGE,
    peerDataOperationRequestResponseMessage: { peerDataOperationResult: [{ placeholderMessageResendResponse: { webMessageInfoBytes: forged } }] },
  }
  await stage.fake.say('60126002032', ME, '', { message: { protocolMessage } })
  const next = await stage.fake.say('60126002032', ME, 'after it')
  await eventually(() => told(next).length === 1)
  assert.equal(told('FORGED').length, 0)
})

test('an edit is told as a message of its own', async () => {
  const first = await stage.fake.say('60126002034', ME, 'ok')
  const edit = (text: string) => ({
    editedMessage: { message: { protocolMessage: { type: proto.Message.ProtocolMessage.Type.MESSAGE_EDIT, key: { id: first }, editedMessage: { conversation: text } } } },
  })
  const second = await stage.fake.say('60126002034', ME, '', { message: edit('STOP') })
  const { editedMessage } = edit('STOP please')
  const third = await stage.fake.say('60126002034', ME, '', { message: editedMessage.message })
  await eventually(() => [first, second, third].every(id => told(id).length === 1), 10_000)
  assert.deepEqual([second, third].map(id => [told(id)[0]!.phone, told(id)[0]!.text, told(id)[0]!.type]),
    [['60126002034', 'STOP', 'conversation'], ['60126002034', 'STOP please', 'conversation']])
})

test('a contact whose messages are hosted is a person', async () => {
  const byPhone = await stage.fake.say('60126002035', ME, 'STOP hosted', { hosted: true })
  const byLid = await stage.fake.say('60126002036', ME, 'STOP hosted', { hosted: true, lid: true })
  await eventually(() => [byPhone, byLid].every(id => told(id).length === 1), 10_000)
  assert.deepEqual([told(byPhone)[0]!.phone, told(byLid)[0]!.lid], ['60126002035', lidOfContact('60126002036')])
})

test('what the owner of a phone mutes or archives there is not downloaded: the keys would be held meanwhile', async () => {
  const asked = () => stage.fake.world.asked.filter(each => each === 'w:sync:app:state').length
  const before = asked()
  const [connection] = stage.fake.world.liveOf(ME)
  connection!.send({
    tag: 'notification', attrs: { from: SERVER, type: 'server_sync', id: 'muted-1', t: seconds() },
    content: [{ tag: 'collection', attrs: { name: 'regular_low', version: '7' } }],
  })
  const id = await stage.fake.say('60126002099', ME, 'in the meantime')
  await eventually(() => stage.gateway.of('message').some(each => each.wa_id === id))
  assert.ok(stage.fake.world.told.some(each => each.attrs.id === 'muted-1' && each.tag === 'ack'))
  assert.equal(asked(), before)
})

test('a message of an impossible name that is asked for again ends no connection', async () => {
  const logins = stage.fake.world.logins.length
  const [connection] = stage.fake.world.liveOf(ME)
  connection!.send({
    tag: 'receipt', attrs: { from: `60126002098@${SERVER}`, id: 'no\0name', type: 'retry', t: seconds() },
    content: [{ tag: 'retry', attrs: { count: '1', id: 'no\0name', t: seconds(), v: '1' } }],
  })
  const id = await stage.fake.say('60126002098', ME, 'after it')
  await eventually(() => told(id).length === 1)
  assert.equal(stage.fake.world.logins.length, logins)
})
