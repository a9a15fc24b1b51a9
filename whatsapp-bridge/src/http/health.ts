import type { Database } from '../database/database.ts'
import type { EventStore } from '../event/event-store.ts'
import type { Metrics } from '../observe/metrics.ts'
import type { Answer } from './answers.ts'

/** Probes and metrics. Alive while it answers; ready while the database does and it does not stop. */
export class Health {
  readonly #database: Database
  readonly #events: EventStore
  readonly #metrics: Metrics
  stopping = false

  constructor(database: Database, events: EventStore, metrics: Metrics) {
    this.#database = database
    this.#events = events
    this.#metrics = metrics
  }

  async answer(path: string): Promise<Answer | undefined> {
    switch (path) {
      case '/health/live':
        return { status: 200, body: { status: 'UP' } }
      case '/health/ready':
        return (await this.#ready()) ? { status: 200, body: { status: 'UP' } } : { status: 503, body: { status: 'DOWN' } }
      case '/metrics':
        await this.#events.measure().catch(() => {})
        return { status: 200, text: await this.#metrics.text(), type: this.#metrics.contentType }
      default:
        return undefined
    }
  }

  async #ready(): Promise<boolean> {
    if (this.stopping) return false
    return this.#database.query('SELECT 1').then(() => true, () => false)
  }
}
