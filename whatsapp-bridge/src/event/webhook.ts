import { createHmac } from 'node:crypto'
import { kindOf, type Log } from '../observe/log.ts'
import type { Metrics } from '../observe/metrics.ts'
import type { EventStore, StoredEvent } from './event-store.ts'

const BATCH = 100
const TIMEOUT_MS = 10_000
const LOOK_AGAIN_MS = 2_000
const LONGEST_PAUSE_MS = 30_000

export type WebhookTarget = { url: string; secret: string }

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
  #running: Promise<void> | undefined
  #again = false
  #failures = 0
  #stopped = false

  constructor(events: EventStore, target: WebhookTarget, owner: string, goneAfterMs: number, metrics: Metrics, log: Log) {
    this.#events = events
    this.#target = target
    this.#owner = owner
    this.#goneAfterMs = goneAfterMs
    this.#metrics = metrics
    this.#log = log
    events.wake = () => this.#wake()
  }

  start() {
    this.#schedule(0)
  }

  /** Tells what can be told at once, then stops. */
  async stop(): Promise<void> {
    await this.#running
    this.#stopped = true
    clearTimeout(this.#timer)
    await this.#tellAll().catch(() => {})
  }

  #wake() {
    this.#again = true
    if (this.#failures === 0) this.#schedule(0)
  }

  #schedule(ms: number) {
    if (this.#stopped || this.#running) return
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => (this.#running = this.#round()), ms)
  }

  async #round(): Promise<void> {
    let pause = LOOK_AGAIN_MS
    this.#again = false
    try {
      await this.#tellAll()
      this.#failures = 0
    } catch (error) {
      this.#failures++
      this.#metrics.deliveries.inc({ result: 'failed' })
      this.#log.warn({ error: kindOf(error), count: this.#failures }, 'The gateway took no events: they wait')
      pause = Math.min(LONGEST_PAUSE_MS, 250 * 2 ** Math.min(this.#failures, 7))
    }
    this.#running = undefined
    this.#schedule(this.#again && this.#failures === 0 ? 0 : pause)
  }

  async #tellAll(): Promise<void> {
    for (;;) {
      const batch = await this.#events.untold(this.#owner, this.#goneAfterMs, BATCH)
      if (batch.length === 0) return
      await this.#post(batch)
      await this.#events.told(batch.map(each => each.id))
      this.#metrics.deliveries.inc({ result: 'told' })
    }
  }

  async #post(batch: StoredEvent[]): Promise<void> {
    const body = JSON.stringify(batch.map(each => ({ id: each.id, session: each.session, ...each.body })))
    const timestamp = String(Math.floor(Date.now() / 1_000))
    const response = await fetch(this.#target.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-siaran-timestamp': timestamp,
        'x-siaran-signature': signatureOf(this.#target.secret, timestamp, body),
      },
      body,
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    await response.body?.cancel()
    if (response.status !== 200) throw Object.assign(new Error('refused'), { code: `HTTP_${response.status}` })
  }
}
