import { jidDecode, jidNormalizedUser, type AnyMessageContent, type WASocket } from '@whiskeysockets/baileys'
import { kindOf, type Log } from '../observe/log.ts'
import { imageHead } from './image-head.ts'
import type { InFlight } from './in-flight.ts'
import type { Ended, Outcome, Outgoing } from './outgoing.ts'
import { TooLate, type Term } from './term.ts'
import type { Thumbnails } from './thumbnails.ts'
import { waId } from './wa-id.ts'

/** What a send needs of its session. */
export type Line = {
  socket: WASocket | undefined
  isOpen: boolean
  inFlight: InFlight
  preferLid: boolean
  /** Contacts whose keys are to be fetched anew before the next message. */
  renewals: Set<string>
  renewed: (phone: string) => Promise<void>
  thumbnails: Thumbnails
  log: Log
}

export type Sent = Omit<Outcome, 'waId'> & Pick<Ended, 'renew' | 'content'>

/** Of an image; a connection that stalls would hold it for ever. */
const LONGEST_UPLOAD_MS = 20_000

const notSent = (detail: string): Sent => ({ state: 'not_sent', detail })

/**
 * Sends one message, once. Everything that can be asked is asked before the write, so that a failure there is provably not
 * sent; after the write only the server's answer counts. What was not written when its term is over never is, however
 * long the questions before it still take.
 */
export async function sendMessage(line: Line, messageId: string, message: Outgoing, term: Term): Promise<Sent> {
  const { socket, inFlight } = line
  const id = waId(messageId)
  if (!socket || !line.isOpen || !socket.ws.isOpen) return notSent('not_connected')
  if (term.isOver) return notSent('too_late')
  if (!inFlight.begin(id, term)) return notSent('still_ending')
  const tried = tryToSend(line, socket, messageId, message).finally(() => inFlight.end(id))
  return Promise.race([tried, term.over.then(() => notSent('too_late'))])
}

async function tryToSend(line: Line, socket: WASocket, messageId: string, message: Outgoing): Promise<Sent> {
  try {
    const address = await addressOf(socket, message.phone, line.preferLid)
    const devices = await socket.getUSyncDevices([address], true, false)
    // Without the contact's own devices the message would go to our phone alone, and the server would take it.
    if (!devices.some(device => device.user === jidDecode(address)!.user)) return await nobodyThere(socket, message.phone)
    if (line.renewals.has(message.phone)) {
      await socket.assertSessions(devices.map(device => device.jid), true)
      line.renewals.delete(message.phone)
      await line.renewed(message.phone)
    }
    return await write(line, socket, address, waId(messageId), message)
  } catch (error) {
    line.log.warn({ error: kindOf(error), message_id: messageId }, 'A message was not sent')
    return notSent(reasonOf(error))
  }
}

/** A contact that has moved to a LID refuses its phone address with 463. */
async function addressOf(socket: WASocket, phone: string, preferLid: boolean): Promise<string> {
  const address = `${phone}@s.whatsapp.net`
  const lid = preferLid ? await socket.signalRepository.lidMapping.getLIDForPN(address) : null
  return lid ? jidNormalizedUser(lid) : address
}

async function nobodyThere(socket: WASocket, phone: string): Promise<Sent> {
  const found = await socket.onWhatsApp(phone)
  // no entry at all: the question was not answered, which says nothing of the contact
  return found?.length === 0 || found?.[0]?.exists === false
    ? { state: 'rejected', detail: 'not_on_whatsapp' }
    : notSent('devices_unknown')
}

async function write(line: Line, socket: WASocket, address: string, id: string, message: Outgoing): Promise<Sent> {
  const { inFlight } = line
  let renew = false
  let content: Ended['content']
  try {
    const sent = await socket.sendMessage(address, await contentOf(message, line.thumbnails), { messageId: id, mediaUploadTimeoutMs: LONGEST_UPLOAD_MS })
    content = message.image && (sent?.message ?? undefined)
    inFlight.written(id) // it resolved, so it was written, whatever the log said
  } catch (error) {
    if (!inFlight.wasWritten(id)) throw error
    renew = true // it left, and its keys were not stored: the next message would be unreadable
    line.renewals.add(message.phone)
  }
  const answer = await inFlight.answer(id)
  if (answer.kind === 'taken') return { state: 'accepted', renew, content }
  return answer.kind === 'refused'
    ? { state: 'rejected', detail: answer.code, renew, content }
    : { state: 'unknown', detail: answer.why, renew, content }
}

/** No link preview: for one, Baileys would fetch whatever address the text names. And no thumbnail by Baileys: it decodes whatever size. */
async function contentOf({ text, image }: Outgoing, thumbnails: Thumbnails): Promise<AnyMessageContent> {
  if (!image) return { text, linkPreview: null }
  const { width, height } = imageHead(image.data) ?? {}
  // null, which Baileys' type does not know, is none: what is undefined it makes itself
  const jpegThumbnail = (await thumbnails.of(image.data)) as string
  return { image: image.data, mimetype: image.mimetype, jpegThumbnail, width, height, ...(text ? { caption: text } : {}) }
}

function reasonOf(error: unknown): string {
  if (error instanceof TooLate) return 'too_late'
  return kindOf(error) === 'Fenced' ? 'fenced' : 'failed_before_write'
}
