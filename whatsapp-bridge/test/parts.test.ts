import '../src/observe/quiet-console.ts'

import { addTransactionCapability, initAuthCreds, type SignalDataSet, type SignalKeyStore } from '@whiskeysockets/baileys'
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { test, type TestContext } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import sharp, { type Sharp } from 'sharp'
import type { AuthStore } from '../src/auth/auth-store.ts'
import { ConnectionKeys, ConnectionOver } from '../src/auth/connection-keys.ts'
import { Fenced } from '../src/auth/fence.ts'
import { orderedSignalRepository } from '../src/auth/signal-repository.ts'
import { Seal } from '../src/auth/seal.ts'
import { Misconfigured, readConfig } from '../src/config.ts'
import type { EventStore, StoredEvent } from '../src/event/event-store.ts'
import { signatureOf, Webhook } from '../src/event/webhook.ts'
import { Refused } from '../src/http/answers.ts'
import { readMessageBody } from '../src/http/message-body.ts'
import { imageHead } from '../src/message/image-head.ts'
import { Lane } from '../src/message/lane.ts'
import { Thumbnails } from '../src/message/thumbnails.ts'
import { waId } from '../src/message/wa-id.ts'
import { kindOf, silentLog } from '../src/observe/log.ts'
import { Metrics } from '../src/observe/metrics.ts'
import { closeVerdict, reconnectDelay } from '../src/session/close-verdict.ts'
import { Comebacks } from '../src/session/comebacks.ts'
import { ConnectGate, Slots } from '../src/session/connect-gate.ts'
import { Connector } from '../src/session/connector.ts'
import { CredentialsSaver } from '../src/session/credentials-saver.ts'
import { readMessage } from '../src/session/inbound.ts'
import { isSamePhone } from '../src/session/linked-phones.ts'
import type { Presence } from '../src/session/presence.ts'
import type { Services } from '../src/session/services.ts'
import { Sessions } from '../src/session/sessions.ts'
import type { UplinkOwner } from '../src/session/uplink.ts'
import { jpeg } from './support/images.ts'

const thumbnails = new Thumbnails(new Metrics(), silentLog)

test("WhatsApp's id follows from ours alone", () => {
  assert.equal(waId('01890a5d-ac96-774b-bcce-b302099a8057'), waId('01890a5d-ac96-774b-bcce-b302099a8057'))
  assert.match(waId('a'), /^3EB0[0-9A-F]{18}$/)
  assert.notEqual(waId('a'), waId('b'))
})

test('what is sealed opens only with its key and in its place', () => {
  const old = new Seal(new Map([[1, Buffer.alloc(32, 1)]]))
  const rotated = new Seal(new Map([[2, Buffer.alloc(32, 2)], [1, Buffer.alloc(32, 1)]]))
  const sealed = old.seal('merah|creds|', 'a key')
  assert.equal(rotated.open('merah|creds|', sealed), 'a key')
  assert.throws(() => rotated.open('biru|creds|', sealed))
  assert.throws(() => old.open('merah|creds|', rotated.seal('merah|creds|', 'a key')), /key 2/)
  assert.ok(!sealed.includes('a key'))
})

test('what follows the end of a connection', () => {
  assert.deepEqual(closeVerdict(515, false), { kind: 'linked' })
  assert.deepEqual(closeVerdict(515, true), { kind: 'cut' })
  assert.deepEqual(closeVerdict(401, true), { kind: 'end', state: 'logged_out' })
  assert.deepEqual(closeVerdict(403, true), { kind: 'end', state: 'banned' })
  assert.deepEqual(closeVerdict(406, true), { kind: 'end', state: 'banned' })
  assert.deepEqual(closeVerdict(402, true), { kind: 'end', state: 'banned', detail: 'for_a_while' })
  assert.deepEqual(closeVerdict(440, true), { kind: 'contested' })
  assert.deepEqual(closeVerdict(405, true), { kind: 'end', state: 'failed', detail: 'client_too_old' })
  assert.deepEqual(closeVerdict(408, false), { kind: 'end', state: 'failed', detail: 'not_linked_in_time' })
  assert.deepEqual(closeVerdict(408, false, 0, true), { kind: 'linked' })
  for (const code of [408, 428, 500, 503, undefined]) assert.deepEqual(closeVerdict(code, true), { kind: 'cut' })
})

