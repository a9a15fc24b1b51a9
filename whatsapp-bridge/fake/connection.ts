import { proto, type BinaryNode } from '@whiskeysockets/baileys'
import { randomBytes, randomUUID } from 'node:crypto'
import type { WebSocket } from 'ws'
import type { Account, LinkedDevice } from './account.ts'
import { deliver, receiptKey } from './delivery.ts'
import { answerQuery, type LinkCode } from './queries.ts'
import { child, children, seconds, SERVER } from './nodes.ts'
import { NoiseResponder } from './noise.ts'
import { sayAgain } from './speech.ts'
import type { World } from './world.ts'

/** The device refuses what it asks for again, right after it has asked; the contact's phone answers later. */
const RESEND_AFTER_MS = 20

/** What a client says of itself when it wants to be linked. */
type Registration = { eRegid: Uint8Array; eSkeyId: Uint8Array; eSkeyVal: Uint8Array; eSkeySig: Uint8Array; deviceProps: Uint8Array }

/** One client's connection, from the handshake to its end. */
export class Connection {
  readonly world: World
  readonly socket: WebSocket
  account: Account | undefined
  device: LinkedDevice | undefined
  jid = ''
  registration: Registration | undefined
  linked: { account: Account; device: LinkedDevice } | undefined
  linkCode: LinkCode | undefined
  readonly #noise = new NoiseResponder()
  #stage: 'hello' | 'finish' | 'open' = 'hello'
  #chain: Promise<void> = Promise.resolve()

  constructor(world: World, socket: WebSocket) {
    this.world = world
    this.socket = socket
    socket.on('message', data => {
      // frames are decrypted in order, and answered in order
      this.#chain = this.#chain.then(() => this.#receive(data as Buffer)).catch(() => socket.terminate())
    })
    socket.on('close', () => {
      if (this.world.live.get(this.jid) === this) this.world.live.delete(this.jid)
    })
    socket.on('error', () => {})
  }

  get isOpen(): boolean {
    return this.socket.readyState === this.socket.OPEN
  }

  send(node: BinaryNode) {
    if (this.isOpen) this.socket.send(this.#noise.seal(node))
  }

  /** Says why, then hangs up. */
  end(node: BinaryNode) {
    this.send(node)
    setTimeout(() => this.socket.close(), 20)
  }

  /** Another connection of the same link has taken its place. */
  replaced() {
    this.end({ tag: 'stream:error', attrs: {}, content: [{ tag: 'conflict', attrs: { type: 'replaced' } }] })
  }

  async #receive(data: Buffer) {
    for (const frame of this.#noise.frames(data)) {
      if (this.#stage === 'hello') {
        this.socket.send(this.#noise.hello(frame))
        this.#stage = 'finish'
      } else if (this.#stage === 'finish') {
        const payload = this.#noise.finish(frame)
        this.#stage = 'open'
        const version = payload.userAgent?.appVersion?.tertiary ?? 0
        if (version < this.world.faults.oldestClient) this.end({ tag: 'failure', attrs: { reason: '405', location: 'fake' } })
        else if (payload.devicePairingData) this.#offerLink(payload.devicePairingData as Registration)
        else this.#login(String(payload.username), payload.device ?? 0)
      } else {
        await this.#take(await this.#noise.open(frame))
      }
    }
  }

  /** References for six QR codes, one after the other. */
  #offerLink(registration: Registration) {
    this.registration = registration
    this.world.asksForHistory = proto.DeviceProps.decode(registration.deviceProps).requireFullSync ?? true
    const references = Array.from({ length: 6 }, () => '2@' + randomBytes(24).toString('base64'))
    for (const each of references) this.world.linking.set(each, this)
    const content = references.map(each => ({ tag: 'ref', attrs: {}, content: Buffer.from(each) }))
    this.send({
      tag: 'iq',
      attrs: { from: SERVER, type: 'set', id: randomUUID().slice(0, 8), xmlns: 'md' },
      content: [{ tag: 'pair-device', attrs: {}, content }],
    })
  }

  #login(phone: string, number: number) {
    if (this.world.faults.silentLogins) return void this.world.unanswered.push(phone)
    const account = this.world.accounts.get(phone)
    const device = account?.devices.get(number)
    if (!account || !device) return this.end({ tag: 'failure', attrs: { reason: '401', location: 'fake' } })
    if (account.banned) return this.end({ tag: 'failure', attrs: { reason: '403', location: 'fake' } })
    if (account.blockedUntil > Date.now()) return this.block(account)
    this.account = account
    this.device = device
    this.jid = account.jidOf(number)
    this.#replaceOlder()
    this.world.live.set(this.jid, this)
    this.world.logins.push({ phone, at: Date.now() })
    this.send({ tag: 'success', attrs: { t: seconds(), lid: `${account.lid}:${number}@lid` } })
    this.#sendWhatWaits(device)
  }

  block(account: Account) {
    const expire = String(Math.ceil((account.blockedUntil - Date.now()) / 1_000))
    this.end({ tag: 'failure', attrs: { reason: '402', expire, location: 'fake' } })
  }

  /** One connection a device: the newer one wins, as on the real server. */
  #replaceOlder() {
    this.world.live.get(this.jid)?.replaced()
  }

  #sendWhatWaits(device: LinkedDevice) {
    const waiting = [...device.unacknowledged.values()]
    for (const each of waiting) this.send({ ...each, attrs: { ...each.attrs, offline: '1' } })
    const offline = { tag: 'offline', attrs: { count: String(waiting.length) } }
    this.send({ tag: 'ib', attrs: { from: SERVER }, content: [offline] })
  }

  async #take(node: BinaryNode) {
    switch (node.tag) {
      case 'iq':
        return answerQuery(this, node)
      case 'message':
        return deliver(this, node)
      case 'receipt':
      case 'ack':
        return this.#takeReceipt(node)
      default:
        this.world.tell(this.jid, node, children(node)[0]?.tag)
    }
  }

  #takeReceipt(node: BinaryNode) {
    this.world.tell(this.jid, node, child(node, 'keys') ? 'keys' : child(node, 'retry') && 'retry')
    // who asks for a message again has not got it
    if (node.attrs.class === 'receipt') this.device?.unacknowledged.delete(receiptKey(node.attrs.id!, node.attrs.type))
    else if (node.attrs.type !== 'retry') this.device?.unacknowledged.delete(node.attrs.id!)
    if (node.attrs.type === 'retry') setTimeout(() => this.#sayAgain(node), RESEND_AFTER_MS)
    if (node.tag === 'receipt') this.send({ tag: 'ack', attrs: { class: 'receipt', id: node.attrs.id!, to: this.jid } })
  }

  #sayAgain(request: BinaryNode) {
    sayAgain(this.world, this.device!, this.jid, request).catch(() => this.socket.terminate())
  }
}
