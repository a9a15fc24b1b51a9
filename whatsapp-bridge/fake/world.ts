import type { BinaryNode } from '@whiskeysockets/baileys'
import { Account } from './account.ts'
import type { Connection } from './connection.ts'
import { Contact, phoneOfLid } from './contact.ts'
import { noFaults, type Faults } from './faults.ts'
import { isLid, userOf } from './nodes.ts'
import type { Saying } from './speech.ts'

/** One message that reached the server: the ledger that tests judge by. */
export type Delivery = {
  at: number
  /** The sending account's phone. */
  from: string
  device: string
  to: string
  /** The contact's phone, also where the message was addressed to its LID. */
  phone: string
  id: string
  /** How often the server has seen this id from this device to this address, this time included. */
  times: number
  type?: string
  text?: string
  image?: { mimetype: string; bytes: number; width: number; height: number; hasThumbnail: boolean }
  /** Why the contact could not read it. */
  unreadable?: string
  /** The error that it was refused with. */
  refused?: string
  /** A copy that the contact's phone asked for because it could not read the first. */
  retry: boolean
}

/** What a device told the server about one stanza: receipts and acknowledgements that it sent, and queries that were not answered. */
export type Told = { device: string; tag: string; attrs: Record<string, string>; child?: string }

/** Everything that the fake remembers. */
export class World {
  readonly accounts = new Map<string, Account>()
  readonly ledger: Delivery[] = []
  readonly told: Told[] = []
  readonly live = new Map<string, Connection>()
  /** Connections that wait for a scan, by the reference in their QR code, or by `code:` and the phone. */
  readonly linking = new Map<string, Connection>()
  /** What contacts said, by its id: a device that could not read it asks for it again. */
  readonly said = new Map<string, { contact: Contact; plain: Uint8Array; saying: Saying; at: number }>()
  readonly uploads: { path: string; bytes: number }[] = []
  readonly faults: Faults = noFaults()
  readonly #contacts = new Map<string, Contact>()
  readonly #seen = new Map<string, number>()
  /** Every login of a linked device, in their order. */
  readonly logins: { phone: string; at: number }[] = []
  refusedUpgrades = 0
  /** The namespace of each question that a device asked. */
  readonly asked: string[] = []
  /** The phones whose logins were not answered. */
  readonly unanswered: string[] = []
  /** Whether the last device that asked to be linked wants the whole history of its phone. */
  asksForHistory = false
  mediaHost = ''

  contact(jid: string): Contact {
    const user = userOf(jid)
    const known = this.#contacts.get(user)
    if (known) return known
    return this.meet(new Contact(isLid(jid) ? phoneOfLid(user) : user))
  }

  meet(contact: Contact): Contact {
    this.#contacts.set(contact.phone, contact)
    this.#contacts.set(contact.lid, contact)
    return contact
  }

  contacts(): Contact[] {
    return [...new Set(this.#contacts.values())]
  }

  account(phone: string): Account {
    const known = this.accounts.get(phone)
    if (known) return known
    const account = new Account(phone)
    this.accounts.set(phone, account)
    return account
  }

  liveOf(phone: string): Connection[] {
    return [...this.live.values()].filter(each => each.account?.phone === phone)
  }

  count(device: string, to: string, id: string): number {
    const key = `${device}|${to}|${id}`
    const times = (this.#seen.get(key) ?? 0) + 1
    this.#seen.set(key, times)
    return times
  }

  tell(device: string, node: BinaryNode, child?: string) {
    this.told.push({ device, tag: node.tag, attrs: node.attrs as Record<string, string>, child })
  }
}
