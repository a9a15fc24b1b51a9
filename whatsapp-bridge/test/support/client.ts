import { setTimeout as sleep } from 'node:timers/promises'
import type { FakeWhatsApp } from '../../fake/fake-whatsapp.ts'
import { TOKEN } from './settings.ts'

export type Reply = { status: number } & Record<string, any>

/** Speaks to one bridge, as the gateway's adapter does. */
export class BridgeClient {
  url: string

  constructor(url: string) {
    this.url = url
  }

  async call(method: string, path: string, body?: object, token = TOKEN, signal?: AbortSignal): Promise<Reply> {
    const response = await fetch(this.url + path, {
      method,
      ...(signal ? { signal } : {}),
      headers: { authorization: `Bearer ${token}`, ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    const text = await response.text()
    return { ...(text.startsWith('{') ? JSON.parse(text) : { text }), status: response.status }
  }

  /** @param terms `callback`, and the `phone` that alone may be linked */
  open(session: string, terms?: { callback?: object; phone?: string }): Promise<Reply> {
    return this.call('PUT', `/v1/sessions/${session}`, terms)
  }

  state(session: string): Promise<Reply> {
    return this.call('GET', `/v1/sessions/${session}`)
  }

  send(session: string, messageId: string, phone: string, text: string, image?: object, withinMs?: number): Promise<Reply> {
    return this.call('PUT', `/v1/sessions/${session}/messages/${messageId}`, { phone, text, ...(image ? { image } : {}), within_ms: withinMs })
  }

  lookUp(session: string, messageId: string): Promise<Reply> {
    return this.call('GET', `/v1/sessions/${session}/messages/${messageId}`)
  }

  async until(session: string, state: string, ms = 60_000): Promise<Reply> {
    let last: Reply | undefined
    await eventually(async () => {
      last = await this.state(session)
      return last.state === state
    }, ms, () => `session is ${last?.state ?? last?.error} (${last?.detail}), not ${state}`)
    return last!
  }

  /** Opens a session and scans its QR code with this phone. */
  async link(fake: FakeWhatsApp, session: string, phone: string): Promise<Reply> {
    await this.open(session)
    fake.scan((await this.until(session, 'qr')).qr, phone)
    return this.until(session, 'open')
  }
}

/** Waits until it holds. */
export async function eventually(holds: () => boolean | Promise<boolean>, ms = 60_000, what: () => string = () => 'it does not hold') {
  const end = Date.now() + ms
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`After ${ms} ms: ${what()}`)
    await sleep(20)
  }
}