test('a session comes back ever more slowly, at most after a minute, and never all at the same moment', () => {
  assert.deepEqual([1, 2, 3, 7, 50].map(n => reconnectDelay(n, () => 1)), [1_000, 2_000, 4_000, 60_000, 60_000])
  assert.equal(reconnectDelay(1, () => 0), 500)
})

test('a session that is thrown out comes back three times in ten minutes, ever more slowly', () => {
  const comebacks = new Comebacks()
  assert.deepEqual([1, 2, 3, 4].map(n => comebacks.next(n, () => 1)), [1_000, 2_000, 4_000, undefined])
  assert.equal(comebacks.next(600_002, () => 1), 2_000)
})

test('a phone is the same one where WhatsApp writes a digit more or less', () => {
  const same = [['60123456789', '60123456789'], ['525512345678', '5215512345678'], ['541112345678', '5491112345678'], ['5511987654321', '551187654321']]
  for (const [one, other] of same) assert.ok(isSamePhone(one!, other!) && isSamePhone(other!, one!), one)
  for (const [one, other] of [['60123456789', '60123456780'], ['60123456789', '601123456789'], ['5511987654321', '551187654322']]) {
    assert.ok(!isSamePhone(one!, other!), one)
  }
})

test('at most so many connections begin in a second', () => {
  const gate = new ConnectGate(5)
  const waits = Array.from({ length: 11 }, () => gate.reserve(1_000))
  assert.deepEqual(waits, [0, 200, 400, 600, 800, 1_000, 1_200, 1_400, 1_600, 1_800, 2_000])
  assert.equal(gate.reserve(60_000), 0)
})

test('slots are given back once, to whoever waits first', async () => {
  const slots = new Slots(1)
  const first = await slots.take()
  let second: (() => void) | undefined
  const waiting = slots.take().then(leave => (second = leave))
  await Promise.resolve()
  assert.equal(second, undefined)
  first()
  first()
  await waiting
  assert.ok(second)
})

test('a lane works in order, goes on after a failure, and says when too many wait', async () => {
  const lane = new Lane(2)
  const done: number[] = []
  const failing = lane.run(async () => Promise.reject(new Error('1')))
  const second = lane.run(async () => void done.push(2))
  assert.ok(lane.isFull)
  await assert.rejects(failing)
  await second
  assert.deepEqual(done, [2])
  assert.ok(!lane.isFull)
})

test('credentials are saved one save after the other, the last state last', async () => {
  const saved: number[] = []
  let state = 0
  let running = 0
  const saver = new CredentialsSaver(async () => {
    assert.equal(++running, 1)
    const now = state
    await new Promise(done => setTimeout(done, 5))
    saved.push(now)
    running--
  }, () => {})
  for (state = 1; state < 5; state++) saver.request()
  await saver.saved()
  assert.deepEqual(saved, [1, 5]) // the first, then what stands when it has ended
})

test('credentials that could not be saved are owed until they are, or until the session has another owner', async () => {
  const order: string[] = []
  let failure: Error | undefined = new Error('away')
  const saver = new CredentialsSaver(async () => {
    order.push('tried')
    if (failure) throw failure
  }, () => order.push('ended'))
  saver.request()
  await sleep(1_000)
  assert.deepEqual(order.splice(0), ['tried', 'tried', 'tried', 'ended'])
  let isSaved = false
  const saved = saver.saved().then(() => (isSaved = true))
  await sleep(500)
  assert.ok(order.includes('tried') && !isSaved)
  failure = undefined
  await saved
  failure = new Fenced()
  saver.request()
  await saver.saved()
})

test('a successor hears in time that what it waits for cannot be saved now', async () => {
  const saver = new CredentialsSaver(() => new Promise<void>(() => {}), () => {}, 50)
  saver.request()
  await assert.rejects(saver.saved(), /not saved/)
})

