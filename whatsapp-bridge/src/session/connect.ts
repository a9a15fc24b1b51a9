import makeWASocket, { type AuthenticationCreds, type proto, type WASocket } from '@whiskeysockets/baileys'
import type { IncomingMessage } from 'node:http'
import type { ConnectionKeys } from '../auth/connection-keys.ts'
import { orderedSignalRepository, type StorePlain } from '../auth/signal-repository.ts'
import type { Config } from '../config.ts'
import { watchBaileys } from './baileys-log.ts'

export type ConnectOptions = {
  config: Config['whatsApp']
  keys: ConnectionKeys
  credentials: AuthenticationCreds
  storePlain: StorePlain
  /** The keys are held by a piece of work that does not end. */
  onStuck: () => void
  onWrite: (waId: string) => void
  onUnreadable: () => void
  /** A message of ours that a contact's phone asks for again. */
  contentOf: (waId: string) => Promise<proto.IMessage | undefined>
}

/** Baileys with the settings that keep a fleet alive; the reason of each stands beside it. */
export function connect(options: ConnectOptions): WASocket {
  const { config, keys, credentials } = options
  const socket = makeWASocket({
    auth: { creds: credentials, keys },
    waWebSocketUrl: config.url,
    version: config.version,
    logger: watchBaileys(options.onWrite, options.onUnreadable),
    // our own messages as events would fold receipts away
    emitOwnEvents: false,
    // the whole history costs memory and tells us nothing; the small sync stays, LIDs and tokens come with it
    syncFullHistory: false,
    // else the owner's phone stops ringing
    markOnlineOnConnect: false,
    defaultQueryTimeoutMs: config.queryTimeoutMs,
    // the store tries again by itself; by default it would be tried for half a minute, long after the message has left
    transactionOpts: { maxCommitRetries: 1, delayBetweenTriesMs: 0 },
    getMessage: async key => (key.id ? options.contentOf(key.id) : undefined),
    makeSignalRepository: orderedSignalRepository(keys, options.storePlain, options.onStuck),
  })
  endWhenRefused(socket)
  return socket
}

/**
 * A door in front of WhatsApp that answers by HTTP: Baileys listens to that, so that ws leaves the end of the connection to it, and
 * does nothing. Its status is not passed on: 401 and 403 are words of WhatsApp itself, by which a link would be given up.
 */
function endWhenRefused(socket: WASocket) {
  socket.ws.on('unexpected-response', (_request: unknown, response: IncomingMessage) => {
    response.destroy()
    socket.end(new Error(`The connection was refused with HTTP ${response.statusCode}`)).catch(() => {})
  })
}
