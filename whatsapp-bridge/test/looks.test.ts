import assert from 'node:assert/strict'
import { afterEach, beforeEach, test, type TestContext } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import type { EventStore, Share, StoredEvent } from '../src/event/event-store.ts'
import { Webhook } from '../src/event/webhook.ts'
import { silentLog } from '../src/observe/log.ts'
import { Metrics } from '../src/observe/metrics.ts'
import { eventually } from './support/client.ts'

/** Of looks and tells; the store is in memory, and looks by what it has at the moment of the question, as the real one. */
let looks: number
let waiting: StoredEvent[]
let told: string[]
let store: EventStore
let webhook: Webhook
/** What goes on between the moment that a look sees and its answer, and while the gateway is told. */
let whileLooking: () => Promise<void>
let whileTelling: () => Promise<void>
let id = 0

beforeEach(() => {
  looks = 0
  waiting = []
  told = []
  whileLooking = whileTelling = async () => {}
  store = {
    untold: async (_owner: string, _gone: number, except: string[], { sessions, each }: Share) => {
      looks++
      const found = [...Map.groupBy(waiting, event => event.session)].filter(([session]) => !except.includes(session))
      const seen = found.slice(0, sessions).flatMap(([, events]) => events.slice(0, each))
      await whileLooking()
      return seen
    },
    told: async (ids: string[]) => {
      told.push(...ids)
      waiting = waiting.filter(event => !ids.includes(event.id))
    },
  } as unknown as EventStore
  webhook = new Webhook(store, { url: 'http://gateway/events', secret: 'secret' }, 'bridge-0', 1_000, new Metrics(), silentLog)
})
afterEach(() => webhook.stop())

const has = (session: string) => waiting.push({ id: String(++id), session, body: { kind: 'message' }, callback: null })

function comes(session: string) {
  has(session)
  store.wake(session)
}

/** The gateway takes all; the look that comes by itself does not come. */
function withoutTheTimer(t: TestContext) {
  t.mock.method(globalThis, 'fetch', async () => (await whileTelling(), new Response()))
  const right = globalThis.setTimeout
  t.mock.method(globalThis, 'setTimeout', (work: () => void, ms: number) => right(work, ms > 1_000 ? 1_000_000 : ms))
}

test('after what it told a process looks no more where nothing can be left', async t => {
  withoutTheTimer(t)
  has('one')
  has('other')
  webhook.start()
  await eventually(() => told.length === 2, 10_000)
  await sleep(100)
  assert.equal(looks, 1)
})

test('what is left over of a session comes at once', async t => {
  withoutTheTimer(t)
  for (let n = 0; n < 70; n++) has('one')
  webhook.start()
  await eventually(() => told.length === 70, 10_000)
})

test('what waits for a free place comes at once', async t => {
  withoutTheTimer(t)
  for (let n = 0; n < 150; n++) has(`session-${n}`)
  webhook.start()
  await eventually(() => told.length === 150, 10_000)
})

test('what comes while its session is told comes at once', async t => {
  withoutTheTimer(t)
  let isFirst = true
  whileTelling = async () => {
    await sleep(10)
    if (isFirst) comes('one')
    isFirst = false
  }
  has('one')
  webhook.start()
  await eventually(() => told.length === 2, 10_000)
})

test('what comes after a look saw its session, and before it is told, comes at once', async t => {
  withoutTheTimer(t)
  whileTelling = () => sleep(50)
  whileLooking = async () => {
    if (looks === 1) comes('one')
  }
  has('one')
  webhook.start()
  await eventually(() => told.length === 2, 10_000)
})

test('what comes while no place is free comes as soon as one is', async t => {
  withoutTheTimer(t)
  let goOn!: () => void
  const held = new Promise<void>(done => (goOn = done))
  whileTelling = () => held
  for (let n = 0; n < 64; n++) has(`session-${n}`)
  webhook.start()
  await eventually(() => looks === 1, 10_000)
  await sleep(20)
  comes('late')
  await sleep(20)
  goOn()
  await eventually(() => told.length === 65, 10_000)
})
