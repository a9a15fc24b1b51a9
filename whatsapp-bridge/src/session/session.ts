import { jidDecode, type ConnectionState, type WASocket } from '@whiskeysockets/baileys'
import { setTimeout as sleep } from 'node:timers/promises'
import { AuthStore } from '../auth/auth-store.ts'
import { Fenced, type Ownership } from '../auth/fence.ts'
import { InFlight } from '../message/in-flight.ts'
import { Lane } from '../message/lane.ts'
import { kindOf } from '../observe/log.ts'
import { closeVerdict, reconnectDelay, type Verdict } from './close-verdict.ts'
import { connect } from './connect.ts'
import { CredentialsSaver } from './credentials-saver.ts'
import { Inbound } from './inbound.ts'
import { News } from './news.ts'
import { interceptStanzas } from './raw-stanzas.ts'
import type { Services } from './services.ts'
import { isLive, type State } from './state.ts'

/** Sends that may wait on one session; the gateway has one under way. */
const MOST_WAITING = 20

export type Me = { phone?: string; lid?: string }

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
  readonly #inbound: Inbound
  readonly #onEnd: (session: Session) => void
  readonly #news: News
  #saver: CredentialsSaver
  #socket: WASocket | undefined
  #timer: NodeJS.Timeout | undefined
  #attempt = 0
  /** Rises with every connection that is begun or ended: a connect that was overtaken while it waited gives up. */
  #turn = 0
  #linked = false
  #leaveLinking: () => void = () => {}

  /** @param onEnd called once, when the session was lost to another owner */
  constructor(services: Services, own: Ownership, onEnd: (session: Session) => void) {
    this.#services = services
    this.own = own
    this.#onEnd = onEnd
    this.#keys = new AuthStore(services.database, services.seal, own)
    this.#inbound = new Inbound(services.events, own.session)
    this.#news = new News(services, own, error => this.#fault(error))
    this.#saver = new CredentialsSaver(async () => {})
    this.inFlight = new InFlight(services.config.whatsApp.ackTimeoutMs, services.metrics)
  }

  get name(): string {
    return this.own.session
  }

  get socket(): WASocket | undefined {
    return this.#socket
  }

  /** What the process before left unfinished is unknown from here on; then the way to WhatsApp begins. */
  async start(): Promise<void> {
    await this.#services.out.takeOver(this.name)
    for (const each of await this.#services.out.toRenew(this.name)) this.renewals.add(each)
    this.#connectIn(0)
  }

  /** Ends the connection and comes to rest in this state. Sends under way are waited for, a while. */
  async rest(state: State): Promise<void> {
    await Promise.race([this.lane.idle(), sleep(20_000, undefined, { ref: false })])
    this.#disconnect()
    this.#become(state)
    await this.#news.idle()
  }

  /** Closes the connection and leaves the stored state as it is, so that another process adopts the session. */
  async handOver(): Promise<void> {
    await Promise.race([this.lane.idle(), sleep(20_000, undefined, { ref: false })])
    this.#disconnect()
    await this.#news.idle()
    await this.#saver.idle()
    await this.#services.sessions.release(this.own)
  }

  /** Logs out of WhatsApp, so that the phone forgets the link too, and forgets the keys. */
  async logOut(): Promise<void> {
    const socket = this.#socket
    this.#socket = undefined
    this.#disconnect()
    if (socket && this.state === 'open') await Promise.race([socket.logout().catch(() => {}), sleep(5_000)])
    this.#close(socket)
    this.#become('logged_out')
    await this.#news.idle()
  }

  /** A fresh connection in place of the one that has run for long. Sends wait meanwhile: they queue behind it. */
  renew(): Promise<void> {
    return this.lane.run(async () => {
      if (this.state !== 'open') return
      this.#disconnect()
      this.state = 'connecting'
      this.#connectIn(0)
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

  #connectIn(ms: number) {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => {
      const wait = this.#services.gate.reserve(Date.now())
      this.#timer = setTimeout(this.#guarded(() => this.#connect()), wait)
    }, ms)
  }

  async #connect(): Promise<void> {
    const turn = ++this.#turn
    await this.#saver.idle()
    const credentials = await this.#keys.credentials()
    if (turn !== this.#turn || !isLive(this.state)) return
    this.#linked = Boolean(credentials.me)
    this.#services.metrics.connects.inc()
    const socket = connect({
      config: this.#services.config.whatsApp,
      store: this.#keys,
      credentials,
      storePlain: (ciphertext, plain) => this.#storePlain(socket, ciphertext, plain),
      onWrite: id => this.inFlight.written(id),
      onUnreadable: () => this.#services.metrics.unreadable.inc(),
      textOf: id => this.#services.out.text(this.name, id),
    })
    this.#socket = socket
    this.#saver = new CredentialsSaver(() => this.#keys.saveCredentials(credentials))
    this.#listen(socket)
  }

  #listen(socket: WASocket) {
    interceptStanzas(socket, {
      message: stanza => this.#inbound.arrived(stanza),
      receipt: async (ids, type, at) => {
        for (const id of ids) await this.#services.events.appendReceipt(this.name, id, type, at)
      },
      answer: (id, code) => this.#answered(id, code),
      passkey: () => this.#end(socket, { kind: 'end', state: 'passkey_required' }),
      broken: error => void socket.end(error as Error),
    })
    socket.ev.on('creds.update', this.#guarded(() => this.#saver.request()))
    socket.ev.on('connection.update', this.#guarded((update: Partial<ConnectionState>) => this.#updated(socket, update)))
  }

  /** Not stored is not received: the connection ends before anything can be acknowledged, and WhatsApp sends it again. */
  async #storePlain(socket: WASocket, ciphertext: Uint8Array, plain: Uint8Array): Promise<void> {
    try {
      await this.#inbound.decrypted(ciphertext, plain, this.me)
    } catch (error) {
      void socket.end(error as Error)
      throw error
    }
  }

  #answered(id: string, code: string | undefined) {
    if (this.inFlight.answered(id, code)) return
    const late = this.#services.out.settleLate(this.name, id, code === undefined ? 'accepted' : 'rejected', code)
    late.catch(error => this.#fault(error))
  }

  async #updated(socket: WASocket, update: Partial<ConnectionState>): Promise<void> {
    if (socket !== this.#socket) return
    if (update.isNewLogin) this.#leaveLinking = await this.#services.links.take()
    if (update.qr) {
      this.qr = update.qr
      this.#become('qr')
    }
    if (update.reachoutTimeLock) this.#news.timelock(update.reachoutTimeLock)
    if (update.connection === 'open') this.#opened(socket)
    if (update.connection === 'close') {
      const code = (update.lastDisconnect?.error as { output?: { statusCode?: number } } | undefined)?.output?.statusCode
      this.#end(socket, closeVerdict(code, this.#linked))
    }
  }

  #opened(socket: WASocket) {
    this.#attempt = 0
    this.#linked = true
    this.openedAt = Date.now()
    this.me = { phone: jidDecode(socket.user?.id)?.user, lid: jidDecode(socket.user?.lid)?.user }
    this.qr = undefined
    this.#become('open')
    // the history of a new link comes in the first seconds
    setTimeout(this.#leaveLinking, 3_000).unref()
  }

  #end(socket: WASocket, verdict: Verdict) {
    if (socket !== this.#socket) return
    this.#services.metrics.closes.inc({ verdict: verdict.kind === 'again' ? 'again' : verdict.state })
    this.#disconnect()
    if (verdict.kind === 'end') return this.#become(verdict.state, verdict.detail)
    this.#become('connecting')
    this.#connectIn(verdict.when === 'now' ? 0 : reconnectDelay(++this.#attempt, Math.random))
  }

  #disconnect() {
    this.#turn++
    clearTimeout(this.#timer)
    const socket = this.#socket
    this.#socket = undefined
    this.#close(socket)
  }

  #close(socket: WASocket | undefined) {
    this.qr = undefined
    this.#leaveLinking()
    this.inFlight.cut()
    socket?.end(undefined).catch(() => {})
  }

  #become(state: State, detail?: string) {
    if (this.state === 'fenced' || (this.state === state && this.detail === detail && !this.#news.isSilent)) return
    this.state = state
    this.detail = detail
    this.#news.state(state, detail, this.me.phone)
  }

  /** A session's failure is its own: nothing that a handler throws may reach the process. */
  #guarded<A extends unknown[]>(work: (...args: A) => Promise<void> | void): (...args: A) => Promise<void> {
    return async (...args) => {
      try {
        await work(...args)
      } catch (error) {
        this.#fault(error)
      }
    }
  }

  #fault(error: unknown) {
    if (error instanceof Fenced) return this.fence()
    this.#services.metrics.faults.inc()
    this.#services.log.error({ session: this.name, error: kindOf(error) }, 'A handler of the session failed')
    // without credentials or a socket nothing would go on by itself
    if (!this.#socket && isLive(this.state)) this.#connectIn(reconnectDelay(++this.#attempt, Math.random))
  }
}
