import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { AuthStore } from './auth/auth-store.ts'
import { Seal } from './auth/seal.ts'
import type { Config } from './config.ts'
import { openDatabase, type Database } from './database/database.ts'
import { EventStore } from './event/event-store.ts'
import { Webhook } from './event/webhook.ts'
import { Health } from './http/health.ts'
import { Routes } from './http/routes.ts'
import { bridgeServer } from './http/server.ts'
import { OutStore } from './message/out-store.ts'
import { PutMessage } from './message/put-message.ts'
import { kindOf, type Log } from './observe/log.ts'
import { Metrics } from './observe/metrics.ts'
import { ConnectGate, Slots } from './session/connect-gate.ts'
import { LinkedPhones } from './session/linked-phones.ts'
import { Presence } from './session/presence.ts'
import { SessionStore } from './session/session-store.ts'
import { Sessions } from './session/sessions.ts'

const HOUSEKEEPING_MS = 10 * 60_000
const LONGEST_ANSWER_MS = 5_000
const PURGED_AT_ONCE = 10_000

/** A bridge process, put together. */
export class Bridge {
  readonly sessions: Sessions
  readonly metrics = new Metrics()
  readonly #database: Database
  readonly #server: Server
  readonly #webhook: Webhook
  readonly #health: Health
  readonly #housekeeping: NodeJS.Timeout

  /** Starts it; resolves when it listens. */
  static async start(config: Config, log: Log): Promise<Bridge> {
    const database = await openDatabase(config.databaseUrl, config.databaseConnections)
    const bridge = new Bridge(config, database, log)
    bridge.#server.listen(config.port, config.host)
    await once(bridge.#server, 'listening')
    // with port 0 the address is known only now
    if (config.port === 0) config.address = bridge.url
    await bridge.sessions.start()
    bridge.#webhook.start()
    log.info({ owner: config.owner, port: bridge.port }, 'The bridge is up')
    return bridge
  }

  private constructor(config: Config, database: Database, log: Log) {
    const seal = new Seal(config.keys)
    const events = new EventStore(database, seal, this.metrics)
    const out = new OutStore(database, seal)
    const store = new SessionStore(database, config.owner, config.goneAfterMs)
    const phones = new LinkedPhones(database)
    const presence = new Presence(database, config)
    const gate = new ConnectGate(config.connectsPerSecond)
    const links = new Slots(config.linksAtOnce)
    this.#database = database
    this.sessions = new Sessions(
      { config, database, seal, sessions: store, phones, out, events, gate, links, metrics: this.metrics, log }, presence)
    this.#health = new Health(events, this.metrics)
    this.#webhook = new Webhook(events, config.webhook, config.owner, config.goneAfterMs, this.metrics, log)
    const putMessage = new PutMessage(out, config.whatsApp.preferLid, this.metrics, log)
    const routes = new Routes({ sessions: this.sessions, store, keysOf: own => new AuthStore(database, seal, own), phones, presence, out, events, putMessage, health: this.#health })
    this.#server = bridgeServer(routes, config.token, log)
    const purge = () => Promise.all([events.purge(PURGED_AT_ONCE), out.purge(PURGED_AT_ONCE)])
    this.#housekeeping = setInterval(() => {
      purge().catch(error => log.warn({ error: kindOf(error) }, 'Housekeeping failed'))
    }, HOUSEKEEPING_MS)
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`
  }

  /** Takes nothing new, ends what is under way, gives the sessions away, tells what is to be told and no other process can tell. */
  async stop(): Promise<void> {
    this.#health.stopping = true
    clearInterval(this.#housekeeping)
    // resolves when the last answer is out
    const closed = new Promise(done => this.#server.close(done))
    await this.sessions.stop()
    await Promise.race([closed, sleep(LONGEST_ANSWER_MS, undefined, { ref: false })])
    this.#server.closeAllConnections()
    await this.#webhook.stop()
    await this.#database.end()
  }
}
