import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { once } from 'node:events'
import { signatureOf } from '../../src/event/webhook.ts'

export type ToldEvent = { id: string; session: string; kind: string } & Record<string, any>

/** The gateway's side of the webhook. */
export class TestGateway {
  readonly secret = 'a-webhook-secret-for-tests-only-0123456789'
  readonly events: ToldEvent[] = []
  /** The secrets of callbacks, by their path; and addresses that it does not know any more. */
  readonly callbacks = new Map<string, string>()
  readonly refused = new Set<string>()
  readonly #known = new Set<string>()
  badSignatures = 0
  calls = 0
  /** The largest body so far, and the largest that it takes; a text that it never takes. */
  largestBody = 0
  mostBytes = 1_048_576
  unwelcome: string | undefined
  /** A text that it never answers, and how many wait for that just now. */
  hangsOn: string | undefined
  hanging = 0
  /** What it answers; anything but 200 is a gateway that is not there. */
  status = 200
  readonly #server: Server

  static async start(): Promise<TestGateway> {
    const gateway = new TestGateway()
    gateway.#server.listen(0, '127.0.0.1')
    await once(gateway.#server, 'listening')
    return gateway
  }

  private constructor() {
    this.#server = createServer(async (request, response) => {
      const parts: Buffer[] = []
      for await (const part of request) parts.push(part)
      const body = Buffer.concat(parts).toString('utf8')
      this.calls++
      if (this.hangsOn !== undefined && body.includes(this.hangsOn)) {
        this.hanging++
        response.once('close', () => this.hanging--)
        return
      }
      this.largestBody = Math.max(this.largestBody, Buffer.byteLength(body))
      const callback = this.callbacks.get(request.url!.replace('/events', '').replace('/', ''))
      response.statusCode = this.refused.has(request.url!) ? 404 : this.#isTooMuch(body) ? 413 : this.status
      if (response.statusCode === 200) this.#take(body, request.headers, callback ?? this.secret)
      response.end()
    })
  }

  #isTooMuch(body: string): boolean {
    return Buffer.byteLength(body) > this.mostBytes || (this.unwelcome !== undefined && body.includes(this.unwelcome))
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/events`
  }

  of(kind: string, session?: string): ToldEvent[] {
    return this.events.filter(each => each.kind === kind && (!session || each.session === session))
  }

  close() {
    this.#server.closeAllConnections()
    this.#server.close()
  }

  #take(body: string, headers: Record<string, unknown>, secret: string) {
    const expected = signatureOf(secret, String(headers['x-siaran-timestamp']), body)
    if (headers['x-siaran-signature'] !== expected) this.badSignatures++
    for (const event of JSON.parse(body).events) {
      // told at least once: a bridge that is killed after a call, before it noted the answer, calls again
      if (this.#known.has(event.id)) continue
      this.#known.add(event.id)
      this.events.push(event)
    }
  }
}
