import type { AddressInfo } from 'node:net'
import { once } from 'node:events'
import type { Server } from 'node:https'
import { WebSocketServer } from 'ws'
import { Connection } from './connection.ts'
import { askAgain } from './delivery.ts'
import type { Faults } from './faults.ts'
import { noFaults } from './faults.ts'
import { typeCode } from './link-code.ts'
import { scan } from './linking.ts'
import { mediaServer } from './media.ts'
import { deviceOf, seconds } from './nodes.ts'
import { say, type Saying } from './speech.ts'
import { selfSigned } from './tls-certificate.ts'
import { World } from './world.ts'

/** How a connection can end from the server's side. */
export type Kick = 'logout' | 'ban' | 'ban-for-a-while' | 'unavailable' | 'restart' | 'reset' | 'replaced'

/**
 * A fake of WhatsApp's multi-device server, on the loopback only: real handshake, real end-to-end encryption, a ledger of what
 * reached whom. It behaves as the real one was seen to behave; what the real one decides (bans, limits) it is told.
 */
export class FakeWhatsApp {
  readonly world: World
  readonly certificate = selfSigned()
  readonly #clients: WebSocketServer
  readonly #media: Server

  /** @param world what it remembers, from before or nothing: a client that connects at once is known from the first moment */
  static async start(port = 0, world = new World()): Promise<FakeWhatsApp> {
    const fake = new FakeWhatsApp(port, world)
    await Promise.all([once(fake.#clients, 'listening'), once(fake.#media, 'listening')])
    fake.world.mediaHost = `127.0.0.1:${(fake.#media.address() as AddressInfo).port}`
    return fake
  }

  private constructor(port: number, world: World) {
    this.world = world
    this.#media = mediaServer(world, this.certificate)
    const verifyClient = (_info: unknown, answer: (taken: boolean, status?: number) => void) => {
      const status = world.faults.refuseUpgrade
      if (status > 0) world.refusedUpgrades++
      answer(status === 0, status)
    }
    this.#clients = new WebSocketServer({ host: '127.0.0.1', port, verifyClient })
    this.#clients.on('connection', socket => new Connection(this.world, socket))
    this.#media.listen(0, '127.0.0.1')
  }

  get url(): string {
    return `ws://127.0.0.1:${(this.#clients.address() as AddressInfo).port}/ws/chat`
  }

  get ledger() {
    return this.world.ledger
  }

  set(faults: Partial<Faults>) {
    Object.assign(this.world.faults, faults)
  }

  heal() {
    Object.assign(this.world.faults, noFaults())
  }

  scan(qr: string, phone: string) {
    scan(this.world, qr, phone)
  }

  async typeCode(phone: string, code: string) {
    const waiting = this.world.linking.get(`code:${phone}`)
    if (!waiting) throw new Error('Nobody asked for a code for this phone')
    await typeCode(waiting, code)
  }

  say(fromPhone: string, toPhone: string, text: string, saying?: Saying): Promise<string> {
    return say(this.world, fromPhone, toPhone, text, saying)
  }

  /** A contact's phone tells that it got or read a message. */
  receipt(accountPhone: string, from: string, id: string, type?: string, more: string[] = []) {
    const items = more.map(each => ({ tag: 'item', attrs: { id: each } }))
    const content = items.length > 0 ? [{ tag: 'list', attrs: {}, content: items }] : undefined
    for (const each of this.world.liveOf(accountPhone)) {
      each.send({ tag: 'receipt', attrs: { from, id, t: seconds(), ...(type ? { type } : {}) }, ...(content ? { content } : {}) })
    }
  }

  /** A contact's phone asks for a message that it was sent. */
  askAgain(id: string) {
    const { from, to } = this.ledger.find(each => each.id === id)!
    for (const each of this.world.liveOf(from)) askAgain(each, this.world.contact(to), to, id)
  }

  kick(accountPhone: string, kind: Kick) {
    for (const each of this.world.liveOf(accountPhone)) kickOne(each, kind)
  }

  async close() {
    for (const each of this.#clients.clients) each.terminate()
    this.#media.closeAllConnections()
    this.#media.close()
    await new Promise(done => this.#clients.close(done))
  }
}

function kickOne(connection: Connection, kind: Kick) {
  switch (kind) {
    case 'logout':
      connection.account!.devices.delete(deviceOf(connection.jid))
      return connection.end({ tag: 'stream:error', attrs: { code: '401' }, content: [{ tag: 'conflict', attrs: { type: 'device_removed' } }] })
    case 'ban':
      connection.account!.banned = true
      return connection.end({ tag: 'failure', attrs: { reason: '403', location: 'fake' } })
    case 'ban-for-a-while':
      connection.account!.blockedUntil = Date.now() + 3_000
      return connection.block(connection.account!)
    case 'restart':
      return connection.end({ tag: 'stream:error', attrs: { code: '515' } })
    case 'unavailable':
      return connection.end({ tag: 'stream:error', attrs: { code: '503' } })
    case 'replaced':
      return connection.replaced()
    case 'reset':
      return connection.socket.terminate()
  }
}
