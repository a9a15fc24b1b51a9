/** What the fake can be told to do wrong; by name, because other processes tell it by JSON. */
export type Faults = {
  /** Messages are taken and never answered. */
  dropAcks: boolean
  /** The connection is cut after a message was taken, before it is answered. */
  cutBeforeAck: boolean
  /** How long an answer takes, in ms. */
  ackDelayMs: number
  /** Receipts that a contact's phone sends by itself. */
  receipts: 'none' | 'delivered' | 'read'
  receiptDelayMs: number
  /** Queries that are never answered, by their namespace: usync, encrypt, w:m … */
  silent: string[]
  /** How long an answer to a query takes, in ms. */
  queryDelayMs: number
  /** Uploads of images are read and never answered. */
  stalledUploads: boolean
  /** Phones that are not on WhatsApp. */
  unknown: string[]
  /** Refusals of messages, by phone: 463 is the reach-out timelock. */
  nack: Record<string, string>
  /** Phones that moved to their LID: their phone address answers 463. */
  lidOnly: string[]
  /** A contact that cannot read a message asks for it again, as a real phone does. */
  retryUnreadable: boolean
  /** The reach-out timelock that the account is told when it asks; null: none. */
  timelockUntil: number | null
  /** The HTTP status that a connection is refused with before it is one, as by a proxy or a door that is too busy; 0: none. */
  refuseUpgrade: number
  /** Logins are taken and never answered. */
  silentLogins: boolean
  /** Clients below this are refused with 405. */
  oldestClient: number
  /** Whoever has been linked is not asked to connect anew. */
  noRestart: boolean
  /** Whoever scans is asked for a passkey. */
  passkey: boolean
}

export const noFaults = (): Faults => ({
  dropAcks: false, cutBeforeAck: false, ackDelayMs: 0, receipts: 'none', receiptDelayMs: 5, silent: [], queryDelayMs: 0, stalledUploads: false, unknown: [], nack: {},
  lidOnly: [], retryUnreadable: false, timelockUntil: null, refuseUpgrade: 0, silentLogins: false, oldestClient: 0, passkey: false, noRestart: false,
})
