import { jidDecode, type ConnectionState, type WASocket } from '@whiskeysockets/baileys'
import { setTimeout as sleep } from 'node:timers/promises'
import { AuthStore } from '../auth/auth-store.ts'
import { Fenced, type Ownership } from '../auth/fence.ts'
import { InFlight } from '../message/in-flight.ts'
import { Lane } from '../message/lane.ts'
import { kindOf } from '../observe/log.ts'
import { closeVerdict, type Verdict } from './close-verdict.ts'
import { Connector } from './connector.ts'
import { News } from './news.ts'
import type { Services } from './services.ts'
import { isLive, type State } from './state.ts'
import type { Me, Uplink, UplinkOwner } from './uplink.ts'

/** Sends that may wait on one session; the gateway has one under way. */
const MOST_WAITING = 20
/** For sends under way, before a connection is closed under them. */
const LONGEST_WAIT_MS = 20_000

/** One linked phone, owned by this process: its connection, and what follows when that ends. */
export class Session {
  readonly own: Ownership
  readonly lane = new Lane(MOST_WAITING)
  readonly inFlight: InFlight
  readonly renewals = new Set<string>()
  state: State = 'connecting'
  detail: string | undefined
  qr: string | undefined
  me: Me = {}
  openedAt = 0
  readonly #services: Services
  readonly #keys: AuthStore
  readonly #onEnd: (session: Session) => void
  readonly #news: News
  readonly #connector: Connector
  #linked = false
  #leaveLinking: () => void = () => {}

  /** @param onEnd called once, when the session was lost to another owner */
  constructor(services: Services, own: Ownership, onEnd: (session: Session) => void) {
    this.#services = services
    this.own = own
    this.#onEnd = onEnd
    this.#keys = new AuthStore(services.database, services.seal, own)
    this.#news = new News(services, own, error => this.#fault(error))
    this.inFlight = new InFlight(services.config.whatsApp.ackTimeoutMs, services.metrics)
    this.#connector = new Connector(services, this.#keys, this.#owner(), () => isLive(this.state))
  }

  get name(): string {
    return this.own.session
  }

  get socket(): WASocket | undefined {
    return this.#connector.uplink?.socket
  }

  /** What the process before left unfinished is unknown from here on; then the way to WhatsApp begins. */
  async start(): Promise<void> {
    await this.#services.out.takeOver(this.name)
    for (const each of await this.#services.out.toRenew(this.name)) this.renewals.add(each)
    this.#connector.begin()
  }

  /** Ends the connection and comes to rest in this state. Sends under way are waited for, a while. */
  async rest(state: State): Promise<void> {
    await this.#quiesce()
    this.#become(state)
    await this.#news.idle()
  }

  /** Closes the connection and leaves the stored state as it is, so that another process adopts the session. */
  async handOver(): Promise<void> {
    await this.#quiesce()
    await this.#news.idle()
    await this.#connector.saved()
    await this.#services.sessions.release(this.own)
  }

  /** Logs out of WhatsApp, so that the phone forgets the link too, and forgets the keys. */
  async logOut(): Promise<void> {
    const uplink = this.#connector.drop()
    this.#disconnect()
    if (uplink && this.state === 'open') await Promise.race([uplink.socket.logout().catch(() => {}), sleep(5_000)])
    uplink?.close()
    this.#become('logged_out')
    await this.#news.idle()
  }

  /** A fresh connection in place of the one that has run for long. Sends wait meanwhile: they queue behind it. */
  renew(): Promise<void> {
    return this.lane.run(async () => {
      if (this.state !== 'open') return
      this.#disconnect()
      this.state = 'connecting'
      this.#connector.begin()
      for (let waited = 0; waited < 10_000 && (this.state as State) === 'connecting'; waited += 50) await sleep(50)
    })
  }

  /** Somebody else has the session. Nothing may be written any more, and nothing said for it. */
  fence(): void {
    if (this.state === 'fenced') return
    this.state = 'fenced'
    this.#disconnect()
    this.#services.metrics.fenced.inc()
    this.#services.log.warn({ session: this.name, epoch: this.own.epoch }, 'Another process has taken the session')
    this.#onEnd(this)
  }

  async #quiesce(): Promise<void> {
    await Promise.race([this.lane.idle(), sleep(LONGEST_WAIT_MS, undefined, { ref: false })])
    this.#disconnect()
  }

  #owner(): UplinkOwner {
    return {
      name: this.name,
      keys: this.#keys,
      inFlight: this.inFlight,
      me: () => this.me,
      updated: (uplink, update) => this.#updated(uplink, update),
      passkey: uplink => this.#end(uplink, { kind: 'end', state: 'passkey_required' }),
      fault: error => this.#fault(error),
    }
  }

  async #updated(uplink: Uplink, update: Partial<ConnectionState>): Promise<void> {
    if (uplink !== this.#connector.uplink) return
    if (update.isNewLogin) this.#leaveLinking = await this.#services.links.take()
    if (update.qr) {
      this.qr = update.qr
      this.#become('qr')
    }
    if (update.reachoutTimeLock) this.#news.timelock(update.reachoutTimeLock)
    if (update.connection === 'open') this.#opened(uplink)
    if (update.connection === 'close') {
      const code = (update.lastDisconnect?.error as { output?: { statusCode?: number } } | undefined)?.output?.statusCode
      this.#end(uplink, closeVerdict(code, uplink.isLinked || this.#linked))
    }
  }

  #opened({ socket }: Uplink) {
    this.#connector.stands()
    this.#linked = true
    this.openedAt = Date.now()
    this.me = { phone: jidDecode(socket.user?.id)?.user, lid: jidDecode(socket.user?.lid)?.user }
    this.qr = undefined
    this.#become('open')
    // the history of a new link comes in the first seconds
    setTimeout(this.#leaveLinking, 3_000).unref()
  }

  #end(uplink: Uplink, verdict: Verdict) {
    if (uplink !== this.#connector.uplink) return
    this.#services.metrics.closes.inc({ verdict: verdict.kind === 'again' ? 'again' : verdict.state })
    this.#disconnect()
    if (verdict.kind === 'end') return this.#become(verdict.state, verdict.detail)
    this.#become('connecting')
    if (verdict.when === 'now') this.#connector.begin()
    else this.#connector.again()
  }

  #disconnect() {
    const uplink = this.#connector.drop()
    this.qr = undefined
    this.#leaveLinking()
    this.inFlight.cut()
    uplink?.close()
  }

  #become(state: State, detail?: string) {
    if (this.state === 'fenced' || (this.state === state && this.detail === detail && !this.#news.isSilent)) return
    this.state = state
    this.detail = detail
    this.#news.state(state, detail, this.me.phone)
  }

  #fault(error: unknown) {
    if (error instanceof Fenced) return this.fence()
    this.#services.metrics.faults.inc()
    this.#services.log.error({ session: this.name, error: kindOf(error) }, 'A handler of the session failed')
    // without credentials or a socket nothing would go on by itself
    if (!this.#connector.uplink && isLive(this.state)) this.#connector.again()
  }
}
