import { createHmac } from 'node:crypto'
import { kindOf, type Log } from '../observe/log.ts'
import type { Metrics } from '../observe/metrics.ts'
import { batches, wire, type OpenEvent } from './batches.ts'
import { SEALED, SPOILED, type EventStore, type StoredEvent } from './event-store.ts'

/** Sessions that are told at the same moment: as many may hang before the others wait for them. */
const AT_ONCE = 64
/** Of a session at once; what is left over comes next. */
const BATCH = 32
const TIMEOUT_MS = 10_000
const LOOK_AGAIN_MS = 2_000
const LONGEST_PAUSE_MS = 30_000

export type WebhookTarget = { url: string; secret: string }

/** What says that these very events are refused, not that the gateway is busy or does not know the session. */
const REFUSED_FOR_GOOD = new Set([400, 413, 422])

class Refusal extends Error {
  readonly code: string
  readonly isForGood: boolean

  constructor(status: number) {
    super('The gateway refused events')
    this.code = `HTTP_${status}`
    this.isForGood = REFUSED_FOR_GOOD.has(status)
  }
}

/**
 * What is next of a session does not open here: its events wait, in their order. Of a callback until the gateway says it anew; of an
 * event for another process, or a later configuration, that has its key.
 */
class Unopened extends Error {
  readonly code: 'CALLBACK_SEALED' | 'EVENT_SEALED'

  constructor(code: Unopened['code']) {
    super('What is to be told does not open')
    this.code = code
  }
}

/** The proof of a call: HMAC-SHA256 over the time and the very bytes of the body. */
export const signatureOf = (secret: string, timestamp: string, body: string): string =>
  'sha256=' + createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')

/**
 * Tells the gateway, in order, at least once: an event is forgotten only after the gateway has said 200. The gateway knows
 * repetitions by the event's id. While it does not answer, events wait in the database.
 */
export class Webhook {
  readonly #events: EventStore
  readonly #target: WebhookTarget
  readonly #owner: string
  readonly #goneAfterMs: number
  readonly #metrics: Metrics
  readonly #log: Log
  #timer: NodeJS.Timeout | undefined
  #looking: Promise<void> | undefined
  #again = false
  /** Sessions that are told just now, each by itself: one whose calls hang holds up no other. */
  readonly #telling = new Map<string, Promise<void>>()
  /** Sessions that had something new since a look saw what they have. */
  readonly #woken = new Set<string>()
  /** Whether the last look left out sessions, for want of places. */
  #isShort = false
  /** Sessions whose events were refused, how often, and until when they rest, by a clock that nobody sets. */
  readonly #failed = new Map<string, { times: number; until: number }>()
  #stopped = false

  constructor(events: EventStore, target: WebhookTarget, owner: string, goneAfterMs: number, metrics: Metrics, log: Log) {
    this.#events = events
    this.#target = target
    this.#owner = owner
    this.#goneAfterMs = goneAfterMs
    this.#metrics = metrics
    this.#log = log
    events.wake = session => this.#wake(session)
  }

  start() {
    this.#schedule(0)
  }

