import { encodeBigEndian, proto, unpadRandomMax16, type BinaryNode } from '@whiskeysockets/baileys'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Connection } from './connection.ts'
import type { Contact } from './contact.ts'
import { bytes, child, children, isLid, seconds, userOf } from './nodes.ts'
import { askPhone } from './own-phone.ts'
import type { Delivery } from './world.ts'

/** Takes a message from a device: into the ledger, decrypted by the contact's own keys, then an answer and receipts. */
export async function deliver(connection: Connection, node: BinaryNode) {
  const { world, account, jid } = connection
  const to = node.attrs.to!
  const id = node.attrs.id!
  if (account!.isMine(userOf(to))) {
    acknowledge(connection, to, id)
    return askPhone(connection, node)
  }
  const contact = world.contact(to)
  const times = world.count(jid, to, id)
  const entry = { at: Date.now(), from: account!.phone, device: jid, to, phone: contact.phone, id, times, retry: isRetry(node) }
  const error = refusal(connection, contact, to)
  if (error) {
    world.ledger.push({ ...entry, refused: error })
    return acknowledge(connection, to, id, error)
  }
  for (const each of envelopes(node, to)) {
    if (account!.isMine(userOf(each.attrs.jid!))) continue
    await decrypt(connection, entry, world.contact(each.attrs.jid!), child(each, 'enc')!)
  }
  if (world.faults.cutBeforeAck) return connection.socket.terminate()
  if (world.faults.dropAcks) return
  if (world.faults.ackDelayMs > 0) await sleep(world.faults.ackDelayMs)
  acknowledge(connection, to, id)
  sendReceipts(connection, to, id)
}

function refusal(connection: Connection, contact: Contact, to: string): string | undefined {
  const { faults } = connection.world
  if (faults.lidOnly.includes(contact.phone) && !isLid(to)) return '463'
  return faults.nack[contact.phone]
}

/** A copy for one device of whoever asked for it again goes without the list of participants. */
export function envelopes(node: BinaryNode, to: string): BinaryNode[] {
  const participants = child(node, 'participants')
  if (participants) return children(participants)
  const single = child(node, 'enc')
  return single ? [{ tag: 'to', attrs: { jid: to }, content: [single] }] : []
}

const isRetry = (node: BinaryNode): boolean => Boolean(child(node, 'enc')?.attrs.count)

async function decrypt(
  connection: Connection,
  entry: Omit<Delivery, 'type' | 'text' | 'image' | 'unreadable'>,
  contact: Contact,
  envelope: BinaryNode,
) {
  const { world, jid } = connection
  const type = envelope.attrs.type!
  try {
    const padded = await contact.decrypt(jid, type, bytes(envelope))
    const message = proto.Message.decode(unpadRandomMax16(padded))
    world.ledger.push({ ...entry, type, ...content(message) })
  } catch (error) {
    world.ledger.push({ ...entry, type, unreadable: (error as Error).message })
    if (world.faults.retryUnreadable) askAgain(connection, contact, entry.to, entry.id)
  }
}

function content(message: proto.IMessage): Pick<Delivery, 'text' | 'image'> {
  const image = message.imageMessage
  if (!image) return { text: message.conversation ?? message.extendedTextMessage?.text ?? undefined }
  return {
    text: image.caption ?? undefined,
    image: {
      mimetype: image.mimetype ?? '',
      bytes: Number(image.fileLength ?? 0),
      width: image.width ?? 0,
      height: image.height ?? 0,
      hasThumbnail: (image.jpegThumbnail?.length ?? 0) > 0,
    },
  }
}

/** The contact's phone could not read it, or says so. */
export function askAgain(connection: Connection, contact: Contact, to: string, id: string) {
  connection.send({
    tag: 'receipt',
    attrs: { from: to, id, type: 'retry', t: seconds() },
    content: [
      { tag: 'retry', attrs: { count: '1', id, t: seconds(), v: '1' } },
      { tag: 'registration', attrs: {}, content: encodeBigEndian(contact.registration) },
    ],
  })
}

function acknowledge(connection: Connection, to: string, id: string, error?: string) {
  connection.send({ tag: 'ack', attrs: { class: 'message', from: to, id, t: seconds(), ...(error ? { error } : {}) } })
}

/** The contact's phone tells what became of it; the server keeps that until the device has it, whichever connection it has then. */
function sendReceipts({ world, device, jid }: Connection, to: string, id: string) {
  const { faults } = world
  if (faults.receipts === 'none') return
  setTimeout(() => {
    const told: BinaryNode['attrs'][] = [{ from: to, id, t: seconds() }, { from: to, id, type: 'read', t: seconds() }]
    for (const attrs of faults.receipts === 'read' ? told : told.slice(0, 1)) {
      const receipt = { tag: 'receipt', attrs }
      device!.unacknowledged.set(receiptKey(id, attrs.type), receipt)
      world.live.get(jid)?.send(receipt)
    }
  }, faults.receiptDelayMs)
}

/** What a receipt waits under, beside the messages that wait. */
export const receiptKey = (id: string, type = ''): string => `${id}|${type}`
