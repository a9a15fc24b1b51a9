import { jidDecode, normalizeMessageContent, proto, unpadRandomMax16, type BinaryNode } from '@whiskeysockets/baileys'
import type { BridgeEvent, EventStore } from '../event/event-store.ts'
import { keptId } from '../message/wa-id.ts'

const MOST_NODES_TEXT = 65_536

/**
 * What contacts write. Each message is stored when it has been decrypted, before its keys move on and before WhatsApp hears
 * that we have it: killed at any moment, it is told once, not never.
 */
export class Inbound {
  readonly #events: EventStore
  readonly #session: string
  readonly #phoneOf: (lid: string) => Promise<string | undefined>
  /** Which stanza a ciphertext came in: the decryption is told the ciphertext alone. */
  readonly #stanzas = new WeakMap<object, BinaryNode>()

  /** @param phoneOf whose LID that is, as far as it is known */
  constructor(events: EventStore, session: string, phoneOf: (lid: string) => Promise<string | undefined>) {
    this.#events = events
    this.#session = session
    this.#phoneOf = phoneOf
  }

  /** Remembers the stanza until it is decrypted. */
  arrived(stanza: BinaryNode) {
    if (!Array.isArray(stanza.content)) return
    for (const each of stanza.content) if (each.content instanceof Uint8Array) this.#stanzas.set(each.content, stanza)
  }

  /** Stores what was decrypted. Copies of what we sent from our own phone, and what is no message to a person, are left out. */
  async decrypted(ciphertext: Uint8Array, plain: Uint8Array, me: { phone?: string; lid?: string }): Promise<void> {
    const stanza = this.#stanzas.get(ciphertext)
    if (!stanza || !isPerson(stanza.attrs.from)) return
    const { id, from, sender_pn, sender_lid, t } = stanza.attrs
    const sender = senderOf([from, sender_pn, sender_lid])
    const message = decoded(() => proto.Message.decode(unpadRandomMax16(plain)))
    if (!message) return
    if (isOwnPhone(from, me)) for (const each of heldByPhone(message)) await this.#storeHeld(each, me)
    else if (!isMe(sender, me)) await this.#store(id!, sender, message, Number(t))
  }

  /** Stored as if the contact's own stanza had been readable: should that come again, it is known. */
  async #storeHeld({ key, message, messageTimestamp }: proto.IWebMessageInfo, me: { phone?: string; lid?: string }): Promise<void> {
    if (!message || !key?.id || key.fromMe || !isPerson(key.remoteJid)) return
    const sender = senderOf([key.remoteJid])
    if (!isMe(sender, me)) await this.#store(key.id, sender, message, Number(messageTimestamp))
  }

  async #store(id: string, sender: Sender, message: proto.IMessage, at: number): Promise<void> {
    const read = readMessage(message)
    if (!read) return
    const phone = sender.phone ?? (sender.lid && (await this.#phoneOf(sender.lid)))
    const body: BridgeEvent = { kind: 'message', wa_id: keptId(id), ...sender, phone, ...read, at }
    await this.#events.append(this.#session, `m|${id}`, body)
  }
}

type Sender = { phone?: string; lid?: string }

/** Those too whose business has its messages hosted. */
const isPerson = (jid: string | null | undefined): boolean => /@(s\.whatsapp\.net|lid|hosted|hosted\.lid)$/.test(jid ?? '')

const isMe = (sender: Sender, me: Sender): boolean =>
  Boolean((sender.phone && sender.phone === me.phone) || (sender.lid && sender.lid === me.lid))

/** By the name alone that chose the keys: the others are the sender's words. Not another device of the account. */
const isOwnPhone = (from: string | undefined, me: Sender): boolean => isMe(senderOf([from]), me) && !jidDecode(from)?.device

/** Both names of the sender, as far as they are given. */
function senderOf(jids: (string | null | undefined)[]): Sender {
  const user = (ending: RegExp) => jidDecode(jids.find(each => ending.test(each ?? '')) ?? undefined)?.user
  return { phone: user(/@(s\.whatsapp\.net|hosted)$/), lid: user(/@(lid|hosted\.lid)$/) }
}

/**
 * Nothing where it is no message: whoever wrote it spoiled it, and it would be the same each time that it comes. Baileys reads it
 * next, and refuses it in its own way.
 */
function decoded<T>(decode: () => T): T | undefined {
  try {
    return decode()
  } catch {
    return undefined
  }
}

/**
 * What our own phone sends along of messages that this device could not read, or that came without their content, as answers to an
 * advertisement do: Baileys has acknowledged those, and asked the phone, so nobody sends them again.
 */
function heldByPhone(message: proto.IMessage): proto.IWebMessageInfo[] {
  const { protocolMessage } = message.deviceSentMessage?.message ?? message
  const results = protocolMessage?.peerDataOperationRequestResponseMessage?.peerDataOperationResult ?? []
  const held = results.map(each => each.placeholderMessageResendResponse?.webMessageInfoBytes)
  return held.flatMap(bytes => (bytes && decoded(() => proto.WebMessageInfo.decode(bytes))) ?? [])
}

/**
 * The words of a message, or what it is where it has none; nothing for the protocol's own messages. An edit is what it makes of the
 * message: whoever wrote "ok" and makes it "STOP" has said so.
 */
export function readMessage(message: proto.IMessage): { text?: string; type: string } | undefined {
  const content = normalizeMessageContent(message)
  if (!content) return undefined
  if (content.protocolMessage) {
    const { type, editedMessage } = content.protocolMessage
    return type === EDIT && editedMessage ? readMessage(editedMessage) : undefined
  }
  const type = Object.keys(content).find(key => !IGNORED.has(key) && content[key as keyof typeof content])
  if (!type) return undefined
  return { text: textOf(content)?.slice(0, MOST_NODES_TEXT), type: type.replace(/Message$/, '') }
}

const EDIT = proto.Message.ProtocolMessage.Type.MESSAGE_EDIT

const IGNORED = new Set(['messageContextInfo', 'senderKeyDistributionMessage', 'fastRatchetKeySenderKeyDistributionMessage'])

function textOf(content: proto.IMessage): string | undefined {
  return (
    content.conversation ||
    content.extendedTextMessage?.text ||
    content.imageMessage?.caption ||
    content.videoMessage?.caption ||
    content.documentMessage?.caption ||
    content.buttonsResponseMessage?.selectedDisplayText ||
    content.listResponseMessage?.title ||
    content.templateButtonReplyMessage?.selectedDisplayText ||
    undefined
  )
}
