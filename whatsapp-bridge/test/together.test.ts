import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { eventually } from './support/client.ts'
import { freePort, freshDatabase } from './support/postgres.ts'
import { BridgeProcess } from './support/process.ts'
import { environment } from './support/settings.ts'
import { TestGateway } from './support/gateway.ts'

const PIXEL = {
  mimetype: 'image/png',
  data: 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
}

let folder: string
let memory: string
let settings: Record<string, string>
let control: string
let gateway: TestGateway

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'siaran-together-'))
  memory = join(folder, 'fake.json')
  gateway = await TestGateway.start()
  const port = await freePort()
  const controlPort = await freePort()
  settings = {
    ...environment(await freshDatabase(), { url: `ws://127.0.0.1:${port}/ws/chat` }, gateway),
    FAKE_PORT: String(port),
    FAKE_CONTROL_PORT: String(controlPort),
    FAKE_MEMORY: memory,
  }
  control = `http://127.0.0.1:${controlPort}`
})
after(() => {
  gateway.close()
  rmSync(folder, { recursive: true, force: true })
})

const accounts = async () => (await (await fetch(`${control}/accounts`)).json()) as { phone: string; live: number }[]

test('the fake and the bridge in one process send an image, end in order, and know each other at the next start', async () => {
  const first = await BridgeProcess.start(settings, 'fake/with-bridge.ts')
  await first.open('both')
  const { qr } = await first.until('both', 'qr')
  await fetch(`${control}/scan`, { method: 'POST', body: JSON.stringify({ qr, phone: '60191230000' }) })
  await first.until('both', 'open')
  assert.equal((await first.send('both', 'both-1', '60126007000', 'see', PIXEL)).state, 'accepted')
  assert.equal(await first.end('SIGTERM'), 0)
  assert.match(readFileSync(memory, 'utf8'), /60191230000/)

  const second = await BridgeProcess.start(settings, 'fake/with-bridge.ts')
  await second.until('both', 'open')
  await eventually(async () => (await accounts()).some(each => each.phone === '60191230000' && each.live === 1))
  assert.equal(await second.end('SIGTERM'), 0)
})

for (const signal of ['SIGINT', 'SIGHUP'] as const) {
  test(`${signal} of the terminal is for the launcher, which ends the bridge after those who still send through it`, async () => {
    const child = await BridgeProcess.start({ ...settings, BRIDGE_STOP_WITH_PARENT: 'true' }, 'fake/with-bridge.ts')
    await child.until('both', 'open')
    child.interrupt(signal)
    for (const number of [1, 2, 3, 4, 5]) {
      const id = `late-${signal}-${number}`
      assert.equal((await child.send('both', id, '60126007000', id)).state, 'accepted')
    }
    assert.equal(await child.end('SIGTERM'), 0)
  })
}
