import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'
import { silencedLines } from './quiet-console.ts'

/** What the bridge counts. Tags come from closed lists, never from ids. */
export class Metrics {
  readonly #registry = new Registry()

  readonly sessions = new Gauge({
    name: 'siaran_bridge_sessions', help: 'Sessions of this process, by state', labelNames: ['state'], registers: [this.#registry],
  })

  readonly sends = new Counter({
    name: 'siaran_bridge_sends_total', help: 'Sends, by outcome', labelNames: ['outcome'], registers: [this.#registry],
  })

  readonly ackSeconds = new Histogram({
    name: 'siaran_bridge_ack_seconds', help: 'From the write of a message to the answer of WhatsApp', registers: [this.#registry],
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15],
  })

  readonly events = new Counter({
    name: 'siaran_bridge_events_total', help: 'Events stored, by kind', labelNames: ['kind'], registers: [this.#registry],
  })

  readonly backlog = new Gauge({
    name: 'siaran_bridge_event_backlog', help: 'Events not yet told to the gateway', registers: [this.#registry],
  })

  readonly oldestEvent = new Gauge({
    name: 'siaran_bridge_event_backlog_age_seconds', help: 'Age of the oldest of them', registers: [this.#registry],
  })

  readonly parked = new Gauge({
    name: 'siaran_bridge_events_parked', help: 'Events that the gateway refuses for good, each a fault of ours', registers: [this.#registry],
  })

  readonly deliveries = new Counter({
    name: 'siaran_bridge_webhook_total', help: 'Webhook calls, by result', labelNames: ['result'], registers: [this.#registry],
  })

  readonly connects = new Counter({
    name: 'siaran_bridge_connects_total', help: 'Connections begun to WhatsApp', registers: [this.#registry],
  })

  readonly closes = new Counter({
    name: 'siaran_bridge_closes_total', help: 'Connections that ended, by what followed', labelNames: ['verdict'],
    registers: [this.#registry],
  })

  readonly fenced = new Counter({
    name: 'siaran_bridge_fenced_total', help: 'Sessions lost to another owner', registers: [this.#registry],
  })

  readonly unreadable = new Counter({
    name: 'siaran_bridge_unreadable_total', help: 'Messages that came in and could not be decrypted', registers: [this.#registry],
  })

  readonly faults = new Counter({
    name: 'siaran_bridge_handler_faults_total', help: 'Errors caught in handlers of events', registers: [this.#registry],
  })

  constructor() {
    collectDefaultMetrics({ register: this.#registry })
    new Gauge({
      name: 'siaran_bridge_silenced_lines', help: 'Lines that libraries tried to print on the console', registers: [this.#registry],
      collect() {
        this.set(silencedLines())
      },
    })
  }

  text(): Promise<string> {
    return this.#registry.metrics()
  }

  get contentType(): string {
    return this.#registry.contentType
  }
}
