import { encodeWAMessage, type BinaryNode, type proto } from '@whiskeysockets/baileys'
import * as libsignal from 'libsignal'
import { randomBytes } from 'node:crypto'
import type { LinkedDevice, PreKey } from './account.ts'
import type { Contact } from './contact.ts'
import { bytes, child, seconds, SERVER } from './nodes.ts'
import type { World } from './world.ts'

export type Saying = {
  id?: string
  /** Comes under the contact's LID. */
  lid?: boolean
  /** With the phone beside the LID. */
  withPhone?: boolean
  /** Cannot be decrypted. */
  corrupt?: boolean
  /** Is not said again, however often it is asked for. */
  deaf?: boolean
  /** Can be decrypted, and is no message: the padding says that more is padding than there is. */
  malformed?: boolean
  /** Comes without its content, as from an advertisement: only the account's phone has it. */
  bare?: boolean
  /** Is this, not the text. */
  message?: proto.IMessage
  /** Comes from a device that a business has its messages hosted on. */
  hosted?: boolean
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
  const plain = saying.malformed ? MALFORMED : encodeWAMessage(saying.message ?? { conversation: text })
  world.said.set(id, { contact, plain, saying, at: Number(seconds()) })
  for (const device of account.devices.values()) {
    const jid = account.jidOf(device.id)
    if (saying.bare) {
      send(world, device, jid, { tag: 'message', attrs: addressed(contact, id, saying), content: [{ tag: 'unavailable', attrs: {} }] })
      continue
    }
    const envelope = await encrypt(contact, jid, device, plain)
    if (saying.corrupt) envelope.content = spoiled(envelope.content as Buffer)
    send(world, device, jid, { tag: 'message', attrs: addressed(contact, id, saying), content: [envelope] })
  }
  return id
}

/**
 * A device could not read a message and asks for it again: by the session that there is, or by a new one where the device sent
 * keys for it along.
 */
export async function sayAgain(world: World, device: LinkedDevice, jid: string, request: BinaryNode): Promise<void> {
  const id = request.attrs.id!
  const said = world.said.get(id)
  if (!said || said.saying.deaf) return
  const { contact, plain, saying } = said
  const keys = child(request, 'keys')
  if (keys) await contact.beginSession(jid, device, preKeyOf(child(keys, 'key')))
  await sayTo(world, contact, device, jid, plain, addressed(contact, id, saying))
}

/** To one device alone. */
export async function sayTo(world: World, contact: Contact, device: LinkedDevice, jid: string, plain: Uint8Array, attrs: BinaryNode['attrs']) {
  send(world, device, jid, { tag: 'message', attrs: { t: seconds(), ...attrs }, content: [await encrypt(contact, jid, device, plain)] })
}

function send(world: World, device: LinkedDevice, jid: string, message: BinaryNode) {
  device.unacknowledged.set(message.attrs.id!, message)
  world.live.get(jid)?.send(message)
}

function preKeyOf(key: BinaryNode | undefined): PreKey | undefined {
  return key && { id: bytes(child(key, 'id')).readUIntBE(0, 3), public: bytes(child(key, 'value')) }
}

async function encrypt(contact: Contact, jid: string, device: LinkedDevice, plain: Uint8Array): Promise<BinaryNode> {
  // the first time, one of the pre-keys that the device has uploaded is used up
  if (!(await contact.knows(jid))) await contact.beginSession(jid, device, device.preKeys.shift())
  const sealed = await new libsignal.SessionCipher(contact.store(), contact.addressOf(jid)).encrypt(Buffer.from(plain))
  const type = sealed.type === 3 ? 'pkmsg' : 'msg'
  return { tag: 'enc', attrs: { v: '2', type }, content: Buffer.from(sealed.body, 'binary') }
}

function addressed(contact: Contact, id: string, saying: Saying): BinaryNode['attrs'] {
  const common = { id, t: seconds(), type: 'text', notify: 'Aina' }
  if (saying.from) return { ...common, from: saying.from, participant: contact.jid }
  if (saying.hosted) return { ...common, from: saying.lid ? `${contact.lid}:99@hosted.lid` : `${contact.phone}:99@hosted` }
  if (!saying.lid) return { ...common, from: contact.jid, sender_lid: `${contact.lid}@lid` }
  const underLid = { ...common, from: `${contact.lid}@lid`, addressing_mode: 'lid' }
  return saying.withPhone ? { ...underLid, sender_pn: contact.jid } : underLid
}

function spoiled(body: Buffer): Buffer {
  const copy = Buffer.from(body)
  copy[copy.length - 1]! ^= 1
  return copy
}
