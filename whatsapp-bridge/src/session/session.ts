import type { ConnectionState, WASocket } from '@whiskeysockets/baileys'
import { setTimeout as sleep } from 'node:timers/promises'
import { AuthStore } from '../auth/auth-store.ts'
import { Fenced, type Ownership } from '../auth/fence.ts'
import { InFlight } from '../message/in-flight.ts'
import { Lane } from '../message/lane.ts'
import { kindOf } from '../observe/log.ts'
import { closeVerdict, type Verdict } from './close-verdict.ts'
import { Connector } from './connector.ts'
import { Farewell } from './farewell.ts'
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
  /** When an end is over by itself. */
  until: Date | undefined
  qr: string | undefined
  me: Me = {}
  /** By `performance.now()`. */
  openedAt = 0
  readonly #services: Services
  readonly #keys: AuthStore
  readonly #onEnd: (session: Session) => void
  readonly #news: News
  readonly #farewell: Farewell
  readonly #connector: Connector
  #linked = false

  /** @param onEnd called when the session is nobody's any more, or another owner's */
  constructor(services: Services, own: Ownership, onEnd: (session: Session) => void) {
    this.#services = services
    this.own = own
    this.#onEnd = onEnd
    this.#keys = new AuthStore(services.database, services.seal, own)
    this.#news = new News(services, own)
    this.#farewell = new Farewell(services, own, this.#news)
    this.inFlight = new InFlight(services.config.whatsApp.ackTimeoutMs, services.metrics)
    this.#connector = new Connector(services, this.#keys, this.#owner(), () => isLive(this.state))
  }

  get name(): string {
    return this.own.session
  }

  get socket(): WASocket | undefined {
    return this.#connector.uplink?.socket
  }

  /** What the process before left unfinished is unknown from here on. To be called before the session takes any message. */
  async inherit(): Promise<void> {
    await this.#services.out.takeOver(this.name)
    for (const each of await this.#services.out.toRenew(this.name)) this.renewals.add(each)
  }

  /** The way to WhatsApp begins. */
  start(): void {
    this.#connector.begin()
  }

  /** Ends the connection and comes to rest in this state. Sends under way are waited for, a while. */
  async rest(state: State, detail?: string, until?: Date): Promise<void> {
    await this.#quiesce(() => this.#connector.close())
    await this.#savedOrSaid()
    this.#become(state, detail, until)
    await this.leave()
  }

  /** Makes a session that has ended nobody's. Throws where the database fails; then it is to be called again. */
  async leave(): Promise<void> {
    if (isLive(this.state) || this.state === 'fenced') return
    const { state, detail, until, me } = this
    await this.#farewell.say({ state, detail, until, phone: me.phone })
    this.#onEnd(this)
  }

  /** Whether it has come to WhatsApp, or to an end, within that time. */
  async arrives(ms: number): Promise<boolean> {
    for (let waited = 0; waited < ms && this.state === 'connecting'; waited += 50) await sleep(50)
    return this.state !== 'connecting'
  }

  /** Closes the connection and leaves the stored state as it is, so that another process adopts the session. */
  async handOver(): Promise<void> {
    await this.#quiesce(() => this.#connector.close())
    await this.#news.idle()
    await this.#savedOrSaid()
    await this.#services.sessions.release(this.own)
  }

  async #savedOrSaid(): Promise<void> {
    await this.#connector.saved().catch(error =>
      this.#services.log.error({ session: this.name, error: kindOf(error) }, 'The credentials of a session that is given away are not saved'))
  }

  /**
   * Logs out of WhatsApp, so that the phone forgets the link too, and forgets the keys; throws where those are there still. False where
   * WhatsApp has not confirmed it: without the keys nobody could log the phone out any more, so it is to be asked for again.
   * Sends queue behind it, and are not sent.
   */
  logOut(): Promise<boolean> {
    return this.lane.run(async () => {
      const uplink = this.#connector.uplink
      if (!uplink) return false
      const isConfirmed = await uplink.unlink()
      if (isConfirmed) await this.#loggedOut(uplink)
      else this.#end(uplink, { kind: 'cut' }) // a connection that gives no answer is to be another one by then
      return isConfirmed
    })
  }

  /** Its phone is not this session's: it is to forget the link, and if it cannot be told, the session has nothing to do with it all the same. */
  async #turnAway(uplink: Uplink, detail: string): Promise<void> {
    this.#connector.drop()
    await uplink.unlink()
    await this.#loggedOut(uplink, detail)
  }

  async #loggedOut(uplink: Uplink, detail?: string): Promise<void> {
    this.#disconnect()
    uplink.close()
    this.#become('logged_out', detail)
    await this.leave()
  }

  /** A fresh connection in place of the one that has run for long. Sends wait meanwhile: they queue behind it. */
  renew(): Promise<void> {
    return this.lane.run(async () => {
      if (this.state !== 'open') return
      this.#disconnect()
      this.state = 'connecting'
      this.#connector.begin()
      await this.arrives(10_000)
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

  async #quiesce(letGo = () => this.#connector.drop()): Promise<void> {
    await Promise.race([this.lane.idle(), sleep(LONGEST_WAIT_MS, undefined, { ref: false })])
    this.#disconnect(letGo)
  }

  #owner(): UplinkOwner {
    return {
      name: this.name,
      keys: this.#keys,
      inFlight: this.inFlight,
      renewals: this.renewals,
      updated: (uplink, update) => this.#updated(uplink, update),
      passkey: uplink => this.#end(uplink, { kind: 'end', state: 'passkey_required' }),
      fault: error => this.#fault(error),
    }
  }

  async #updated(uplink: Uplink, update: Partial<ConnectionState>): Promise<void> {
    if (uplink !== this.#connector.uplink) return
    if (update.qr) {
      this.qr = update.qr
      this.#become('qr')
    }
    if (update.reachoutTimeLock) await this.#news.timelock(update.reachoutTimeLock)
    if (update.connection === 'open') await this.#loggedIn(uplink)
    if (update.connection === 'close') {
      const error = update.lastDisconnect?.error as { output?: { statusCode?: number }; data?: { expire?: string } } | undefined
      const linked = uplink.isLinked || this.#linked
      this.#end(uplink, closeVerdict(error?.output?.statusCode, linked, Number(error?.data?.expire ?? 0), uplink.isAgreed))
    }
  }

  /** It is logged in; a phone that is not this session's is logged out again before anything is sent by it. */
  async #loggedIn(uplink: Uplink): Promise<void> {
    const me = uplink.me()
    try {
      const claim = me.phone ? await this.#services.phones.claim(this.own, me.phone) : 'ours'
      if (uplink !== this.#connector.uplink) return
      if (claim === 'ours') this.#opened(me)
      else await this.#turnAway(uplink, claim === 'taken' ? 'phone_taken' : 'other_phone')
    } catch (error) {
      this.#fault(error)
      this.#end(uplink, { kind: 'cut' })
    }
  }

  #opened(me: Me) {
    this.#connector.stands()
    this.#linked = true
    this.openedAt = performance.now()
    this.me = me
    this.qr = undefined
    this.#become('open')
  }

  #end(uplink: Uplink, verdict: Verdict) {
    if (uplink !== this.#connector.uplink) return
    this.#services.metrics.closes.inc({ verdict: verdict.kind === 'end' ? verdict.state : verdict.kind })
    this.#disconnect()
    if (verdict.kind === 'end') return this.#become(verdict.state, verdict.detail, verdict.until)
    if (verdict.kind === 'contested' && !this.#connector.comeBack()) return this.#become('replaced')
    this.#become('connecting')
    if (verdict.kind === 'linked') this.#connector.beginLinked()
    if (verdict.kind === 'cut') this.#connector.again()
  }

  #disconnect(letGo = () => this.#connector.drop()) {
    const uplink = letGo()
    this.qr = undefined
    this.inFlight.cut()
    uplink?.close()
  }

  #become(state: State, detail?: string, until?: Date) {
    if (this.state === 'fenced' || (this.state === state && this.detail === detail && !this.#news.isSilent)) return
    this.state = state
    this.detail = detail
    this.until = until
    const written = isLive(state) ? this.#news.state(state, detail, this.me.phone) : this.leave()
    written.catch(error => this.#fault(error))
  }

  #fault(error: unknown) {
    if (error instanceof Fenced) return this.fence()
    this.#services.metrics.faults.inc()
    this.#services.log.error({ session: this.name, error: kindOf(error) }, 'A handler of the session failed')
    // without credentials or a socket nothing would go on by itself
    if (!this.#connector.uplink && isLive(this.state)) this.#connector.again()
  }
}
