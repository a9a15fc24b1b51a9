import {
  configureSuccessfulPairing, DisconnectReason, jidDecode, S_WHATSAPP_NET, type AuthenticationCreds, type BinaryNode, type ConnectionState,
  type WASocket,
} from '@whiskeysockets/baileys'
import type { AuthStore } from '../auth/auth-store.ts'
import { ConnectionKeys } from '../auth/connection-keys.ts'
import { tried } from '../auth/tried.ts'
import type { InFlight } from '../message/in-flight.ts'
import { connect } from './connect.ts'
import { CredentialsSaver } from './credentials-saver.ts'
import { Inbound } from './inbound.ts'
import { phoneOfLid } from './lid.ts'
import { interceptStanzas } from './raw-stanzas.ts'
import type { Services } from './services.ts'

const LONGEST_UNLINK_MS = 5_000
/** The person with the phone in the hand waits. */
const LONGEST_PAIRING_MS = 5_000

export type Me = { phone?: string; lid?: string }

/** What a connection needs of its session, and tells it. */
export type UplinkOwner = {
  name: string
  keys: AuthStore
  inFlight: InFlight
  /** Contacts whose keys are to be fetched anew before the next message. */
  renewals: Set<string>
  updated: (uplink: Uplink, update: Partial<ConnectionState>) => void | Promise<void>
  passkey: (uplink: Uplink) => void
  /** Anything that a handler throws. A session's failure is its own: nothing of it may reach the process. */
  fault: (error: unknown) => void
}

/** One connection to WhatsApp, from its beginning to its end: what comes in is stored, what goes out is followed. */
export class Uplink {
  readonly socket: WASocket
  /** Whether it began with the credentials of a linked phone. */
  readonly isLinked: boolean
  readonly #credentials: AuthenticationCreds
  readonly #services: Services
  readonly #owner: UplinkOwner
  readonly #saver: CredentialsSaver
  readonly #keys: ConnectionKeys
  readonly #silence: NodeJS.Timeout
  #isClosed = false

  constructor(services: Services, owner: UplinkOwner, credentials: AuthenticationCreds) {
    this.#services = services
    this.#owner = owner
    this.isLinked = Boolean(credentials.me)
    this.#credentials = credentials
    this.#saver = new CredentialsSaver(() => owner.keys.saveCredentials(credentials), error => this.#unsaved(error))
    this.#keys = new ConnectionKeys(owner.keys, error => this.#broken(error), () => this.#numbered())
    const inbound = new Inbound(services.events, owner.name, lid => phoneOfLid(this.socket, lid))
    services.metrics.connects.inc()
    this.socket = connect({
      config: services.config.whatsApp,
      keys: this.#keys,
      credentials,
      storePlain: (ciphertext, plain) => this.#store(inbound, ciphertext, plain),
      onStuck: () => this.#broken(new Error('The keys are held for too long')),
      onWrite: id => owner.inFlight.written(id),
      onUnreadable: () => services.metrics.unreadable.inc(),
      contentOf: id => services.out.content(owner.name, id),
    })
    this.#listen(inbound)
    // a server that takes the connection and then says nothing: no other time-out ends that
    this.#silence = setTimeout(() => this.#broken(new Error('WhatsApp says nothing')), services.config.whatsApp.connectTimeoutMs).unref()
  }