test('the words of a message are found in each of its kinds', () => {
  assert.deepEqual(readMessage({ conversation: 'STOP' }), { text: 'STOP', type: 'conversation' })
  assert.deepEqual(readMessage({ extendedTextMessage: { text: 'STOP' } }), { text: 'STOP', type: 'extendedText' })
  assert.deepEqual(readMessage({ imageMessage: { caption: 'look' } }), { text: 'look', type: 'image' })
  assert.deepEqual(readMessage({ ephemeralMessage: { message: { conversation: 'STOP' } } }), { text: 'STOP', type: 'conversation' })
  assert.deepEqual(readMessage({ audioMessage: {} }), { text: undefined, type: 'audio' })
  assert.equal(readMessage({ protocolMessage: {} }), undefined)
  assert.equal(readMessage({ senderKeyDistributionMessage: {} }), undefined)
})

test('a body that is wrong is refused by the name of its field', () => {
  const good = { phone: '60123456789', text: 'hai' }
  const refusals: [object, string][] = [
    [{ ...good, phone: '+60123456789' }, 'phone'], [{ ...good, phone: 60123456789 }, 'phone'], [{ ...good, text: ' ' }, 'text'],
    [{ ...good, txt: 'x' }, 'txt'], [{ ...good, text: 'x'.repeat(65_537) }, 'text'],
    [{ ...good, within_ms: 0 }, 'within_ms'], [{ ...good, within_ms: 60_001 }, 'within_ms'],
    [{ ...good, image: { mimetype: 'image/gif', data: 'AAAA' } }, 'image.mimetype'],
    [{ ...good, image: { mimetype: 'image/png', data: 'http://10.0.0.1/' } }, 'image.data'],
    [{ ...good, image: { mimetype: 'image/png', data: 'AAAA' } }, 'image.data'],
    [{ ...good, image: { mimetype: 'image/jpeg', data: jpeg(0xc0, 14_143, 14_143).toString('base64') } }, 'image.data'],
    [{ ...good, image: { mimetype: 'image/jpeg', data: jpeg(0xc0, 40_000, 100).toString('base64') } }, 'image.data'],
  ]
  for (const [body, field] of refusals) {
    assert.throws(() => readMessageBody(body as Record<string, unknown>),
      error => error instanceof Refused && (error.answer.body as { detail: string }).detail.startsWith(`${field}: `), field)
  }
  assert.deepEqual(readMessageBody(good), { ...good, image: undefined, evenRejected: false, withinMs: 60_000 })
})

test('a photo of 50 million pixels is taken, and goes without a small picture', async () => {
  const photo = await sharp({ create: { width: 8_160, height: 6_120, channels: 3, background: 'red' } }).jpeg().toBuffer()
  const image = { mimetype: 'image/jpeg', data: photo.toString('base64') }
  assert.equal(readMessageBody({ phone: '60123456789', text: 'hai', image }).image?.data.length, photo.length)
  assert.equal(await thumbnails.of(photo), null)
})

test('how large an image is stands in its first bytes, and how much its decoder holds of it', async () => {
  const real = async (make: (image: Sharp) => Sharp) =>
    imageHead(await make(sharp({ create: { width: 300, height: 200, channels: 3, background: 'red' } })).toBuffer())
  const size = { width: 300, height: 200 }
  assert.deepEqual(await real(image => image.jpeg()), { ...size, heldBytes: 0 })
  assert.deepEqual(await real(image => image.jpeg({ progressive: true }).withExif({ IFD0: { Copyright: 'x'.repeat(9_000) } })), { ...size, heldBytes: (38 * 26 + 2 * 19 * 13) * 128 })
  assert.deepEqual(await real(image => image.png()), { ...size, heldBytes: 0 })
  assert.deepEqual(await real(image => image.png({ progressive: true })), { ...size, heldBytes: 300 * 200 * 8 })
  assert.equal(await real(image => image.webp()), undefined)
  assert.equal(imageHead(jpeg(0xc0, 300, 200, 1))?.heldBytes, 3 * 38 * 25 * 128) // a scan for each of its colours
  assert.equal(imageHead(jpeg(0xc4, 300, 200)), undefined) // tables, and no frame
  for (const cut of [0, 1, 3, 12, 20]) assert.equal(imageHead(jpeg(0xc0, 300, 200).subarray(0, cut)), undefined)
  assert.equal(imageHead(jpeg(0xc0, 0, 200)), undefined)
})

