import assert from 'node:assert/strict'
import { after, afterEach, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { waId } from '../src/message/wa-id.ts'
import { eventually, type BridgeClient } from './support/client.ts'
import { interlacedPng } from './support/images.ts'
import { alter } from './support/postgres.ts'
import { Stage } from './support/stage.ts'

const AINA = '60126001000'
const ME = '60112000001'
const PIXEL = {
  mimetype: 'image/png',
  data: 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
}

let stage: Stage
let merah: BridgeClient

before(async () => {
  stage = await Stage.set()
  merah = await stage.bridge()
  await merah.link(stage.fake, 'merah', ME)
})
afterEach(() => stage.fake.heal())
after(() => stage.strike())

const delivered = (text: string) => stage.fake.ledger.filter(each => each.text === text)

test('a text arrives as written, end to end encrypted, under an id of ours', async () => {
  const text = 'Hai Aina,\n\n*50% off* 🎉 https://toko.example/a?b=c'
  const reply = await merah.send('merah', 'm-1', AINA, text)
  assert.deepEqual([reply.status, reply.state, reply.replayed], [200, 'accepted', false])
  assert.equal(reply.wa_id, waId('m-1'))
  const [only, ...more] = delivered(text)
  assert.equal(more.length, 0)
  assert.deepEqual([only!.from, only!.phone, only!.id, only!.unreadable], [ME, AINA, reply.wa_id, undefined])
})

test('a repeated PUT answers what the first one ended with, and sends nothing', async () => {
  await merah.send('merah', 'm-2', AINA, 'once')
  const again = await merah.send('merah', 'm-2', AINA, 'once')
  const changed = await merah.send('merah', 'm-2', AINA, 'another text under the same id')
  assert.deepEqual([again.status, again.state, again.replayed], [200, 'accepted', true])
  assert.deepEqual([changed.status, changed.replayed], [200, true])
  assert.equal(delivered('once').length, 1)
  assert.equal(delivered('another text under the same id').length, 0)
})

test('two PUTs of one message at the same moment send it once', async () => {
  const both = await Promise.all([1, 2, 3].map(() => merah.send('merah', 'm-3', AINA, 'at once')))
  assert.equal(delivered('at once').length, 1)
  assert.equal(both.filter(each => each.replayed === false).length, 1)
})

test('an image goes as bytes, with its caption', async () => {
  const reply = await merah.send('merah', 'm-4', AINA, 'Promo', PIXEL)
  assert.deepEqual([reply.status, reply.state], [200, 'accepted'])
  const [only] = delivered('Promo')
  const bytes = Buffer.from(PIXEL.data, 'base64').length
  assert.deepEqual(only!.image, { mimetype: 'image/png', bytes, width: 1, height: 1, hasThumbnail: true })
  assert.equal(stage.fake.world.uploads.length, 1)
})

test('an image of a few bytes and very many pixels is refused before anything is decoded', async () => {
  const data = interlacedPng(16_383).toString('base64')
  assert.ok(data.length < 100_000)
  let most = 0
  const watch = setInterval(() => (most = Math.max(most, process.memoryUsage.rss())), 5)
  const before = process.memoryUsage.rss()
  const reply = await merah.send('merah', 'm-40', AINA, 'bomb', { mimetype: 'image/png', data })
  clearInterval(watch)
  assert.deepEqual([reply.status, reply.error], [400, 'invalid'])
  assert.match(reply.detail, /^image\.data: .*pixels/)
  assert.ok(most - before < 100 << 20, `${(most - before) >> 20} MiB more`)
  assert.equal(delivered('bomb').length, 0)
})

test('what its decoder would hold whole goes without the small picture that shows before it', async () => {
  const data = interlacedPng(5_000).toString('base64')
  assert.equal((await merah.send('merah', 'm-41', AINA, 'held whole', { mimetype: 'image/png', data })).state, 'accepted')
  const { width, height, hasThumbnail } = delivered('held whole')[0]!.image!
  assert.deepEqual([width, height, hasThumbnail], [5_000, 5_000, false])
})

test('a refusal of the server is told with its code: Baileys would resolve as if it were sent', async () => {
  stage.fake.set({ nack: { [AINA]: '463' } })
  const reply = await merah.send('merah', 'm-5', AINA, 'cold')
  assert.deepEqual([reply.status, reply.state, reply.code], [422, 'rejected', '463'])
  const again = await merah.send('merah', 'm-5', AINA, 'cold')
  assert.deepEqual([again.status, again.replayed], [422, true])
  assert.equal(stage.fake.ledger.filter(each => each.refused).length, 1)
  stage.fake.heal()
  const body = { phone: AINA, text: 'cold', even_rejected: true }
  const knowing = await merah.call('PUT', '/v1/sessions/merah/messages/m-5', body)
  assert.deepEqual([knowing.status, knowing.replayed], [200, false])
  assert.equal((await merah.call('PUT', '/v1/sessions/merah/messages/m-5', body)).replayed, true)
  assert.equal(delivered('cold').length, 1)
})

test('a contact that moved to its LID is written to there', async () => {
  stage.fake.set({ lidOnly: ['60126001007'] })
  const reply = await merah.send('merah', 'm-6', '60126001007', 'to the LID')
  assert.equal(reply.state, 'accepted')
  assert.match(delivered('to the LID')[0]!.to, /@lid$/)
})

test('no answer of the server is unknown, and stays so however often it is put', async () => {
  stage.fake.set({ dropAcks: true })
  const reply = await merah.send('merah', 'm-7', AINA, 'silence')
  stage.fake.heal()
  assert.deepEqual([reply.status, reply.state, reply.detail], [504, 'unknown', 'no_answer'])
  const again = await merah.send('merah', 'm-7', AINA, 'silence')
  assert.deepEqual([again.status, again.replayed], [504, true])
  assert.equal(delivered('silence').length, 1)
})

test('an answer that comes too late settles the unknown', async () => {
  stage.fake.set({ ackDelayMs: 5_500 })
  assert.equal((await merah.send('merah', 'm-8', AINA, 'slow answer')).state, 'unknown')
  stage.fake.heal()
  await eventually(async () => (await merah.lookUp('merah', 'm-8')).state === 'accepted')
})

test('a receipt proves that an unknown message went out', async () => {
  stage.fake.set({ dropAcks: true })
  assert.equal((await merah.send('merah', 'm-9', AINA, 'only a receipt')).state, 'unknown')
  stage.fake.heal()
  stage.fake.receipt(ME, `${AINA}@s.whatsapp.net`, waId('m-9'))
  await eventually(async () => (await merah.lookUp('merah', 'm-9')).state === 'accepted')
})

test('a contact that asks for an unknown message again proves that it went out, whatever becomes of the copy', async () => {
  stage.fake.set({ dropAcks: true })
  assert.equal((await merah.send('merah', 'm-42', '60126001042', 'asked for again')).state, 'unknown')
  stage.fake.heal()
  stage.fake.set({ nack: { '60126001042': '479' } })
  stage.fake.askAgain(waId('m-42'))
  await eventually(() => stage.fake.ledger.some(each => each.id === waId('m-42') && each.refused))
  // its answer comes after that to the copy
  assert.equal((await merah.send('merah', 'm-43', '60126001042', 'refused')).code, '479')
  await eventually(async () => (await merah.lookUp('merah', 'm-42')).state !== 'unknown')
  assert.equal((await merah.lookUp('merah', 'm-42')).state, 'accepted')
})

test('a connection that is cut after the write leaves the message unknown', async () => {
  stage.fake.set({ cutBeforeAck: true })
  const reply = await merah.send('merah', 'm-10', AINA, 'cut')
  stage.fake.heal()
  assert.deepEqual([reply.status, reply.detail], [504, 'connection_closed'])
  await merah.until('merah', 'open')
  assert.equal((await merah.send('merah', 'm-11', AINA, 'after the cut')).state, 'accepted')
  assert.equal(delivered('after the cut')[0]!.unreadable, undefined)
})

test('keys that cannot be stored after the write make no second message, and the next one can be read', async () => {
  await merah.send('merah', 'm-20', '60126001020', 'warm')
  await stage.fake.say('60126001020', ME, 'so that the ratchet turns')
  await merah.send('merah', 'm-21', '60126001020', 'warm again')
  const database = new pg.Client(stage.databaseUrl)
  await database.connect()
  await alter(database, `CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'no'; END $$;
    CREATE TRIGGER fails BEFORE INSERT OR UPDATE ON wa_auth FOR EACH ROW WHEN (NEW.type = 'session') EXECUTE FUNCTION fail()`)
  const logins = stage.fake.world.logins.length
  const begun = Date.now()
  const reply = await merah.send('merah', 'm-22', '60126001020', 'its keys are lost')
  const took = Date.now() - begun
  await alter(database, 'DROP TRIGGER fails ON wa_auth; DROP FUNCTION fail')
  await database.end()
  assert.deepEqual([reply.status, reply.state], [200, 'accepted'])
  assert.equal((await merah.send('merah', 'm-22', '60126001020', 'its keys are lost')).replayed, true)
  assert.ok(took < 3_000, `the answer took ${took} ms: the message has left, and the store is tried on`)
  await eventually(() => stage.fake.world.logins.length > logins)
  await merah.until('merah', 'open')
  assert.equal((await merah.send('merah', 'm-23', '60126001020', 'after it')).state, 'accepted')
  const arrived = stage.fake.ledger.filter(each => each.phone === '60126001020').map(each => each.text ?? each.unreadable)
  assert.deepEqual(arrived, ['warm', 'warm again', 'its keys are lost', 'after it'])
})

test('a directory that does not answer is not sent: the message would go to our own phone alone', async () => {
  stage.fake.set({ silent: ['usync'] })
  const reply = await merah.send('merah', 'm-12', '60126001012', 'nowhere')
  assert.deepEqual([reply.status, reply.state], [503, 'not_sent'])
  stage.fake.heal()
  const later = await merah.send('merah', 'm-12', '60126001012', 'nowhere')
  assert.deepEqual([later.status, later.replayed], [200, false])
  assert.equal(delivered('nowhere').length, 1)
})

test('what has not left at its deadline never leaves, however late the answers before it come', async () => {
  stage.fake.set({ queryDelayMs: 700 })
  const begun = Date.now()
  const reply = await merah.send('merah', 'm-30', '60126001030', 'in time', undefined, 500)
  assert.deepEqual([reply.status, reply.state, reply.detail], [503, 'not_sent', 'too_late'])
  assert.ok(Date.now() - begun < 700)
  assert.equal((await merah.send('merah', 'm-30', '60126001030', 'in time')).detail, 'still_ending')
  await sleep(5_000)
  assert.equal(delivered('in time').length, 0)
  stage.fake.heal()
  const again = await merah.send('merah', 'm-30', '60126001030', 'in time')
  assert.deepEqual([again.status, again.replayed], [200, false])
  assert.equal(delivered('in time').length, 1)
  assert.equal(delivered('in time')[0]!.unreadable, undefined)
})

test('an upload that stalls holds up no other message', async () => {
  stage.fake.set({ stalledUploads: true })
  const stalled = merah.send('merah', 'm-31', AINA, 'stalled', PIXEL, 1_000)
  assert.equal((await merah.send('merah', 'm-32', AINA, 'behind it', undefined, 5_000)).state, 'accepted')
  assert.deepEqual([(await stalled).status, (await stalled).detail], [503, 'too_late'])
  assert.equal(delivered('stalled').length, 0)
})

test('an image that a phone asks for again is sent as an image', async () => {
  const id = (await merah.send('merah', 'm-33', '60126001033', 'Promo again', PIXEL)).wa_id
  await merah.send('merah', 'm-34', '60126001033', 'words again')
  // a new connection remembers no message by itself
  const logins = stage.fake.world.logins.length
  stage.fake.kick(ME, 'reset')
  await eventually(() => stage.fake.world.logins.length > logins)
  await merah.until('merah', 'open')
  stage.fake.askAgain(id)
  stage.fake.askAgain(waId('m-34'))
  await eventually(() => stage.fake.ledger.filter(each => each.phone === '60126001033' && each.times > 1).length === 2)
  const copies = stage.fake.ledger.filter(each => each.phone === '60126001033' && each.times > 1)
  assert.deepEqual(copies.map(each => [each.text, each.image?.mimetype]), [['Promo again', 'image/png'], ['words again', undefined]])
})

test('an end that cannot be written down is answered, and written down later; an earlier proof stands', async () => {
  const database = new pg.Client(stage.databaseUrl)
  await database.connect()
  const state = async (id: string) => (await merah.lookUp('merah', id)).state
  await alter(database, `CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'no'; END $$;
    CREATE TRIGGER fails BEFORE UPDATE ON wa_out FOR EACH ROW WHEN (NEW.state = 'accepted') EXECUTE FUNCTION fail()`)
  const reply = await merah.send('merah', 'm-35', AINA, 'written down later')
  assert.deepEqual([reply.status, reply.state, await state('m-35')], [200, 'accepted', 'started'])
  await alter(database, 'DROP TRIGGER fails ON wa_out; DROP FUNCTION fail')
  await eventually(async () => (await state('m-35')) === 'accepted')
  await database.end()
  stage.fake.set({ dropAcks: true })
  const silent = merah.send('merah', 'm-36', AINA, 'proven by its receipt')
  await eventually(() => delivered('proven by its receipt').length === 1)
  stage.fake.receipt(ME, `${AINA}@s.whatsapp.net`, waId('m-36'))
  await eventually(async () => (await state('m-36')) === 'accepted', 3_000)
  await silent
  assert.equal(await state('m-36'), 'accepted')
})

test('a number that is not on WhatsApp is rejected', async () => {
  stage.fake.set({ unknown: ['60126001013'] })
  const reply = await merah.send('merah', 'm-13', '60126001013', 'nobody')
  assert.deepEqual([reply.status, reply.code], [422, 'not_on_whatsapp'])
})

test('a session that is not open is not sent', async () => {
  await merah.open('unlinked')
  await merah.until('unlinked', 'qr')
  const reply = await merah.send('unlinked', 'm-14', AINA, 'too early')
  assert.deepEqual([reply.status, reply.state, reply.detail], [503, 'not_sent', 'not_connected'])
  assert.equal((await merah.lookUp('unlinked', 'm-14')).status, 404)
})

test('a message in the answer of which somebody waits says that it is started', async () => {
  stage.fake.set({ ackDelayMs: 400 })
  const first = merah.send('merah', 'm-15', AINA, 'under way')
  await eventually(() => delivered('under way').length === 1)
  assert.deepEqual([(await merah.send('merah', 'm-15', AINA, 'under way')).status], [409])
  assert.equal((await first).state, 'accepted')
})

test('a number can be checked, typing shown, the limits asked, without sending', async () => {
  stage.fake.set({ unknown: ['60126001016'], timelockUntil: Math.floor(Date.now() / 1_000) + 3_600 })
  assert.equal((await merah.call('GET', `/v1/sessions/merah/check/${AINA}`)).on_whatsapp, true)
  assert.equal((await merah.call('GET', '/v1/sessions/merah/check/60126001016')).on_whatsapp, false)
  assert.equal((await merah.call('POST', '/v1/sessions/merah/typing', { phone: AINA })).status, 204)
  await eventually(() => stage.fake.world.told.some(each => each.tag === 'chatstate' && each.child === 'composing'))
  const limits = await merah.call('GET', '/v1/sessions/merah/limits')
  assert.equal(limits.timelock.active, true)
  assert.ok(Date.parse(limits.timelock.until) > Date.now())
  assert.deepEqual(limits.new_chats, { total: 500, used: 12 })
})
