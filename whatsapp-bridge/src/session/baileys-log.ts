import type { SocketConfig } from '@whiskeysockets/baileys'

type BaileysLog = SocketConfig['logger']

/**
 * What Baileys logs: nothing of it is kept, since its lines hold phones and keys. Two of them are signs: the one just before a
 * message is written, and the one of a message that could not be decrypted.
 */
export function watchBaileys(onWrite: (waId: string) => void, onUnreadable: () => void): BaileysLog {
  const nothing = () => {}
  const log: BaileysLog = {
    level: 'debug',
    child: () => log,
    trace: nothing,
    info: nothing,
    warn: nothing,
    debug(facts: unknown, words?: string) {
      const id = (facts as { msgId?: unknown } | undefined)?.msgId
      if (typeof id === 'string' && /^sending message to \d+ devices$/.test(words ?? '')) onWrite(id)
    },
    error(_facts: unknown, words?: string) {
      if (words === 'failed to decrypt message') onUnreadable()
    },
  }
  return log
}
