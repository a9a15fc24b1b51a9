import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { Faults } from './faults.ts'
import type { FakeWhatsApp, Kick } from './fake-whatsapp.ts'
import { page } from './page.ts'

/** The bridge behind the fake, asked for the QR codes that wait: only the bridge knows what is in them. */
export type BridgeAccess = { url: string; token: string }

type Body = Record<string, any>

/** The fake's switches and its ledger for other processes, and a page with a phone that scans by one click. Loopback only. */
export function controlServer(fake: FakeWhatsApp, bridge: BridgeAccess | undefined): Server {
  return createServer((request, response) => {
    answer(fake, bridge, request).then(
      result => {
        const html = typeof result === 'string'
        response.writeHead(200, { 'content-type': html ? 'text/html; charset=utf-8' : 'application/json' })
        response.end(html ? result : JSON.stringify(result ?? {}))
      },
      error => {
        response.writeHead(400, { 'content-type': 'application/json' })
        response.end(JSON.stringify({ error: String((error as Error).message) }))
      },
    )
  })
}

async function answer(fake: FakeWhatsApp, bridge: BridgeAccess | undefined, request: IncomingMessage): Promise<unknown> {
  const url = new URL(request.url ?? '/', 'http://fake')
  const body = request.method === 'POST' ? await read(request) : {}
  switch (`${request.method} ${url.pathname}`) {
    case 'GET /':
      return page
    case 'GET /phones':
      return phones(fake, bridge)
    case 'GET /ledger':
      return fake.ledger.slice(Number(url.searchParams.get('after') ?? 0)).slice(0, 10_000)
    case 'GET /accounts':
      return [...fake.world.accounts.values()].map(each => ({ phone: each.phone, devices: each.devices.size, banned: each.banned, live: fake.world.liveOf(each.phone).length }))
    case 'GET /certificate':
      return { cert: fake.certificate.cert }
    case 'POST /scan':
      if (!/^[1-9]\d{6,14}$/.test(body.phone ?? '')) throw new Error('A phone has 7 to 15 digits, with the country code and no plus sign')
      return fake.scan(await qrOf(bridge, body), body.phone)
    case 'POST /code':
      return fake.typeCode(body.phone, body.code)
    case 'POST /say':
      return { id: await fake.say(body.from, body.to, body.text, { id: body.id, lid: body.lid, withPhone: body.withPhone }) }
    case 'POST /receipt':
      return fake.receipt(body.account, body.from, body.id, body.type)
    case 'POST /kick':
      return fake.kick(body.phone, body.kind as Kick)
    case 'POST /faults':
      return fake.set(body as Partial<Faults>)
    case 'POST /heal':
      return fake.heal()
    default:
      throw new Error('There is no such call')
  }
}

/** What the page shows: who waits to be linked, who is linked, the last messages. */
async function phones(fake: FakeWhatsApp, bridge: BridgeAccess | undefined): Promise<object> {
  const sessions = bridge ? (await ask(bridge, '/v1/sessions')).sessions : []
  const waiting = sessions.filter((each: Body) => each.state === 'qr').map((each: Body) => each.session)
  return { waiting, linked: [...fake.world.accounts.values()].filter(each => each.devices.size > 0).map(each => each.phone), messages: fake.ledger.slice(-50).reverse() }
}

async function qrOf(bridge: BridgeAccess | undefined, body: Body): Promise<string> {
  if (body.qr) return body.qr
  if (!bridge) throw new Error('Say the QR code: this fake knows no bridge')
  const session = await ask(bridge, `/v1/sessions/${encodeURIComponent(body.session)}`)
  if (!session.qr) throw new Error('This session shows no QR code now')
  return session.qr
}

async function ask(bridge: BridgeAccess, path: string): Promise<Body> {
  const response = await fetch(bridge.url + path, { headers: { authorization: `Bearer ${bridge.token}` }, signal: AbortSignal.timeout(5_000) })
  return (await response.json()) as Body
}

async function read(request: IncomingMessage): Promise<Body> {
  let text = ''
  for await (const part of request) {
    text += part
    if (text.length > 1_000_000) throw new Error('The body is too large')
  }
  return text ? JSON.parse(text) : {}
}