test('a small picture is made of an image that goes line by line, and not of what its decoder holds much of', async () => {
  const image = (progressive: boolean) => sharp({ create: { width: 4_000, height: 3_000, channels: 3, background: 'red' } }).png({ progressive }).toBuffer()
  const small = await thumbnails.of(await image(false))
  assert.deepEqual(imageHead(Buffer.from(small!, 'base64')), { width: 32, height: 24, heldBytes: 0 })
  assert.equal(await thumbnails.of(await image(true)), null)
  const progressive = (chromaSubsampling: string) =>
    sharp({ create: { width: 4_000, height: 3_000, channels: 3, background: 'red' } }).jpeg({ progressive: true, chromaSubsampling }).toBuffer()
  assert.ok(await thumbnails.of(await progressive('4:2:0')))
  assert.equal(await thumbnails.of(await progressive('4:4:4')), null)
  const tall = await sharp({ create: { width: 2, height: 9_000, channels: 3, background: 'red' } }).png().toBuffer()
  assert.equal(imageHead(Buffer.from((await thumbnails.of(tall))!, 'base64'))?.height, 128)
  const wide = await sharp({ create: { width: 10_001, height: 10, channels: 3, background: 'red' } }).png().toBuffer()
  assert.equal(await thumbnails.of(wide), null)
  assert.equal(await thumbnails.of(jpeg(0xc0, 300, 200)), null) // nothing after its head
})

test('what becomes of small pictures is counted, and said once where none can be made', async () => {
  const image = await sharp({ create: { width: 30, height: 20, channels: 3, background: 'red' } }).png().toBuffer()
  const metrics = new Metrics()
  const said: string[] = []
  const log = { ...silentLog, error: (_facts: object, words: string) => said.push(words) }
  const made = new Thumbnails(metrics, log)
  await made.of(image)
  await made.of(image.subarray(0, 40))
  await made.of(jpeg(0xc0, 10_001, 10))
  const results = async () => [...(await metrics.text()).matchAll(/^siaran_bridge_thumbnails_total{result="(.*)"} (.*)$/gm)].map(each => each.slice(1).join(' '))
  assert.deepEqual([await results(), said.length], [['made 1', 'costly 1', 'late 0', 'failed 1'], 0])
  const unmade = new Thumbnails(metrics, log, async () => { throw new Error('Could not load the "sharp" module') })
  assert.deepEqual([await unmade.of(image), await unmade.of(image)], [null, null])
  assert.deepEqual([await results(), said.length], [['made 1', 'costly 1', 'late 0', 'failed 3'], 1])
})

test('a setting that is missing or wrong is named, its value is not', () => {
  const good = {
    BRIDGE_TOKEN: 't'.repeat(32), BRIDGE_DATABASE_URL: 'postgresql://localhost/bridge', BRIDGE_WEBHOOK_URL: 'http://localhost/x',
    BRIDGE_WEBHOOK_SECRET: 's'.repeat(32), BRIDGE_KEYS: `1:${Buffer.alloc(32).toString('base64')}`,
  }
  assert.equal(readConfig(good).maxSessions, 250)
  for (const name of Object.keys(good)) {
    assert.throws(() => readConfig({ ...good, [name]: 'secret' }), error =>
      error instanceof Misconfigured && error.message.includes(name) && !error.message.includes('secret'), name)
    assert.throws(() => readConfig({ ...good, [name]: undefined }), Misconfigured, name)
  }
})

test('a signature covers the time and every byte', () => {
  const signature = signatureOf('secret', '1700000000', '[{"id":"1"}]')
  assert.match(signature, /^sha256=[0-9a-f]{64}$/)
  assert.notEqual(signature, signatureOf('secret', '1700000001', '[{"id":"1"}]'))
  assert.notEqual(signature, signatureOf('secret', '1700000000', '[{"id":"2"}]'))
})

