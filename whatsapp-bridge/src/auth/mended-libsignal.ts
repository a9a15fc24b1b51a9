import { SessionBuilder, SessionCipher } from 'libsignal'
import { AsyncLocalStorage } from 'node:async_hooks'

/*
 * libsignal 6.0.0 with two faults mended, for whoever imports it.
 */

/** A session, as far as it is needed here: what libsignal's types leave out. */
type Session = { serialize(): object; constructor: { deserialize(kept: object): object } }

type Party = { readonly storage: object; readonly addr: { toString(): string } }

type Cipher = Party & {
  doDecryptWhisperMessage(message: Buffer, session: Session | undefined): Promise<Buffer>
  queueJob<T>(job: () => Promise<T>): Promise<T>
}

type Builder = Party & { initOutgoing(device: object): Promise<void> }

const cipher = SessionCipher.prototype as unknown as Cipher
const builder = SessionBuilder.prototype as unknown as Builder

/**
 * Gives a session back as it was where a message does not belong to it.
 *
 * A message is tried on each session that there is with a contact, the newest first. A try steps the ratchet before the MAC
 * tells that this is another session's message, and the step stays: it is stored along with the session that fitted. A contact
 * who answers in the session of before, while ours was renewed, thus spoils the new one, and can read nothing that is sent in
 * it. Signal's own libraries try on copies.
 */
function keepSessionsWhole() {
  const decrypt = cipher.doDecryptWhisperMessage
  cipher.doDecryptWhisperMessage = async function (message, session) {
    const before = session?.serialize()
    try {
      return await decrypt.call(this, message, session)
    } catch (error) {
      if (session && before) Object.assign(session, session.constructor.deserialize(before))
      throw error
    }
  }
}

/**
 * Runs what concerns one contact of one linked phone one after the other, each in its own asynchronous context.
 *
 * libsignal has one queue a contact for the whole process, and runs it in the context of whoever came first. Where a contact
 * writes to two of our phones at once, the second phone's work ran outside its transaction: its keys were stored, and its
 * pre-key gone, before what was decrypted had been stored; after a failure there the message could never be read again.
 */
function keepContexts() {
  cipher.queueJob = function (job) {
    return inTurn(this, job)
  }
  const initOutgoing = builder.initOutgoing
  builder.initOutgoing = function (device) {
    return inTurn(this, () => {
      // libsignal takes this for a contact of its own, so that its queue has nobody else in it
      const alone = `${++begun}|`
      const addr = Object.create(this.addr, { toString: { value: () => alone + this.addr.toString() } })
      const inside = AsyncLocalStorage.snapshot()
      const storage = new Proxy(this.storage, {
        get: (target: any, name) => (first: unknown, ...more: unknown[]) =>
          inside(() => target[name](typeof first === 'string' ? first.replace(alone, '') : first, ...more)),
      })
      return initOutgoing.call(Object.create(this, { storage: { value: storage }, addr: { value: addr } }), device)
    })
  }
}

let begun = 0

const tails = new WeakMap<object, Map<string, Promise<unknown>>>()

function inTurn<T>({ storage, addr }: Party, job: () => Promise<T>): Promise<T> {
  const mine = tails.get(storage) ?? new Map<string, Promise<unknown>>()
  tails.set(storage, mine)
  const contact = addr.toString()
  const done = (mine.get(contact) ?? Promise.resolve()).then(job)
  const tail: Promise<void> = done.then(() => {}, () => {}).then(() => {
    if (mine.get(contact) === tail) mine.delete(contact)
  })
  mine.set(contact, tail)
  return done
}

keepSessionsWhole()
keepContexts()