  /** Tells what can be told at once, then stops. */
  async stop(): Promise<void> {
    this.#stopped = true
    clearTimeout(this.#timer)
    await this.#looking
    await Promise.all(this.#telling.values())
    this.#failed.clear()
    while (await this.#look().catch(() => false)) await Promise.all(this.#telling.values())
  }

  /**
   * Not for a session that rests: its turn comes by itself. While the gateway is away each of its events would cost a look that finds
   * nothing. Nor for one that is being told: what is new of it is looked for then.
   */
  #wake(session: string) {
    if (this.#isResting(session)) return
    this.#woken.add(session)
    if (!this.#telling.has(session)) this.#lookNow()
  }

  #lookNow() {
    this.#again = true
    this.#schedule(0)
  }

  #schedule(ms: number) {
    if (this.#stopped || this.#looking) return
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => (this.#looking = this.#round()), ms)
  }

  async #round(): Promise<void> {
    this.#again = false
    try {
      await this.#look()
    } catch (error) {
      this.#log.warn({ error: kindOf(error) }, 'Events cannot be read: they wait')
    }
    this.#looking = undefined
    this.#schedule(this.#again ? 0 : this.#untilNext())
  }

  /** Until the first session may be tried again that failed, at most the usual time. */
  #untilNext(): number {
    const waiting = [...this.#failed].filter(([session]) => !this.#telling.has(session))
    return Math.max(50, Math.min(LOOK_AGAIN_MS, ...waiting.map(([, each]) => each.until - performance.now())))
  }

  /** Begins to tell what waits of the others than those that rest or are being told; whether there was any. */
  async #look(): Promise<boolean> {
    const sessions = AT_ONCE - this.#telling.size
    this.#isShort = sessions === 0
    if (this.#isShort) return false // whichever ends looks again
    for (const session of this.#woken) if (!this.#telling.has(session)) this.#woken.delete(session)
    const except = [...this.#resting(), ...this.#telling.keys()]
    const found = await this.#events.untold(this.#owner, this.#goneAfterMs, except, { sessions, each: BATCH })
    const bySession = Map.groupBy(found, each => each.session)
    this.#isShort = bySession.size === sessions
    for (const [session, events] of bySession) this.#begin(session, events)
    if (found.length === 0) this.#forgetAllBut(except)
    return found.length > 0
  }

  /** Looks again afterwards only where something may be left: most sessions have one event at a time, and each look costs as much as the first. */
  #begin(session: string, events: StoredEvent[]) {
    const telling = this.#tell(session, events).then(isTold => {
      this.#telling.delete(session)
      const isNew = this.#woken.delete(session)
      if (!isTold || isNew || this.#isShort || events.length === BATCH) this.#lookNow()
    })
    this.#telling.set(session, telling)
  }

  /** One session that cannot be told holds back nobody else's events. Whether it was told. */
  async #tell(session: string, events: StoredEvent[]): Promise<boolean> {
    try {
      await this.#tellInOrder(session, events)
      this.#failed.delete(session)
      return true
    } catch (error) {
      const times = (this.#failed.get(session)?.times ?? 0) + 1
      const pause = Math.min(LONGEST_PAUSE_MS, 250 * 2 ** Math.min(times, 7))
      this.#failed.set(session, { times, until: performance.now() + pause })
      this.#metrics.deliveries.inc({ result: 'failed' })
      if (!(error instanceof Unopened)) this.#log.warn({ session, error: kindOf(error), count: times }, 'The gateway took no events of the session: they wait')
      else if (times === 1) this.#log.error({ session, code: error.code }, 'What is to be told of the session does not open here: its events wait')
      return false // whoever looks waits for the end of its rest
    }
  }

  /** Parks what was spoiled, or it would hold back all that follows; nothing overtakes what only another process can open. */
  async #tellInOrder(session: string, events: StoredEvent[]): Promise<void> {
    if (typeof events.at(-1)!.callback === 'string') throw new Unopened('CALLBACK_SEALED')
    const sealed = events.findIndex(event => event.body === SEALED)
    const before = sealed < 0 ? events : events.slice(0, sealed)
    for (const each of before.filter(event => event.body === SPOILED)) await this.#park(session, each, 'SPOILED')
    const open = before.filter(event => event.body !== SPOILED) as OpenEvent[]
    for (const batch of batches(open)) await this.#tellBatch(session, batch)
    if (sealed >= 0) throw new Unopened('EVENT_SEALED')
  }

  /** Halves what is refused for good, until the one event that is at fault is found: it is parked, and all others are told. */
  async #tellBatch(session: string, events: OpenEvent[]): Promise<void> {
    try {
      await this.#post(events)
    } catch (error) {
      if (!(error instanceof Refusal && error.isForGood)) throw error
      const half = Math.ceil(events.length / 2)
      if (events.length === 1) return this.#park(session, events[0]!, error.code)
      await this.#tellBatch(session, events.slice(0, half))
      return this.#tellBatch(session, events.slice(half))
    }
    await this.#events.told(events.map(each => each.id))
    this.#metrics.deliveries.inc({ result: 'told' })
  }

  /** @param code why nobody takes it */
  async #park(session: string, event: StoredEvent, code: string): Promise<void> {
    await this.#events.park(event.id)
    this.#metrics.deliveries.inc({ result: 'parked' })
    this.#log.error({ session, event: event.id, code }, 'An event is parked: the gateway refuses it for good, or it was spoiled')
  }

  /** Whoever was asked for and has nothing to tell was told by another process, or moved there. */
  #forgetAllBut(except: string[]) {
    for (const session of this.#failed.keys()) if (!except.includes(session)) this.#failed.delete(session)
  }

  #resting(): string[] {
    return [...this.#failed.keys()].filter(session => this.#isResting(session))
  }

  #isResting(session: string): boolean {
    const failed = this.#failed.get(session)
    return failed !== undefined && (this.#stopped || failed.until > performance.now()) // whoever stops tries each once more
  }

  async #post(events: OpenEvent[]): Promise<void> {
    const callback = events.at(-1)!.callback
    const body = JSON.stringify({ events: events.map(wire) })
    const timestamp = String(Math.floor(Date.now() / 1_000))
    const response = await fetch(callback ? `${this.#target.url}/${callback.path}` : this.#target.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-siaran-timestamp': timestamp,
        'x-siaran-signature': signatureOf(callback?.secret ?? this.#target.secret, timestamp, body),
      },
      body,
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    await response.body?.cancel()
    if (response.status !== 200) throw new Refusal(response.status)
  }
}
