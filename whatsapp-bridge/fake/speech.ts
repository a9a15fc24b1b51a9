import { encodeWAMessage, generateSignalPubKey, type BinaryNode } from '@whiskeysockets/baileys'
import * as libsignal from 'libsignal'
import { randomBytes } from 'node:crypto'
import type { LinkedDevice } from './account.ts'
import type { Contact } from './contact.ts'
import { seconds, SERVER } from './nodes.ts'
import type { World } from './world.ts'

export type Saying = {
  id?: string
  /** Comes under the contact's LID. */
  lid?: boolean
  /** With the phone beside the LID. */
  withPhone?: boolean
  /** Cannot be decrypted. */
  corrupt?: boolean
  /** Can be decrypted, and is no message: the padding says that more is padding than there is. */
  malformed?: boolean
  /** Comes from a group, a status or a newsletter of this address, unreadable to whoever does not know it. */
  from?: string
}

const MALFORMED = Buffer.from([1, 2, 255])

/** A contact writes to an account: encrypted for each of its linked devices. Answers with the message's id. */
export async function say(world: World, fromPhone: string, toPhone: string, text: string, saying: Saying = {}): Promise<string> {
  const id = saying.id ?? 'AC' + randomBytes(8).toString('hex').toUpperCase()
  const account = world.accounts.get(toPhone)
  if (!account) throw new Error('No such account')
  const contact = world.contact(`${fromPhone}@${SERVER}`)
  for (const device of account.devices.values()) {
    const jid = account.jidOf(device.id)
    const envelope = await encrypt(contact, jid, device, saying.malformed ? MALFORMED : encodeWAMessage({ conversation: text }))
    if (saying.corrupt) envelope.content = spoiled(envelope.content as Buffer)
    const node: BinaryNode = { tag: 'message', attrs: addressed(contact, id, saying), content: [envelope] }
    device.unacknowledged.set(id, node)
    world.live.get(jid)?.send(node)
  }
  return id
}

async function encrypt(contact: Contact, jid: string, device: LinkedDevice, plain: Uint8Array): Promise<BinaryNode> {
  const address = contact.addressOf(jid)
  if (!(await contact.knows(jid))) await firstContact(contact, address, device)
  const sealed = await new libsignal.SessionCipher(contact.store(), address).encrypt(Buffer.from(plain))
  const type = sealed.type === 3 ? 'pkmsg' : 'msg'
  return { tag: 'enc', attrs: { v: '2', type }, content: Buffer.from(sealed.body, 'binary') }
}

/** Uses up one of the pre-keys that the device has uploaded. */
async function firstContact(contact: Contact, address: libsignal.ProtocolAddress, device: LinkedDevice) {
  const one = device.preKeys.shift()
  await new libsignal.SessionBuilder(contact.store(), address).initOutgoing({
    registrationId: device.registration,
    identityKey: generateSignalPubKey(device.identity),
    signedPreKey: {
      keyId: device.signedPreKey.id,
      publicKey: generateSignalPubKey(device.signedPreKey.public),
      signature: device.signedPreKey.signature,
    },
    preKey: (one && { keyId: one.id, publicKey: generateSignalPubKey(one.public) })!,
  })
}

function addressed(contact: Contact, id: string, saying: Saying): BinaryNode['attrs'] {
  const common = { id, t: seconds(), type: 'text', notify: 'Aina' }
  if (saying.from) return { ...common, from: saying.from, participant: contact.jid }
  if (!saying.lid) return { ...common, from: contact.jid, sender_lid: `${contact.lid}@lid` }
  const underLid = { ...common, from: `${contact.lid}@lid`, addressing_mode: 'lid' }
  return saying.withPhone ? { ...underLid, sender_pn: contact.jid } : underLid
}

function spoiled(body: Buffer): Buffer {
  const copy = Buffer.from(body)
  copy[copy.length - 1]! ^= 1
  return copy
}
