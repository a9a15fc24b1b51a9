import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { eventually, type BridgeClient } from './support/client.ts'
import { Stage } from './support/stage.ts'

const SESSIONS = ['recycle-1', 'recycle-2', 'recycle-3']
const SENDS = 12

let stage: Stage
let merah: BridgeClient

before(async () => {
  stage = await Stage.set()
  // each connection is renewed when it is a second old, and one may be renewed every half a second
  merah = await stage.bridge({ BRIDGE_RECYCLE_HOURS: '0.0003', BRIDGE_GONE_AFTER_MS: '1500' })
})
after(() => stage.strike())

test('connections are renewed one after the other, and what is sent meanwhile waits and goes out once', async () => {
  for (const [n, session] of SESSIONS.entries()) await merah.link(stage.fake, session, `6011500000${n}`)
  const logins = stage.fake.world.logins.length
  let mostAway = 0
  let watching = true
  const watch = (async () => {
    while (watching) {
      const { sessions } = await merah.call('GET', '/v1/sessions')
      mostAway = Math.max(mostAway, sessions.filter((each: { state: string }) => each.state !== 'open').length)
      await sleep(10)
    }
  })()
  const outcomes = await Promise.all(SESSIONS.map(sendAll))
  await eventually(() => stage.fake.world.logins.length >= logins + SESSIONS.length)
  watching = false
  await watch

  assert.deepEqual(outcomes.flat().filter(each => each.status !== 200), [])
  const sent = stage.fake.ledger.filter(each => each.text?.startsWith('recycle') && !each.retry).map(each => each.text!)
  assert.equal(sent.length, SESSIONS.length * SENDS)
  assert.equal(new Set(sent).size, sent.length)
  assert.equal(mostAway, 1)
})

/** One message after the other, as the gateway does. */
async function sendAll(session: string, n: number) {
  const outcomes = []
  for (let i = 0; i < SENDS; i++) {
    outcomes.push(await merah.send(session, `${session}-${i}`, `6012700000${n}`, `recycle ${session} ${i}`))
    await sleep(150)
  }
  return outcomes
}
