import type { BinaryNode, WASocket } from '@whiskeysockets/baileys'

/** What the bridge does with stanzas before, or instead of, Baileys. */
export type StanzaHandlers = {
  message: (stanza: BinaryNode) => void
  /** Must store what it is told before it resolves. */
  receipt: (ids: string[], type: string, at: number) => Promise<void>
  /** A contact's phone could not read a message of ours. Must store what it is told before it resolves. */
  asksAgain: (id: string) => Promise<void>
  /** The server's answer to a message of ours. */
  answer: (id: string, code: string | undefined) => void
  passkey: () => void
  /** A phone agrees to the link. Must store that before it resolves: then it is confirmed. */
  paired: (stanza: BinaryNode) => Promise<void>
  /** A receipt or a link could not be stored: nothing of this connection may be acknowledged any more. */
  broken: (error: unknown) => void
}

const PASSKEY = new Set(['passkey_prologue_request', 'crsc_continuation'])

/** Receipts of a contact, by their name on the wire; the others (of our own devices, retries, errors) tell nothing. */
const RECEIPTS: Record<string, string> = { '': 'delivered', inactive: 'delivered', read: 'read', played: 'played' }

/**
 * Sits between the connection and Baileys. Receipts go on only when they are stored, in order, since Baileys acknowledges them
 * and folds them into other events; what comes from groups, status and newsletters is acknowledged plainly and dropped, since
 * Baileys would refuse it, and refusals stall the server's offline queue.
 */
export function interceptStanzas(socket: WASocket, handlers: StanzaHandlers) {
  const pass = socket.ws.emit.bind(socket.ws)
  let stored: Promise<void> = Promise.resolve()
  const emit = (event: string | symbol, ...args: unknown[]): boolean => {
    const stanza = args[0] as BinaryNode
    switch (event) {
      case 'CB:message':
        if (isNoPerson(stanza.attrs.from)) return acknowledge(socket, stanza)
        handlers.message(stanza)
        return pass(event, ...args)
      case 'CB:receipt':
        if (isNoPerson(stanza.attrs.from)) return acknowledge(socket, stanza)
        stored = stored.then(() => storeReceipt(handlers, stanza)).then(() => void pass(event, ...args))
        stored = stored.catch(error => handlers.broken(error))
        return true
      case 'CB:notification':
        if (PASSKEY.has(stanza.attrs.type ?? '')) {
          handlers.passkey()
          return true
        }
        // mutes, archives and stars of the owner's own phone: to read them Baileys holds all keys while it downloads
        return stanza.attrs.type === 'server_sync' ? acknowledge(socket, stanza) : pass(event, ...args)
      case 'CB:iq,,pair-success':
        handlers.paired(stanza).then(() => void pass(event, ...args)).catch(error => handlers.broken(error))
        return true
      default:
        return pass(event, ...args)
    }
  }
  socket.ws.emit = emit as typeof socket.ws.emit
  socket.ws.on('CB:ack,class:message', (node: BinaryNode) => handlers.answer(node.attrs.id!, node.attrs.error))
}

async function storeReceipt(handlers: StanzaHandlers, stanza: BinaryNode): Promise<void> {
  if (stanza.attrs.type === 'retry') return handlers.asksAgain(stanza.attrs.id!)
  const type = RECEIPTS[stanza.attrs.type ?? '']
  if (!type) return
  const list = Array.isArray(stanza.content) ? stanza.content[0]?.content : undefined
  const more = Array.isArray(list) ? list.map(each => each.attrs.id) : []
  const ids = [stanza.attrs.id, ...more].filter(id => id !== undefined)
  await handlers.receipt(ids, type, Number(stanza.attrs.t))
}

const isNoPerson = (jid: string | undefined): boolean => /@(g\.us|broadcast|newsletter)$/.test(jid ?? '')

function acknowledge(socket: WASocket, stanza: BinaryNode): boolean {
  const { id, from, participant, type } = stanza.attrs
  const attrs: BinaryNode['attrs'] = { id: id!, to: from!, class: stanza.tag }
  if (participant) attrs.participant = participant
  if (type) attrs.type = type
  if (stanza.tag === 'message' && socket.user?.id) attrs.from = socket.user.id
  socket.sendNode({ tag: 'ack', attrs }).catch(() => {}) // the connection is gone: the server sends it again
  return true
}
