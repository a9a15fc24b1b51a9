import { Curve, generateRegistrationId, generateSignalPubKey, signedKeyPair, type KeyPair } from '@whiskeysockets/baileys'
import * as libsignal from 'libsignal'
import '../src/auth/mended-libsignal.ts' // a phone tries on copies as well
import type { LinkedDevice, PreKey } from './account.ts'
import { deviceOf, SERVER, userOf } from './nodes.ts'

/** A person's phone: a whole party of the Signal protocol, so that what is sent to it must really be readable. */
export class Contact {
  readonly phone: string
  readonly lid: string
  readonly identity: KeyPair
  readonly registration: number
  readonly signedPreKey: ReturnType<typeof signedKeyPair>
  readonly #preKeys = new Map<number, KeyPair>()
  readonly #sessions = new Map<string, Uint8Array>()
  #lastPreKey = 0
  #store: libsignal.SignalStorage | undefined

  constructor(phone: string, identity: KeyPair = Curve.generateKeyPair(), registration = generateRegistrationId()) {
    this.phone = phone
    this.lid = lidOfContact(phone)
    this.identity = identity
    this.registration = registration
    this.signedPreKey = signedKeyPair(identity, 1)
  }

  /** As it was when that was {@link remembered}. */
  static of(kept: ReturnType<Contact['remembered']>): Contact {
    const contact = new Contact(kept.phone, kept.identity, kept.registration)
    Object.assign(contact.signedPreKey, kept.signedPreKey)
    for (const [id, pair] of kept.preKeys) contact.#preKeys.set(id, pair)
    for (const [id, session] of kept.sessions) contact.#sessions.set(id, session)
    contact.#lastPreKey = kept.lastPreKey
    return contact
  }

  remembered() {
    const { phone, identity, registration, signedPreKey } = this
    const more = { preKeys: [...this.#preKeys], sessions: [...this.#sessions], lastPreKey: this.#lastPreKey }
    return { phone, identity, registration, signedPreKey, ...more }
  }

  /** A fresh pre-key for whoever wants to write to this contact for the first time. */
  nextPreKey(): { id: number; pair: KeyPair } {
    const id = ++this.#lastPreKey
    const pair = Curve.generateKeyPair()
    this.#preKeys.set(id, pair)
    return { id, pair }
  }

  async decrypt(fromDevice: string, type: string, ciphertext: Buffer): Promise<Buffer> {
    const cipher = new libsignal.SessionCipher(this.store(), this.addressOf(fromDevice))
    return type === 'pkmsg' ? cipher.decryptPreKeyWhisperMessage(ciphertext) : cipher.decryptWhisperMessage(ciphertext)
  }

  async knows(device: string): Promise<boolean> {
    const session = await this.store().loadSession(this.addressOf(device).toString())
    return session?.haveOpenSession() ?? false
  }

  /** A new session with a device, by its keys that the server has; one of before goes on being read. */
  async beginSession(jid: string, device: LinkedDevice, preKey: PreKey | undefined): Promise<void> {
    await new libsignal.SessionBuilder(this.store(), this.addressOf(jid)).initOutgoing({
      registrationId: device.registration,
      identityKey: generateSignalPubKey(device.identity),
      signedPreKey: {
        keyId: device.signedPreKey.id,
        publicKey: generateSignalPubKey(device.signedPreKey.public),
        signature: device.signedPreKey.signature,
      },
      preKey: (preKey && { keyId: preKey.id, publicKey: generateSignalPubKey(preKey.public) })!,
    })
  }

  addressOf(device: string): libsignal.ProtocolAddress {
    return new libsignal.ProtocolAddress(userOf(device), deviceOf(device))
  }

  /** The same one each time: libsignal's work on one store is done one after the other. */
  store(): libsignal.SignalStorage {
    return (this.#store ??= this.#makeStore())
  }

  #makeStore(): libsignal.SignalStorage {
    const keys = (pair: KeyPair) => ({
      privKey: Buffer.from(pair.private),
      pubKey: Buffer.from(generateSignalPubKey(Buffer.from(pair.public))),
    })
    return {
      loadSession: async id => {
        const stored = this.#sessions.get(id)
        return stored && libsignal.SessionRecord.deserialize(stored)
      },
      storeSession: async (id, record) => void this.#sessions.set(id, record.serialize()),
      isTrustedIdentity: () => true,
      loadPreKey: async id => {
        const pair = this.#preKeys.get(Number(id))
        return pair && keys(pair)
      },
      removePreKey: id => void this.#preKeys.delete(id),
      loadSignedPreKey: () => keys(this.signedPreKey.keyPair),
      getOurRegistrationId: () => this.registration,
      getOurIdentity: () => keys(this.identity),
    }
  }

  get jid(): string {
    return `${this.phone}@${SERVER}`
  }
}

/** Reversible, so that a contact that is first met under its LID gets its phone. */
export const lidOfContact = (phone: string): string => `9${phone}01`

export const phoneOfLid = (lid: string): string => lid.slice(1, -2)
