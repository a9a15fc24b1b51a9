import assert from 'node:assert/strict'
import { after, afterEach, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { eventually, type BridgeClient } from './support/client.ts'
import { BridgeProcess } from './support/process.ts'
import { Stage } from './support/stage.ts'

const ME = '60119000001'

let stage: Stage
let merah: BridgeClient

before(async () => {
  stage = await Stage.set()
  merah = await stage.bridge()
  await merah.link(stage.fake, 'merah', ME)
})
afterEach(() => stage.fake.heal())
after(() => stage.strike())

const delivered = (text: string) => stage.fake.ledger.filter(each => each.text === text)

/** A PUT whose caller hangs up as soon as it is told to. */
function impatient(bridge: BridgeClient, messageId: string, phone: string, text: string) {
  const caller = new AbortController()
  const answer = bridge.call('PUT', `/v1/sessions/merah/messages/${messageId}`, { phone, text }, undefined, caller.signal).catch(() => 'nobody waited')
  return { hangUp: async () => (caller.abort(), assert.equal(await answer, 'nobody waited')) }
}

test('a clock that is set back lets nothing leave of which somebody was told that it never will', async () => {
  stage.fake.set({ queryDelayMs: 700 })
  const now = Date.now
  const sending = merah.send('merah', 'd-1', '60126009001', 'by two clocks', undefined, 500)
  await sleep(100)
  Date.now = () => now() - 3_600_000
  try {
    assert.deepEqual([(await sending).state, (await sending).detail], ['not_sent', 'too_late'])
    // until the first try has ended, however that ends, a second one does not begin
    await eventually(async () => (await merah.send('merah', 'd-1', '60126009001', 'by two clocks', undefined, 500)).detail !== 'still_ending')
  } finally {
    Date.now = now
  }
  assert.equal(delivered('by two clocks').length, 0)
})

test('what nobody waits for any more does not leave', async () => {
  stage.fake.set({ queryDelayMs: 700 })
  const put = impatient(merah, 'd-2', '60126009002', 'given up')
  await eventually(async () => (await merah.lookUp('merah', 'd-2')).state === 'started')
  await put.hangUp()
  // it is forgotten, so that it may be put again
  await eventually(async () => (await merah.lookUp('merah', 'd-2')).status === 404, 5_000)
  stage.fake.heal()
  let again
  await eventually(async () => (again = await merah.send('merah', 'd-2', '60126009002', 'given up')).detail !== 'still_ending')
  assert.deepEqual([again!.status, again!.replayed, delivered('given up').length], [200, false, 1])
})

test('what nobody waits for any more does not leave when its turn comes', async () => {
  stage.fake.set({ ackDelayMs: 1_500 })
  const first = merah.send('merah', 'd-3', '60126009003', 'under way')
  await eventually(() => delivered('under way').length === 1)
  const put = impatient(merah, 'd-4', '60126009003', 'behind it')
  await eventually(async () => (await merah.lookUp('merah', 'd-4')).state === 'started')
  await put.hangUp()
  assert.equal((await first).state, 'accepted')
  await eventually(async () => (await merah.lookUp('merah', 'd-4')).status === 404, 5_000)
  assert.equal(delivered('behind it').length, 0)
})

test('whose caller hangs up after it has left ends as it ends', async () => {
  stage.fake.set({ ackDelayMs: 1_000 })
  const put = impatient(merah, 'd-5', '60126009005', 'has left')
  await eventually(() => delivered('has left').length === 1)
  await put.hangUp()
  await eventually(async () => (await merah.lookUp('merah', 'd-5')).state === 'accepted')
})

test('a process that stood still sends nothing of what was given up meanwhile', async () => {
  const paused = await BridgeProcess.start(stage.environment({ BRIDGE_OWNER: 'bridge-paused' }))
  try {
    await paused.open('merah')
    await paused.until('merah', 'open')
    await paused.send('merah', 'd-6', '60126009006', 'before the pause')
    paused.pause()
    const given = [1, 2, 3].map(each => impatient(paused, `d-6${each}`, '60126009006', 'during the pause'))
    await sleep(500)
    await Promise.all(given.map(each => each.hangUp()))
    paused.goOn()
    assert.equal((await paused.send('merah', 'd-7', '60126009006', 'after the pause')).state, 'accepted')
    assert.deepEqual(stage.fake.ledger.filter(each => each.phone === '60126009006').map(each => each.text), ['before the pause', 'after the pause'])
  } finally {
    await paused.end('SIGKILL')
  }
})
