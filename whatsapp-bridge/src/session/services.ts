import type { Seal } from '../auth/seal.ts'
import type { Config } from '../config.ts'
import type { Database } from '../database/database.ts'
import type { EventStore } from '../event/event-store.ts'
import type { OutStore } from '../message/out-store.ts'
import type { Log } from '../observe/log.ts'
import type { Metrics } from '../observe/metrics.ts'
import type { ConnectGate, Slots } from './connect-gate.ts'
import type { LinkedPhones } from './linked-phones.ts'
import type { SessionStore } from './session-store.ts'

/** What every session of a process shares. */
export type Services = {
  config: Config
  database: Database
  seal: Seal
  sessions: SessionStore
  phones: LinkedPhones
  out: OutStore
  events: EventStore
  gate: ConnectGate
  links: Slots
  metrics: Metrics
  log: Log
}
