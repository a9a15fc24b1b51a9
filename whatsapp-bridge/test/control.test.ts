import assert from 'node:assert/strict'
import type { AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import { controlServer } from '../fake/control.ts'
import { eventually, type BridgeClient } from './support/client.ts'
import { TOKEN } from './support/settings.ts'
import { Stage } from './support/stage.ts'

let stage: Stage
let merah: BridgeClient
let url: string
let server: ReturnType<typeof controlServer>

before(async () => {
  stage = await Stage.set()
  merah = await stage.bridge()
  server = controlServer(stage.fake, { url: merah.url, token: TOKEN }).listen(0, '127.0.0.1')
  await eventually(() => server.listening)
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
after(async () => {
  server.closeAllConnections()
  server.close()
  await stage.strike()
})

const post = (path: string, body: object) => fetch(url + path, { method: 'POST', body: JSON.stringify(body) })

test('a phone of the fake scans by one click, and answers what it gets', async () => {
  await merah.open('clicked')
  await merah.until('clicked', 'qr')
  const waiting = async () => ((await (await fetch(`${url}/phones`)).json()) as { waiting: string[] }).waiting
  assert.deepEqual(await waiting(), ['clicked'])
  assert.equal((await post('/scan', { session: 'clicked', phone: '60191234567' })).status, 200)
  await merah.until('clicked', 'open')
  assert.deepEqual(await waiting(), [])
  await merah.send('clicked', 'clicked-1', '60126006000', 'to a phone of the page')
  const ledger = (await (await fetch(`${url}/ledger`)).json()) as { text: string }[]
  assert.deepEqual(ledger.map(each => each.text), ['to a phone of the page'])
  assert.equal((await post('/say', { from: '60126006000', to: '60191234567', text: 'thanks' })).status, 200)
  await eventually(() => stage.gateway.of('message', 'clicked').some(each => each.text === 'thanks'))
  assert.equal((await post('/scan', { session: 'clicked', phone: '60191234568' })).status, 400)
  assert.match(await (await fetch(url)).text(), /WhatsApp phones/)
})
