import { Fenced } from '../auth/fence.ts'
import { kindOf, type Log } from '../observe/log.ts'
import type { Metrics } from '../observe/metrics.ts'
import type { Session } from '../session/session.ts'
import type { Begun, OutStore } from './out-store.ts'
import type { Ended, Outcome, Outgoing } from './outgoing.ts'
import { sendMessage } from './send-message.ts'
import type { Term } from './term.ts'
import { Thumbnails } from './thumbnails.ts'
import { waId } from './wa-id.ts'

const LONGEST_PAUSE_MS = 2 * 60_000

export type Put = Outcome & { replayed: boolean }

/**
 * Nobody could write down that a message begins, or ask whether it has begun: nothing of it has left by this request, and nothing
 * will. A row that was written all the same answers `started` to a repetition, which then sends nothing either.
 */
export class NotWrittenDown extends Error {}

/** The one way out: writes down that a message begins, sends it, writes down how it ended. What was written down never begins again. */
export class PutMessage {
  readonly #out: OutStore
  readonly #preferLid: boolean
  readonly #metrics: Metrics
  readonly #log: Log
  readonly #thumbnails: Thumbnails

  constructor(out: OutStore, preferLid: boolean, metrics: Metrics, log: Log) {
    this.#out = out
    this.#preferLid = preferLid
    this.#metrics = metrics
    this.#log = log
    this.#thumbnails = new Thumbnails(metrics, log)
  }

  /**
   * Throws {@link NotWrittenDown}, and {@link Fenced} where the session has another owner.
   *
   * @param term in which it may leave; it goes on while the message waits for its turn
   */
  async put(session: Session, messageId: string, message: Outgoing, term: Term): Promise<Put> {
    const id = waId(messageId)
    if (session.lane.isFull) return { state: 'not_sent', detail: 'too_many_waiting', waId: id, replayed: false }
    const begun = await this.#begin(session, messageId, message)
    if (begun === 'fenced') {
      session.fence()
      throw new Fenced()
    }
    if (begun === 'known') return { ...(await this.#out.find(session.name, messageId))!, replayed: true }
    const sent = await session.lane.run(() => sendMessage(this.#line(session), messageId, message, term))
    await this.#end(session, messageId, message.phone, sent)
    this.#metrics.sends.inc({ outcome: sent.state })
    return { state: sent.state, detail: sent.detail, waId: id, replayed: false }
  }

  async #begin(session: Session, messageId: string, message: Outgoing): Promise<Begun> {
    try {
      return await this.#out.begin(session.own, messageId, message.phone, wordsOf(message), message.evenRejected)
    } catch (error) {
      this.#log.warn({ session: session.name, message_id: messageId, error: kindOf(error) }, 'The begin of a message cannot be written down: it is not sent')
      throw new NotWrittenDown()
    }
  }

  #line(session: Session) {
    return {
      socket: session.socket,
      isOpen: session.state === 'open',
      inFlight: session.inFlight,
      preferLid: this.#preferLid,
      renewals: session.renewals,
      renewed: (phone: string) => this.#out.renewed(session.name, phone),
      thumbnails: this.#thumbnails,
      log: this.#log,
    }
  }

  async #end(session: Session, messageId: string, phone: string, sent: Awaited<ReturnType<typeof sendMessage>>): Promise<void> {
    if (sent.state === 'not_sent') {
      // stays `started` where the database fails, and becomes unknown: wrong, but never a second message
      await this.#out.forget(session.name, messageId).catch(() => {})
    } else {
      await this.#settle(session, messageId, phone, { ...sent, state: sent.state })
    }
  }

  /**
   * Who asked is answered in any case, now. What cannot be written down now is tried again for some minutes: it would stay
   * `started` until the session gets another owner. A contact that asked for a message again meanwhile still has its keys renewed.
   */
  async #settle(session: Session, messageId: string, phone: string, ended: Ended, pause = 500): Promise<void> {
    try {
      await this.#out.settle(session.name, messageId, { ...ended, renew: ended.renew || session.renewals.has(phone) })
    } catch (error) {
      this.#log.warn({ session: session.name, message_id: messageId, error: kindOf(error) }, 'The end of a message cannot be written down now')
      if (pause > LONGEST_PAUSE_MS) return
      setTimeout(() => void this.#settle(session, messageId, phone, ended, 2 * pause), pause).unref()
    }
  }
}

/** What a contact's phone gets that asks for it again; an image has no more than its words before it is uploaded, and they are not it. */
const wordsOf = (message: Outgoing): Ended['content'] =>
  message.image ? undefined : { extendedTextMessage: { text: message.text } }