test('events of a session that moved away after they were refused are not looked for ever more often', async () => {
  const event = { id: '1', session: 'moved', body: { kind: 'message' }, callback: null } as StoredEvent
  let looks = 0
  const events = { untold: async () => (looks++ === 0 ? [event] : []) } as unknown as EventStore
  const nowhere = { url: 'http://127.0.0.1:1/events', secret: 'secret' }
  const webhook = new Webhook(events, nowhere, 'bridge-0', 1_000, new Metrics(), silentLog)
  webhook.start()
  await sleep(1_800)
  await webhook.stop()
  assert.ok(looks < 8, `${looks} looks in 1.8 s`)
})

test('an event of a session that rests is no reason to look through all that waits', async () => {
  const event = { id: '1', session: 'refused', body: { kind: 'message' }, callback: null } as StoredEvent
  let looks = 0
  const events = { untold: async (_owner: string, _gone: number, resting: string[]) => (looks++, resting.length === 0 ? [event] : []) } as unknown as EventStore
  const nowhere = { url: 'http://127.0.0.1:1/events', secret: 'secret' }
  const webhook = new Webhook(events, nowhere, 'bridge-0', 1_000, new Metrics(), silentLog)
  webhook.start()
  await sleep(100)
  for (let i = 0; i < 50; i++) {
    events.wake('refused')
    await sleep(5)
  }
  const ofTheRefused = looks
  events.wake('another')
  await sleep(100)
  const ofAnother = looks - ofTheRefused
  await webhook.stop()
  assert.ok(ofTheRefused < 8, `${ofTheRefused} looks for 50 events`)
  assert.ok(ofAnother > 0, 'a session that does not rest waits')
})

test('a clock that is set back keeps no phone from connecting', async t => {
  let connects = 0
  const keys = { credentials: async () => { connects++; throw new Error('far enough') } } as unknown as AuthStore
  const services = { links: new Slots(1), gate: new ConnectGate(1_000), config: { whatsApp: { calmAfterMs: 0 } } } as Services
  const connector = new Connector(services, keys, { fault: () => {} } as unknown as UplinkOwner, () => true)
  await afterSetBack(t, async () => {
    const before = connects
    connector.begin()
    return soon(() => connects > before)
  })
})

test('a clock that is set back keeps no events waiting', async t => {
  const event = { id: '1', session: 'refused', body: { kind: 'message' }, callback: null } as StoredEvent
  let tells = 0
  const events = { untold: async (_owner: string, _gone: number, except: string[]) => (except.length === 0 ? (tells++, [event]) : []) } as unknown as EventStore
  const nowhere = { url: 'http://127.0.0.1:1/events', secret: 'secret' }
  const webhook = new Webhook(events, nowhere, 'bridge-0', 1_000, new Metrics(), silentLog)
  webhook.start()
  await afterSetBack(t, () => {
    const before = tells
    return soon(() => tells > before)
  })
  await webhook.stop()
})

/** That it happens, and again after the clock was an hour ahead. */
async function afterSetBack(t: TestContext, happens: () => Promise<boolean>) {
  const right = Date.now
  const clock = t.mock.method(Date, 'now', () => right() + 3_600_000)
  assert.ok(await happens())
  clock.mock.restore()
  assert.ok(await happens(), 'it waits until the clock is where it was')
}

async function soon(holds: () => boolean): Promise<boolean> {
  for (let tries = 0; tries < 500 && !holds(); tries++) await sleep(10)
  return holds()
}

test('what has not happened yet is counted as 0, by each of its labels', async () => {
  const text = await new Metrics().text()
  for (const name of ['sends_total{outcome="unknown"}', 'events_total{kind="timelock"}', 'webhook_total{result="parked"}',
    'closes_total{verdict="cut"}', 'closes_total{verdict="passkey_required"}', 'connects_total', 'fenced_total']) {
    assert.ok(text.includes(`siaran_bridge_${name} 0\n`), `${name} is missing`)
  }
})

test('of an error only its kind is logged', () => {
  assert.equal(kindOf(Object.assign(new Error('to 60123456789'), { code: 'ECONNREFUSED' })), 'ECONNREFUSED')
  assert.equal(kindOf(new TypeError('of 60123456789')), 'TypeError')
  assert.equal(kindOf('60123456789'), 'Error')
})

