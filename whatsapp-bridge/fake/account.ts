import { Curve } from '@whiskeysockets/baileys'
import type { BinaryNode } from '@whiskeysockets/baileys'
import { SERVER } from './nodes.ts'

/** A device that was linked to an account: what the server knows of it. */
export type LinkedDevice = {
  id: number
  identity: Buffer
  signedPreKey: { id: number; public: Buffer; signature: Buffer }
  registration: number
  /** Pre-keys that it uploaded and nobody has used. */
  preKeys: { id: number; public: Buffer }[]
  /** Sent to it and not yet acknowledged: sent again at the next login. */
  unacknowledged: Map<string, BinaryNode>
  signed: boolean
}

/** A number that is on WhatsApp, with the devices that its owner linked. */
export class Account {
  readonly phone: string
  readonly lid: string
  readonly identity = Curve.generateKeyPair()
  readonly devices = new Map<number, LinkedDevice>()
  banned = false
  #next = 1

  constructor(phone: string) {
    this.phone = phone
    this.lid = `8${phone}77`
  }

  link(device: Omit<LinkedDevice, 'id' | 'preKeys' | 'unacknowledged' | 'signed'>): LinkedDevice {
    const linked = { ...device, id: this.#next++, preKeys: [], unacknowledged: new Map(), signed: false }
    this.devices.set(linked.id, linked)
    return linked
  }

  jidOf(device: number): string {
    return `${this.phone}:${device}@${SERVER}`
  }

  isMine(user: string): boolean {
    return user === this.phone || user === this.lid
  }
}
