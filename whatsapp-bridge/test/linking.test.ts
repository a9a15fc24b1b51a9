import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { BridgeClient } from './support/client.ts'
import { Stage } from './support/stage.ts'

let stage: Stage
let merah: BridgeClient

before(async () => {
  stage = await Stage.set()
  merah = await stage.bridge()
})
after(() => stage.strike())

test('a phone is linked by scanning the QR code', async () => {
  const open = await merah.link(stage.fake, 'qr-1', '60111000001')
  assert.equal(open.me.phone, '60111000001')
  assert.equal(open.qr, null)
  assert.equal(open.epoch, 1)
})

test('a phone is linked by a code that a person types', async () => {
  await merah.open('code-1')
  await merah.until('code-1', 'qr')
  const { status, code } = await merah.call('POST', '/v1/sessions/code-1/pairing-code', { phone: '60111000002' })
  assert.equal(status, 200)
  assert.match(code, /^[A-Z0-9]{8}$/)
  await stage.fake.typeCode('60111000002', code)
  assert.equal((await merah.until('code-1', 'open')).me.phone, '60111000002')
})

test('a code that nobody typed leaves a session that can be linked anew', async () => {
  await merah.open('code-2')
  await merah.until('code-2', 'qr')
  await merah.call('POST', '/v1/sessions/code-2/pairing-code', { phone: '60111000003' })
  await merah.call('POST', '/v1/sessions/code-2/stop')
  assert.equal((await merah.link(stage.fake, 'code-2', '60111000003')).me.phone, '60111000003')
})

test('a pairing code is refused before the QR stage began', async () => {
  await merah.link(stage.fake, 'code-3', '60111000004')
  const { status, error } = await merah.call('POST', '/v1/sessions/code-3/pairing-code', { phone: '60111000004' })
  assert.deepEqual([status, error], [409, 'not_linking'])
})

test('an account that asks for a passkey is said to, instead of hanging', async () => {
  stage.fake.set({ passkey: true })
  await merah.open('passkey-1')
  stage.fake.scan((await merah.until('passkey-1', 'qr')).qr, '60111000005')
  await merah.until('passkey-1', 'passkey_required')
  stage.fake.heal()
})
