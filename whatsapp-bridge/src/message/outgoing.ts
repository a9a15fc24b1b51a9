import type { proto } from '@whiskeysockets/baileys'

/** A message as the gateway hands it over. The image comes as bytes: this process fetches no address that a tenant wrote.
 * `evenRejected`: send it although WhatsApp refused it before. `withinMs`: later than that after it was handed
 * over it must not leave, since whoever did so believes that it never will, and goes on with the next. */
export type Outgoing = {
  phone: string
  text: string
  image?: { mimetype: string; data: Buffer }
  evenRejected: boolean
  withinMs: number
}

export type StoredState = 'started' | 'accepted' | 'rejected' | 'unknown'

/**
 * How a message ended. `accepted`: WhatsApp's server took it. `rejected`: it refused, the detail is its code. `unknown`: it
 * was written and no answer came. `not_sent`: provably not written, so it may be put again. `started`: not ended yet.
 */
export type Outcome = { state: StoredState | 'not_sent'; detail?: string; waId: string }

/** An end that is written down. `renew`: the contact's keys may be older than what it was sent. `content`: what was sent. */
export type Ended = { state: StoredState; detail?: string; renew?: boolean; content?: proto.IMessage }
