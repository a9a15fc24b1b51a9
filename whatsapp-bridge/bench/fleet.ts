import { setTimeout as sleep } from 'node:timers/promises'
import type { TestPostgres } from '../test/support/postgres.ts'
import type { BridgeProcess } from '../test/support/process.ts'
import { each, factsOf, print, Site, table, type Arrival, type Facts } from './site.ts'

const SHORTEST_MS = 10_000
const LONGEST_MS = 30_000
/** Clocks of two processes, and a timer that comes early by some ms. */
const TOLERANCE_MS = 20
const SAMPLE_MS = 30_000
const LINKED_AT_ONCE = 10

/** One session as the gateway's lane would work it: a message, its answer, a pause of 10 to 30 s, the next one. */
type Device = { session: string; phone: string; bridge: BridgeProcess }

/** When each message should have been at WhatsApp, by its text. */
type Due = Map<string, number>

/**
 * A fleet at a human pace: sessions in several processes, each sending every 10 to 30 s for some minutes. The fake's ledger judges:
 * nothing twice, nothing lost, nothing unreadable, nothing sooner than the shortest pause; and how late each arrived.
 */
export async function fleet(sessions: number, processes: number, minutes: number, server: TestPostgres): Promise<void> {
  const site = await Site.open(server, Math.ceil(sessions / processes))
  try {
    const bridges = await Promise.all(Array.from({ length: processes }, (_, n) => site.bridge(`bench-${n}`)))
    const devices = Array.from({ length: sessions }, (_, n) => (
      { session: `fleet-${n}`, phone: String(60_110_000_000 + n), bridge: bridges[n % processes]! }))
    const begun = performance.now()
    await each(sessions, LINKED_AT_ONCE * processes, n => site.link(devices[n]!.bridge, devices[n]!.session, devices[n]!.phone))
    print(`${sessions} sessions linked in ${((performance.now() - begun) / 1_000).toFixed(0)} s.`)
    await drive(site, devices, bridges, minutes)
  } finally {
    await site.close()
  }
}

async function drive(site: Site, devices: Device[], bridges: BridgeProcess[], minutes: number): Promise<void> {
  const due: Due = new Map()
  const refused: string[] = []
  const until = Date.now() + minutes * 60_000
  const before = await Promise.all(bridges.map(factsOf))
  const memory = [before]
  const sampling = setInterval(() => void Promise.all(bridges.map(factsOf)).then(facts => memory.push(facts), () => {}), SAMPLE_MS)
  await Promise.all(devices.map((each, n) => send(each, n, until, due, refused)))
  clearInterval(sampling)
  memory.push(await Promise.all(bridges.map(factsOf)))
  report(await ledger(site), due, refused, memory)
}

async function send({ session, bridge }: Device, n: number, until: number, due: Due, refused: string[]): Promise<void> {
  let at = Date.now() + Math.random() * LONGEST_MS
  for (let k = 0; at < until; k++) {
    await sleep(at - Date.now())
    const text = `fleet ${session} ${k}`
    due.set(text, at)
    const reply = await bridge.send(session, `${session}-${k}`, `6017${n % 1_000}${String(100_000 + k)}`, text)
    if (reply.status !== 200) refused.push(`${reply.status} ${reply.detail ?? reply.code}`)
    at = Date.now() + SHORTEST_MS + Math.random() * (LONGEST_MS - SHORTEST_MS)
  }
}

async function ledger(site: Site): Promise<Arrival[]> {
  const all: Arrival[] = []
  for (let page = await site.arrivals(0); page.length > 0; page = await site.arrivals(all.length)) all.push(...page)
  return all
}

function report(arrivals: Arrival[], due: Due, refused: string[], memory: Facts[][]) {
  const times = new Map<string, number>()
  for (const each of arrivals) if (each.text) times.set(each.text, (times.get(each.text) ?? 0) + 1)
  const late = arrivals.filter(each => due.has(each.text ?? '')).map(each => each.at - due.get(each.text!)!).sort((a, b) => a - b)
  const at = (share: number) => late[Math.min(late.length - 1, Math.floor(late.length * share))] ?? 0
  const [first, last] = [memory[0]!, memory.at(-1)!]
  const cpu = last.reduce((sum, each, n) => sum + each.cpu - first[n]!.cpu, 0)
  table([{
    sent: due.size,
    'not accepted': refused.length,
    'violations: twice': [...times.values()].filter(each => each > 1).length,
    lost: [...due.keys()].filter(each => !times.has(each)).length - refused.length,
    unreadable: arrivals.filter(each => each.unreadable).length,
    'too soon': tooSoon(arrivals),
    'lateness p50 ms': at(0.5).toFixed(0),
    'p99 ms': at(0.99).toFixed(0),
    'largest ms': at(1).toFixed(0),
    'CPU ms a send': ((cpu * 1_000) / due.size).toFixed(1),
  }])
  print('')
  print('Memory of the processes, RSS in MB, at the beginning, then every 30 s:')
  for (const n of first.keys()) print(`  ${memory.map(each => each[n]!.rss.toFixed(0)).join(' ')}`)
  for (const [why, count] of Object.entries(Object.groupBy(refused, each => each))) print(`  ${count!.length} x ${why}`)
}

/** Two messages of one phone nearer than the shortest pause. */
function tooSoon(arrivals: Arrival[]): number {
  const lastOf = new Map<string, number>()
  let count = 0
  for (const { from, at } of arrivals) {
    if (at - (lastOf.get(from) ?? -Infinity) < SHORTEST_MS - TOLERANCE_MS) count++
    lastOf.set(from, at)
  }
  return count
}