  /** Whether a phone has agreed to the link, in this connection or before it. */
  get isAgreed(): boolean {
    return Boolean(this.#credentials.account)
  }

  /** Whose phone it is, once it is linked. */
  me(): Me {
    const { id, lid } = this.socket.user ?? {}
    return { phone: jidDecode(id)?.user, lid: jidDecode(lid)?.user }
  }

  /**
   * When the credentials are saved as they stand, and nothing uses the keys any more; of a connection that is closed. Throws where the
   * credentials cannot be saved in time.
   */
  async saved(): Promise<void> {
    await Promise.all([this.#saver.saved(), this.#keys.idle()])
  }

  /**
   * Has the phone forget the link; true where no phone has it. False where WhatsApp does not confirm it in time: what was written is
   * lost where a connection is half dead.
   */
  async unlink(): Promise<boolean> {
    const jid = this.socket.user?.id
    if (!this.isAgreed || !jid) return true
    const removal = { tag: 'remove-companion-device', attrs: { jid, reason: 'user_initiated' } }
    const iq = { tag: 'iq', attrs: { to: S_WHATSAPP_NET, type: 'set', xmlns: 'md' }, content: [removal] }
    const answered = this.socket.query(iq, LONGEST_UNLINK_MS).then(answer => answer !== undefined, () => false)
    return Promise.race([answered, this.#thrownOut()])
  }

  /** When the connection has ended: whether because the phone has no such link any more. */
  #thrownOut(): Promise<boolean> {
    return new Promise(resolve => this.socket.ev.on('connection.update', update => {
      const error = update.lastDisconnect?.error as { output?: { statusCode?: number } } | undefined
      if (update.connection === 'close') resolve(error?.output?.statusCode === DisconnectReason.loggedOut)
    }))
  }

  close(): void {
    this.#isClosed = true
    this.#keys.close()
    this.socket.end(undefined).catch(() => {})
  }

  /** When it is stored which numbers of pre-keys are taken. */
  #numbered(): Promise<void> {
    this.#saver.request()
    return this.#saver.saved()
  }

  /** From here on nothing is acknowledged to WhatsApp: the socket takes no more before this returns. */
  #broken(error: Error) {
    this.socket.end(error).catch(() => {})
  }

  /** Its successor saves what is owed, and says what hinders it; this connection must do nothing more by what nobody else knows. */
  #unsaved(error: Error) {
    if (this.#isClosed) return
    this.#broken(error)
    this.#owner.fault(error)
  }

  #listen(inbound: Inbound) {
    interceptStanzas(this.socket, {
      message: stanza => inbound.arrived(stanza),
      receipt: async (ids, type, at) => {
        for (const id of ids) await this.#services.events.appendReceipt(this.#owner.name, id, type, at)
      },
      asksAgain: id => this.#askedAgain(id),
      answer: (id, code) => this.#answered(id, code),
      passkey: () => this.#owner.passkey(this),
      paired: stanza => this.#paired(stanza),
      broken: error => this.#broken(error as Error),
    })
    this.socket.ev.on('creds.update', () => this.#saver.request())
    this.socket.ev.on('connection.update', update => {
      if (update.qr || update.connection === 'open' || update.connection === 'close') clearTimeout(this.#silence)
      // in its own turn: what it throws is caught, also where it is not asynchronous
      Promise.resolve().then(() => this.#owner.updated(this, update)).catch(this.#owner.fault)
    })
  }

  /** Not stored is not linked: the phone would list a device whose keys nobody has. */
  async #paired(stanza: BinaryNode): Promise<void> {
    let agreed: Partial<AuthenticationCreds>
    try {
      agreed = configureSuccessfulPairing(stanza, this.#credentials).creds
    } catch {
      return // Baileys reads it next, and ends the connection
    }
    const end = performance.now() + LONGEST_PAIRING_MS
    const mayGoOn = () => !this.#isClosed && performance.now() < end
    await tried(() => this.#owner.keys.saveCredentials({ ...this.#credentials, ...agreed }), mayGoOn, Number.POSITIVE_INFINITY)
  }

  /** Not stored is not received: the connection ends before anything can be acknowledged, and WhatsApp sends it again. */
  async #store(inbound: Inbound, ciphertext: Uint8Array, plain: Uint8Array): Promise<void> {
    try {
      await inbound.decrypted(ciphertext, plain, this.me())
    } catch (error) {
      this.#broken(error as Error)
      throw error
    }
  }

  async #askedAgain(id: string): Promise<void> {
    const recipient = await this.#services.out.askedAgain(this.#owner.name, id)
    if (recipient) this.#owner.renewals.add(recipient)
  }

  #answered(id: string, code: string | undefined) {
    if (this.#owner.inFlight.answered(id, code)) return
    const state = code === undefined ? 'accepted' : 'rejected'
    this.#services.out.settleLate(this.#owner.name, id, state, code).catch(this.#owner.fault)
  }
}
