import { SessionCipher } from 'libsignal'

/** A session of libsignal, as far as it is needed here: what its types leave out. */
type Session = { serialize(): object; constructor: { deserialize(kept: object): object } }

type Cipher = { doDecryptWhisperMessage(message: Buffer, session: Session | undefined): Promise<Buffer> }

/**
 * Gives a session back as it was where a message does not belong to it.
 *
 * libsignal 6.0.0 tries a message on each session that it has with a contact, the newest first. A try steps the ratchet before
 * the MAC tells that this is another session's message, and the step stays: it is stored along with the session that fitted.
 * A contact who answers in the session of before, while ours was renewed, thus spoils the new one, and can read nothing
 * that is sent in it. Signal's own libraries try on copies.
 */
function keepSessionsWhole() {
  const cipher = SessionCipher.prototype as unknown as Cipher
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

keepSessionsWhole()
