import type { EventStore } from '../event/event-store.ts'
import type { Metrics } from '../observe/metrics.ts'
import type { Answer } from './answers.ts'

/** Probes and metrics. Alive while it answers; ready until it stops: a database that is away takes no process out, since it would take them all. */
export class Health {
  readonly #events: EventStore
  readonly #metrics: Metrics
  stopping = false

  constructor(events: EventStore, metrics: Metrics) {
    this.#events = events
    this.#metrics = metrics
  }

  async answer(path: string): Promise<Answer | undefined> {
    switch (path) {
      case '/health/live':
        return { status: 200, body: { status: 'UP' } }
      case '/health/ready':
        return this.stopping ? { status: 503, body: { status: 'DOWN' } } : { status: 200, body: { status: 'UP' } }
      case '/metrics':
        await this.#events.measure().catch(() => {})
        return { status: 200, text: await this.#metrics.text(), type: this.#metrics.contentType }
      default:
        return undefined
    }
  }
}
