import { createHash } from 'node:crypto'

/**
 * WhatsApp's id of a message, the same for every try: official clients are said to show a repeated id once. That is a net
 * below the net; it is never permission to send again.
 */
export const waId = (messageId: string): string =>
  '3EB0' + createHash('sha256').update(messageId).digest('hex').slice(0, 18).toUpperCase()

/** By which others keep it: itself, or its hash where a contact's program made it long or odd, since no index takes such a one. */
export const keptId = (id: string): string =>
  /^[ -~]{1,200}$/.test(id) ? id : createHash('sha256').update(id).digest('hex')

/** Whether it can be an id of a message of ours: a contact's program may name any. */
export const isWaId = (id: string): boolean => /^3EB0[0-9A-F]{18}$/.test(id)
