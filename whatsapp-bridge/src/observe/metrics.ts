import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { EventKind } from '../event/event-store.ts'
import type { Outcome } from '../message/outgoing.ts'
import type { ThumbnailResult } from '../message/thumbnails.ts'
import type { Ended } from '../session/close-verdict.ts'
import { silencedLines } from './quiet-console.ts'

const OUTCOMES: Zeros<Exclude<Outcome['state'], 'started'>> = { accepted: 0, rejected: 0, unknown: 0, not_sent: 0 }
const KINDS: Zeros<EventKind> = { connection: 0, message: 0, receipt: 0, timelock: 0 }
const RESULTS: Zeros<'told' | 'failed' | 'parked'> = { told: 0, failed: 0, parked: 0 }
const THUMBNAILS: Zeros<ThumbnailResult> = { made: 0, costly: 0, late: 0, failed: 0 }
const VERDICTS: Zeros<Ended> = { linked: 0, cut: 0, contested: 0, logged_out: 0, banned: 0, failed: 0, passkey_required: 0 }

/** Every value of a label: the compiler notices one that was forgotten. */
type Zeros<V extends string> = Record<V, 0>

/** What has not happened yet stands there as 0, or whoever watches would miss the first time. */
function fromZero<L extends string>(counter: Counter<L>, label: L, values: Zeros<string>): Counter<L> {
  for (const value of Object.keys(values)) counter.inc({ [label]: value } as Record<L, string>, 0)
  return counter
}

/** What the bridge counts. Tags come from closed lists, never from ids. */
export class Metrics {
  readonly #registry = new Registry()

  readonly sessions = new Gauge({
    name: 'siaran_bridge_sessions', help: 'Sessions of this process, by state', labelNames: ['state'], registers: [this.#registry],
  })

  readonly sends = fromZero(new Counter({
    name: 'siaran_bridge_sends_total', help: 'Sends, by outcome', labelNames: ['outcome'], registers: [this.#registry],
  }), 'outcome', OUTCOMES)

  readonly thumbnails = fromZero(new Counter({
    name: 'siaran_bridge_thumbnails_total', help: 'Small pictures of images that were sent, by result', labelNames: ['result'], registers: [this.#registry],
  }), 'result', THUMBNAILS)

  readonly ackSeconds = new Histogram({
    name: 'siaran_bridge_ack_seconds', help: 'From the write of a message to the answer of WhatsApp', registers: [this.#registry],
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15],
  })

  readonly events = fromZero(new Counter({
    name: 'siaran_bridge_events_total', help: 'Events stored, by kind', labelNames: ['kind'], registers: [this.#registry],
  }), 'kind', KINDS)

  readonly backlog = new Gauge({
    name: 'siaran_bridge_event_backlog', help: 'Events not yet told to the gateway, counted up to 10,000', registers: [this.#registry],
  })

  readonly oldestEvent = new Gauge({
    name: 'siaran_bridge_event_backlog_age_seconds', help: 'Age of the oldest of them', registers: [this.#registry],
  })

  readonly parked = new Gauge({
    name: 'siaran_bridge_events_parked', help: 'Events that the gateway refuses for good, or that were spoiled, counted up to 10,000', registers: [this.#registry],
  })

  readonly deliveries = fromZero(new Counter({
    name: 'siaran_bridge_webhook_total', help: 'Webhook calls, by result', labelNames: ['result'], registers: [this.#registry],
  }), 'result', RESULTS)

  readonly connects = new Counter({
    name: 'siaran_bridge_connects_total', help: 'Connections begun to WhatsApp', registers: [this.#registry],
  })

  readonly closes = fromZero(new Counter({
    name: 'siaran_bridge_closes_total', help: 'Connections that ended, by what followed', labelNames: ['verdict'],
    registers: [this.#registry],
  }), 'verdict', VERDICTS)

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
