import type { TestPostgres } from '../test/support/postgres.ts'
import type { BridgeProcess } from '../test/support/process.ts'
import { each, factsOf, Site } from './site.ts'

const LINKED_AT_ONCE = 10

/** What a session and a send cost: one bridge process with so many sessions, from linking to the last of so many sends. */
export async function costOf(size: number, sends: number, server: TestPostgres): Promise<Record<string, string | number>> {
  const site = await Site.open(server, size)
  try {
    let bridge = await site.bridge('bench')
    const linking = await timed(bridge, () => each(size, LINKED_AT_ONCE, n => site.link(bridge, name(n), String(60_110_000_000 + n))))
    await bridge.end('SIGTERM')
    bridge = await site.bridge('bench')
    const empty = await factsOf(bridge)
    const connecting = await timed(bridge, () => each(size, size, n => bridge.until(name(n), 'open', 300_000)))
    const open = await factsOf(bridge)
    const sending = await timed(bridge, () => sendAll(bridge, size, sends))
    const after = await factsOf(bridge)
    return {
      sessions: size,
      'link CPU ms each': ((linking.cpu * 1000) / size).toFixed(0),
      'connect s all': connecting.seconds.toFixed(1),
      'connect CPU ms each': ((connecting.cpu * 1000) / size).toFixed(0),
      'RSS at start MB': empty.rss.toFixed(0),
      'RSS open MB': open.rss.toFixed(0),
      'RSS after sends MB': after.rss.toFixed(0),
      sends,
      'CPU ms a send': ((sending.cpu * 1000) / sends).toFixed(1),
      'sends/s': (sends / sending.seconds).toFixed(0),
    }
  } finally {
    await site.close()
  }
}

/** Each session writes to people it has not written to: the dearest kind of send, as in a campaign. */
async function sendAll(bridge: BridgeProcess, size: number, sends: number): Promise<void> {
  let next = 0
  const one = async (n: number) => {
    for (let id = next++; id < sends; id = next++) {
      const reply = await bridge.send(name(n), `bench-${size}-${id}`, `6017${String(1_000_000 + id)}`, `Selamat pagi ${id}`)
      if (reply.status !== 200) throw new Error(`A send ended ${reply.status} ${reply.detail}`)
    }
  }
  await Promise.all(Array.from({ length: Math.min(size, 50) }, (_, n) => one(n)))
}

async function timed(bridge: BridgeProcess, work: () => Promise<unknown>): Promise<{ seconds: number; cpu: number }> {
  const [begun, before] = [performance.now(), await factsOf(bridge)]
  await work()
  return { seconds: (performance.now() - begun) / 1_000, cpu: (await factsOf(bridge)).cpu - before.cpu }
}

const name = (n: number): string => `bench-${n}`
