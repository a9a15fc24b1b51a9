import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { eventually, type BridgeClient } from './support/client.ts'
import { Stage } from './support/stage.ts'

let stage: Stage
let merah: BridgeClient

before(async () => {
  stage = await Stage.set()
  merah = await stage.bridge()
})
after(() => stage.strike())

test('nothing is answered without the token', async () => {
  for (const [method, path] of [['PUT', '/v1/sessions/a'], ['GET', '/v1/sessions/a'], ['GET', '/v1/placement/a'], ['GET', '/nothing']] as const) {
    assert.equal((await merah.call(method, path, undefined, 'a-wrong-token')).status, 401)
  }
  assert.equal((await fetch(`${merah.url}/v1/sessions/a`)).status, 401)
})

test('unknown things are 404, wrong names and bodies 400, large bodies 413', async () => {
  assert.equal((await merah.state('never-seen')).error, 'no_session')
  assert.equal((await merah.lookUp('never-seen', 'm')).error, 'no_message')
  assert.equal((await merah.call('GET', '/v1/other')).status, 404)
  assert.equal((await merah.call('POST', '/v1/sessions/a/messages/b')).status, 404)
  assert.equal((await merah.call('GET', `/v1/sessions/${'x'.repeat(65)}`)).status, 400)
  assert.equal((await merah.call('GET', '/v1/sessions/..%2Fa')).status, 400)
  assert.equal((await merah.call('GET', '/v1/sessions/%')).status, 404)
  assert.equal((await merah.send('a', 'm', '+60123456789', 'x')).detail.split(':')[0], 'phone')
  assert.equal((await merah.call('POST', '/v1/sessions/a/pairing-code', { phone: '60123456789', text: 'x'.repeat(5_000) })).status, 413)
})

test('a session that was never opened sends nothing', async () => {
  assert.deepEqual([(await merah.send('never-opened', 'm', '60123456789', 'x')).status], [404])
})

test('opening a session that is on its way changes nothing', async () => {
  await merah.open('again')
  const first = await merah.until('again', 'qr')
  assert.equal((await merah.open('again')).status, 202)
  const second = await merah.state('again')
  assert.deepEqual([second.state, second.epoch, second.qr], ['qr', first.epoch, first.qr])
})

test('probes and metrics need no token, and metrics name no one', async () => {
  await merah.link(stage.fake, 'metered', '60115000001')
  await merah.send('metered', 'metered-1', '60126005000', 'counted')
  assert.equal((await fetch(`${merah.url}/health/live`)).status, 200)
  assert.equal((await fetch(`${merah.url}/health/ready`)).status, 200)
  const metrics = async () => (await fetch(`${merah.url}/metrics`)).text()
  await eventually(async () => /siaran_bridge_sessions\{state="open"\} 1/.test(await metrics()))
  const text = await metrics()
  for (const name of ['siaran_bridge_sends_total{outcome="accepted"} 1', 'siaran_bridge_ack_seconds_count 1', 'siaran_bridge_event_backlog ',
    'siaran_bridge_events_total{kind="connection"}', 'process_resident_memory_bytes', 'siaran_bridge_connects_total']) {
    assert.ok(text.includes(name), `${name} is missing`)
  }
  assert.ok(!text.includes('60115000001') && !text.includes('metered'))
})