test('the console prints nothing: libsignal writes whole sessions there', () => {
  const script = `import './src/observe/quiet-console.ts'
    for (const method of ['log', 'info', 'warn', 'error', 'debug', 'trace', 'dir', 'table']) console[method]('Closing session:', { privKey: 'secret' })`
  const printed = execFileSync(process.execPath, ['--input-type=module', '-e', script], {
    cwd: new URL('..', import.meta.url), encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'],
  })
  assert.equal(printed, '')
})

test('a session that was given away is not connected any more, by its turn to be linked or by what fails late', async () => {
  const links = new Slots(1)
  const leave = await links.take()
  let connects = 0
  const keys = { credentials: async () => connects++ } as unknown as AuthStore
  const services = { links, gate: new ConnectGate(1_000), config: { whatsApp: { calmAfterMs: 0 } } } as Services
  const connector = new Connector(services, keys, { fault: () => {} } as unknown as UplinkOwner, () => true)
  connector.beginLinked()
  connector.close()
  leave()
  connector.begin()
  await sleep(50)
  assert.equal(connects, 0)
  await links.take() // the place that it did not take is free
})

test('the pause before the next connection is short again after one that stood a while, not after one that only came up', t => {
  const pauses: number[] = []
  let now = 0
  t.mock.method(performance, 'now', () => now)
  t.mock.method(Math, 'random', () => 1)
  t.mock.method(globalThis, 'setTimeout', (_work: unknown, ms: number) => (pauses.push(ms), { unref() {} }))
  const services = { links: new Slots(1), config: { whatsApp: { calmAfterMs: 60_000 } } } as Services
  const connector = new Connector(services, {} as AuthStore, {} as UplinkOwner, () => true)
  const ends = () => (connector.drop(), pauses.splice(0), connector.again(), pauses[0])
  const standsFor = (ms: number) => (connector.stands(), (now += ms), ends())
  assert.deepEqual([standsFor(0), standsFor(59_999), ends(), standsFor(60_000), ends()], [1_000, 2_000, 4_000, 1_000, 2_000])
})

test('a store that fails ends its connection before it says so, after some tries; a lost session at once', async () => {
  const order: string[] = []
  const failing = (error: Error) => ({ get: async () => { order.push('asked'); throw error } }) as unknown as SignalKeyStore
  const ask = (error: Error) => new ConnectionKeys(failing(error), () => order.push('ended')).get('session', ['x']).catch(() => order.push('thrown'))
  await ask(new Error('away'))
  assert.deepEqual(order.splice(0), ['asked', 'asked', 'asked', 'ended', 'thrown'])
  await ask(new Fenced())
  assert.deepEqual(order, ['asked', 'ended', 'thrown'])
})

test('a connection that is over uses the keys no more, and its successor waits for what it still does', async () => {
  const order: string[] = []
  const store = { set: async () => { await sleep(20); order.push('written') }, get: async () => order.push('read') } as unknown as SignalKeyStore
  const keys = new ConnectionKeys(store, () => order.push('ended'))
  const writing = keys.set({})
  keys.close()
  await assert.rejects(keys.set({}), ConnectionOver)
  await assert.rejects(keys.get('session', ['x']), ConnectionOver)
  await keys.idle()
  assert.deepEqual(order, ['written'])
  await writing
})

test('what is written while the transaction that it came from is committed is not lost', async () => {
  const stored: string[] = []
  let committing!: () => void
  const begun = new Promise<void>(done => (committing = done))
  const store = {
    get: async () => ({}),
    set: async (data: SignalDataSet) => { stored.push(...Object.keys(data)); committing(); await sleep(20) },
  } as unknown as SignalKeyStore
  const nothing = () => {}
  const logger = { level: 'silent', child: () => logger, trace: nothing, debug: nothing, info: nothing, warn: nothing, error: nothing } as never
  const keys = addTransactionCapability(store, logger, { maxCommitRetries: 1, delayBetweenTriesMs: 0 })
  orderedSignalRepository(store, async () => {}, () => {})!({ creds: initAuthCreds(), keys }, logger)
  let after!: Promise<void>
  await keys.transaction(async () => {
    await keys.set({ session: { contact: Buffer.from('1') } })
    after = begun.then(async () => {
      await keys.set({ tctoken: { contact: { token: Buffer.from('2') } } })
      await keys.transaction(async () => keys.set({ 'lid-mapping': { contact: 'lid' } }), 'x')
    })
  }, 'x')
  await after
  assert.deepEqual(stored, ['session', 'tctoken', 'lid-mapping'])
})

