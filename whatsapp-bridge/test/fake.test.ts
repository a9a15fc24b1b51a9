import '../src/observe/quiet-console.ts'

import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { FakeWhatsApp } from '../fake/fake-whatsapp.ts'
import { Memory } from '../fake/memory.ts'
import { World } from '../fake/world.ts'
import { eventually } from './support/client.ts'
import { Stage } from './support/stage.ts'

const AINA = '60126008000'
const ME = '60118000001'

let stage: Stage
let folder: string

before(async () => {
  stage = await Stage.set()
  folder = mkdtempSync(join(tmpdir(), 'siaran-fake-'))
})
after(async () => {
  await stage.strike()
  rmSync(folder, { recursive: true, force: true })
})

test('a fake that starts anew knows who is linked, and what it keeps for them; people can still read what they get', async () => {
  const merah = await stage.bridge()
  await merah.link(stage.fake, 'remembered', ME)
  await merah.send('remembered', 'remembered-1', AINA, 'before')
  await stage.fake.say(AINA, ME, 'so that the ratchet turns')
  await eventually(() => stage.gateway.of('message', 'remembered').length === 1)
  await merah.bridge.stop()
  await stage.fake.say(AINA, ME, 'while nobody is there')
  const file = join(folder, 'fake.json')
  new Memory(file, stage.fake.world).save()

  const world = new World()
  new Memory(file, world).start()
  const anew = await FakeWhatsApp.start(0, world)
  const biru = await stage.bridge({ BRIDGE_WHATSAPP_URL: anew.url })
  await biru.until('remembered', 'open')
  await eventually(() => stage.gateway.of('message', 'remembered').some(each => each.text === 'while nobody is there'))
  assert.equal((await biru.send('remembered', 'remembered-2', AINA, 'after')).state, 'accepted')
  assert.deepEqual(anew.ledger.map(each => each.text ?? each.unreadable), ['after'])
  await biru.bridge.stop()
  await anew.close()
})
