import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { TestGateway } from '../test/support/gateway.ts'
import type { TestPostgres } from '../test/support/postgres.ts'
import { BridgeProcess } from '../test/support/process.ts'
import { TOKEN } from '../test/support/settings.ts'

const LINKS_AT_ONCE = 10

/** What one bridge process uses. */
export type Facts = { rss: number; cpu: number }

type Fake = { url: string; control: string; end: () => void }

/** What reached a person's phone. */
export type Arrival = { at: number; from: string; phone: string; retry: boolean; text?: string; unreadable?: string; refused?: string }

/** A fake of WhatsApp, a gateway that takes what it is told, a database: what a measurement stands on, each a process of its own. */
export class Site {
  readonly gateway: TestGateway
  readonly #folder: string
  readonly #fake: Fake
  readonly #settings: Record<string, string>
  readonly #bridges: BridgeProcess[] = []

  static async open(server: TestPostgres, most: number): Promise<Site> {
    const folder = mkdtempSync(join(tmpdir(), 'siaran-bridge-bench-'))
    const [gateway, fake] = await Promise.all([TestGateway.start(), startFake(join(folder, 'media.pem'))])
    return new Site(folder, gateway, fake, await freshDatabase(server), most)
  }

  private constructor(folder: string, gateway: TestGateway, fake: Fake, database: string, most: number) {
    this.#folder = folder
    this.gateway = gateway
    this.#fake = fake
    this.#settings = {
      BRIDGE_TOKEN: TOKEN, BRIDGE_DATABASE_URL: database, BRIDGE_KEYS: `1:${Buffer.alloc(32, 7).toString('base64')}`,
      BRIDGE_WEBHOOK_URL: gateway.url, BRIDGE_WEBHOOK_SECRET: gateway.secret, BRIDGE_WHATSAPP_URL: fake.url,
      BRIDGE_MAX_SESSIONS: String(most), BRIDGE_CONNECTS_PER_SECOND: '50', BRIDGE_LINKS_AT_ONCE: String(LINKS_AT_ONCE),
      BRIDGE_LOG_LEVEL: 'warn',
    }
  }

  async bridge(owner: string): Promise<BridgeProcess> {
    const started = await BridgeProcess.start({ ...this.#settings, BRIDGE_OWNER: owner })
    this.#bridges.push(started)
    return started
  }

  /** Links a session to a phone of the fake, as a person does. */
  async link(bridge: BridgeProcess, session: string, phone: string): Promise<void> {
    await bridge.open(session)
    const { qr } = await bridge.until(session, 'qr', 60_000)
    const scanned = await fetch(`${this.#fake.control}/scan`, { method: 'POST', body: JSON.stringify({ qr, phone }) })
    if (!scanned.ok) throw new Error('A scan failed')
    await bridge.until(session, 'open', 120_000)
  }

  /** What reached phones after the first so many. */
  async arrivals(after: number): Promise<Arrival[]> {
    return (await (await fetch(`${this.#fake.control}/ledger?after=${after}`)).json()) as Arrival[]
  }

  async close(): Promise<void> {
    await Promise.all(this.#bridges.map(each => each.end('SIGKILL')))
    this.#fake.end()
    this.gateway.close()
    rmSync(this.#folder, { recursive: true, force: true })
  }
}

export async function factsOf(bridge: BridgeProcess): Promise<Facts> {
  const text = await (await fetch(`${bridge.url}/metrics`)).text()
  const value = (metric: string) => Number(new RegExp(`^${metric} (.+)$`, 'm').exec(text)?.[1])
  return {
    rss: value('process_resident_memory_bytes') / 1_048_576,
    cpu: value('process_cpu_seconds_total'),
  }
}

/** So many pieces of work, so many at once. */
export async function each(count: number, atOnce: number, work: (n: number) => Promise<unknown>): Promise<void> {
  let next = 0
  const worker = async () => {
    for (let n = next++; n < count; n = next++) await work(n)
  }
  await Promise.all(Array.from({ length: Math.min(count, atOnce) }, worker))
}

export function table(rows: Record<string, string | number>[]) {
  const columns = Object.keys(rows[0] ?? {})
  print(`| ${columns.join(' | ')} |`)
  print(`|${columns.map(() => '---:|').join('')}`)
  for (const row of rows) print(`| ${columns.map(column => row[column]).join(' | ')} |`)
}

export function print(line: string) {
  process.stdout.write(`${line}\n`)
}

async function startFake(certificate: string): Promise<Fake> {
  const child = spawn(process.execPath, ['fake/main.ts'], {
    cwd: new URL('..', import.meta.url), env: { ...process.env, FAKE_CERTIFICATE: certificate }, stdio: ['ignore', 'pipe', 'ignore'],
  })
  const line = await new Promise<string>(done => child.stdout!.once('data', part => done(String(part))))
  return { ...JSON.parse(line), end: () => child.kill('SIGKILL') }
}

let databases = 0

async function freshDatabase(server: TestPostgres): Promise<string> {
  const database = `bench_${process.pid}_${++databases}`
  const client = new pg.Client(server.url)
  await client.connect()
  await client.query(`CREATE DATABASE ${database}`)
  await client.end()
  const url = new URL(server.url)
  url.pathname = `/${database}`
  return url.href
}