test('a session that is being opened is not adopted at the same moment', async () => {
  const order: string[] = []
  const services = {
    sessions: {
      letGo: async () => {},
      lost: async () => [],
      take: async () => { order.push('take'); await sleep(100); order.push('taken'); return { session: 'x', epoch: '1' } },
      adopt: async (_room: number, held: string[]) => { order.push(`adopt but ${held}`); return [] },
      release: async () => {},
    },
    out: { takeOver: async () => {}, toRenew: async () => [] },
    config: { whatsApp: { ackTimeoutMs: 1, calmAfterMs: 0 }, maxSessions: 5, connectsPerSecond: 1, goneAfterMs: 60_000, recycleHours: 0 },
    gate: new ConnectGate(0.001), links: new Slots(1), metrics: new Metrics(), log: silentLog,
  } as unknown as Services
  const sessions = new Sessions(services, { beat: async () => 0, leave: async () => {} } as unknown as Presence)
  const opening = sessions.open('x', async () => {})
  await sessions.start()
  await opening
  await sleep(50)
  assert.deepEqual(order, ['take', 'taken', 'adopt but x'])
  await sessions.stop()
})

test('whoever could not say that it lives says so soon again', async () => {
  const services = {
    sessions: { letGo: async () => {}, lost: async () => [], adopt: async () => [] },
    config: { maxSessions: 5, connectsPerSecond: 1, goneAfterMs: 600_000, recycleHours: 0 }, metrics: new Metrics(), log: silentLog,
  } as unknown as Services
  let beats = 0
  const beat = async () => {
    if (++beats === 2) throw new Error('away')
    return 0
  }
  const sessions = new Sessions(services, { beat, leave: async () => {} } as unknown as Presence)
  await sessions.start()
  assert.ok(await soon(() => beats === 3), `${beats} beats`)
  await sessions.stop()
})

test('which phone may be linked, and where news go, stands before the connection of a session begins', async () => {
  const order: string[] = []
  const services = {
    sessions: { lost: async () => [], take: async () => (order.push('taken'), { session: 'x', epoch: '1' }) },
    out: { takeOver: async () => { order.push('begun'); throw new Error('far enough') } },
    config: { whatsApp: { ackTimeoutMs: 1, calmAfterMs: 0 }, maxSessions: 5 },
  } as unknown as Services
  const sessions = new Sessions(services, {} as Presence)
  await assert.rejects(sessions.open('x', async () => { await sleep(5); order.push('arranged') }), /far enough/)
  assert.deepEqual(order, ['taken', 'arranged', 'begun'])
})

test('a session that is begun takes messages only when those of the process before are marked', async () => {
  let marked!: () => void
  const services = {
    sessions: { lost: async () => [], take: async () => ({ session: 'x', epoch: '1' }), release: async () => {} },
    out: { takeOver: () => new Promise<void>(done => (marked = done)), toRenew: async () => [] },
    config: { whatsApp: { ackTimeoutMs: 1, calmAfterMs: 0 }, maxSessions: 5 },
    gate: new ConnectGate(0.001), links: new Slots(1), metrics: new Metrics(), log: silentLog,
  } as unknown as Services
  const sessions = new Sessions(services, { leave: async () => {} } as unknown as Presence)
  const opening = sessions.open('x', async () => {})
  while (!marked) await sleep(1)
  assert.equal(sessions.get('x'), undefined)
  marked()
  assert.equal(sessions.get('x'), undefined)
  assert.equal(await opening, sessions.get('x'))
  await sessions.stop()
})
