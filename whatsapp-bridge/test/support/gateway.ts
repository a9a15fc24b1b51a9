import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { once } from 'node:events'
import { signatureOf } from '../../src/event/webhook.ts'

export type ToldEvent = { id: string; session: string; kind: string } & Record<string, any>

/** The gateway's side of the webhook. */
export class TestGateway {
  readonly secret = 'a-webhook-secret-for-tests-only-0123456789'
  readonly events: ToldEvent[] = []
  badSignatures = 0
  calls = 0
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
      let body = ''
      for await (const part of request) body += part
      this.calls++
      response.statusCode = this.status
      if (this.status === 200) this.#take(body, request.headers)
      response.end()
    })
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

  #take(body: string, headers: Record<string, unknown>) {
    const expected = signatureOf(this.secret, String(headers['x-siaran-timestamp']), body)
    if (headers['x-siaran-signature'] !== expected) this.badSignatures++
    this.events.push(...JSON.parse(body))
  }
}
