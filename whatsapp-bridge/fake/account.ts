import { Curve, type KeyPair } from '@whiskeysockets/baileys'
import type { BinaryNode } from '@whiskeysockets/baileys'
import { SERVER } from './nodes.ts'

export type PreKey = { id: number; public: Buffer }

/** A device that was linked to an account: what the server knows of it. */
export type LinkedDevice = {
  id: number
  identity: Buffer
  signedPreKey: { id: number; public: Buffer; signature: Buffer }
  registration: number
  /** Pre-keys that it uploaded and nobody has used. */
  preKeys: PreKey[]
  /** Sent to it and not yet acknowledged: sent again at the next login. */
  unacknowledged: Map<string, BinaryNode>
  signed: boolean
}

/** A number that is on WhatsApp, with the devices that its owner linked. */
export class Account {
  readonly phone: string
  readonly lid: string
  readonly identity: KeyPair
  readonly devices = new Map<number, LinkedDevice>()
  banned = false
  /** Blocked for a while; ms. */
  blockedUntil = 0
  #next = 1

  constructor(phone: string, identity: KeyPair = Curve.generateKeyPair()) {
    this.phone = phone
    this.identity = identity
    this.lid = `8${phone}77`
  }

  link(device: Omit<LinkedDevice, 'id' | 'preKeys' | 'unacknowledged' | 'signed'>): LinkedDevice {
    const linked = { ...device, id: this.#next++, preKeys: [], unacknowledged: new Map(), signed: false }
    this.devices.set(linked.id, linked)
    return linked
  }

  /** As it was when that was {@link remembered}. */
  static of({ phone, identity, banned, next, devices }: ReturnType<Account['remembered']>): Account {
    const account = new Account(phone, identity)
    account.banned = banned
    account.#next = next
    for (const each of devices) account.devices.set(each.id, { ...each, unacknowledged: new Map(each.unacknowledged) })
    return account
  }

  remembered() {
    const devices = [...this.devices.values()].map(each => ({ ...each, unacknowledged: [...each.unacknowledged] }))
    return { phone: this.phone, identity: this.identity, banned: this.banned, next: this.#next, devices }
  }

  jidOf(device: number): string {
    return `${this.phone}:${device}@${SERVER}`
  }

  isMine(user: string): boolean {
    return user === this.phone || user === this.lid
  }
}
