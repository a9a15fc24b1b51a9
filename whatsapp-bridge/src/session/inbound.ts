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
    const sender = senderOf(stanza.attrs)
    if ((sender.phone && sender.phone === me.phone) || (sender.lid && sender.lid === me.lid)) return
    const read = readPlain(plain)
    if (!read) return
    const phone = sender.phone ?? (sender.lid && (await this.#phoneOf(sender.lid)))
    await this.#store(stanza.attrs.id!, { ...sender, phone, ...read, at: Number(stanza.attrs.t) })
  }

  #store(id: string, message: Record<string, unknown>): Promise<void> {
    const body: BridgeEvent = { kind: 'message', wa_id: keptId(id), ...message }
    return this.#events.append(this.#session, `m|${id}`, body)
  }
}

const isPerson = (jid: string | undefined): boolean => /@(s\.whatsapp\.net|lid)$/.test(jid ?? '')

/** Both names of the sender, as far as the stanza gives them. */
function senderOf(attrs: BinaryNode['attrs']): { phone?: string; lid?: string } {
  const names = [attrs.from, attrs.sender_pn, attrs.sender_lid].filter(each => each !== undefined)
  const user = (ending: string) => jidDecode(names.find(each => each.endsWith(ending)))?.user
  return { phone: user('@s.whatsapp.net'), lid: user('@lid') }
}

/**
 * What was decrypted; nothing where it is no message: whoever wrote it spoiled it, and it would be the same each time that it comes.
 * Baileys reads it next, and refuses it in its own way.
 */
function readPlain(plain: Uint8Array): ReturnType<typeof readMessage> {
  let message: proto.Message
  try {
    message = proto.Message.decode(unpadRandomMax16(plain))
  } catch {
    return undefined
  }
  return readMessage(message)
}

/** The words of a message, or what it is where it has none; nothing for the protocol's own messages. */
export function readMessage(message: proto.IMessage): { text?: string; type: string } | undefined {
  const content = normalizeMessageContent(message)
  if (!content || content.protocolMessage) return undefined
  const type = Object.keys(content).find(key => !IGNORED.has(key) && content[key as keyof typeof content])
  if (!type) return undefined
  return { text: textOf(content)?.slice(0, MOST_NODES_TEXT), type: type.replace(/Message$/, '') }
}

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
