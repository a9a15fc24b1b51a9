import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { TestGateway } from '../test/support/gateway.ts'
import { startPostgres, type TestPostgres } from '../test/support/postgres.ts'
import { BridgeProcess } from '../test/support/process.ts'
import { TOKEN } from '../test/support/settings.ts'

/*
 * What a session and a send cost: one bridge process on a real PostgreSQL against the fake of WhatsApp, each a process of its
 * own. --sessions 1,100,250 --sends 2000 --quick
 */
const { values } = parseArgs({
  options: { sessions: { type: 'string', default: '1,100,250' }, sends: { type: 'string', default: '2000' }, quick: { type: 'boolean', default: false } },
})
const sizes = values.quick ? [1, 10] : values.sessions!.split(',').map(Number)
const sends = values.quick ? 50 : Number(values.sends)

type Row = Record<string, string | number>

const postgres = await startPostgres()
const rows: Row[] = []
try {
  for (const size of sizes) rows.push(await measure(size, postgres))
} finally {
  await postgres.stop()
}
table(rows)
print(`${cpus().length} cores (${cpus()[0]!.model}), Node ${process.versions.node}; PostgreSQL, the fake and the bridge share them.`)
process.exit(0)

async function measure(size: number, server: TestPostgres): Promise<Row> {
  const folder = mkdtempSync(join(tmpdir(), 'siaran-bridge-bench-'))
  const gateway = await TestGateway.start()
  const fake = await startFake(join(folder, 'media.pem'))
  const environment = await settings(server, fake.url, gateway, size)
  let bridge = await BridgeProcess.start(environment)
  try {
    const linking = await timed(bridge, () => each(size, 3, n => link(bridge, fake.control, n)))
    await bridge.end('SIGTERM')
    bridge = await BridgeProcess.start(environment)
    const empty = await facts(bridge)
    const connecting = await timed(bridge, () => each(size, size, n => bridge.until(name(n), 'open', 300_000)))
    const open = await facts(bridge)
    const sending = await timed(bridge, () => sendAll(bridge, size))
    const after = await facts(bridge)
    return {
      sessions: size,
      'link s each': fixed(linking.seconds / size, 2),
      'connect s all': fixed(connecting.seconds, 1),
      'connect CPU ms each': fixed((connecting.cpu * 1000) / size, 0),
      'RSS at start MB': fixed(empty.rss, 0),
      'RSS open MB': fixed(open.rss, 0),
      'RSS after sends MB': fixed(after.rss, 0),
      sends,
      'CPU ms a send': fixed((sending.cpu * 1000) / sends, 1),
      'sends/s': fixed(sends / sending.seconds, 0),
    }
  } finally {
    await bridge.end('SIGKILL')
    fake.end()
    gateway.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Each session writes to people it has not written to: the dearest kind of send, as in a campaign. */
async function sendAll(bridge: BridgeProcess, size: number): Promise<void> {
  let next = 0
  const one = async (n: number) => {
    for (let id = next++; id < sends; id = next++) {
      const reply = await bridge.send(name(n), `bench-${size}-${id}`, `6017${String(1_000_000 + id)}`, `Selamat pagi ${id}`)
      if (reply.status !== 200) throw new Error(`A send ended ${reply.status} ${reply.detail}`)
    }
  }
  await Promise.all(Array.from({ length: Math.min(size, 50) }, (_, n) => one(n)))
}

async function link(bridge: BridgeProcess, control: string, n: number): Promise<void> {
  await bridge.open(name(n))
  const { qr } = await bridge.until(name(n), 'qr', 60_000)
  const scanned = await fetch(`${control}/scan`, { method: 'POST', body: JSON.stringify({ qr, phone: String(60_110_000_000 + n) }) })
  if (!scanned.ok) throw new Error('A scan failed')
  await bridge.until(name(n), 'open', 60_000)
}

async function startFake(certificate: string): Promise<{ url: string; control: string; end: () => void }> {
  const child = spawn(process.execPath, ['fake/main.ts'], {
    cwd: new URL('..', import.meta.url), env: { ...process.env, FAKE_CERTIFICATE: certificate }, stdio: ['ignore', 'pipe', 'ignore'],
  })
  const line = await new Promise<string>(done => child.stdout!.once('data', part => done(String(part))))
  return { ...JSON.parse(line), end: () => child.kill('SIGKILL') }
}

async function settings(server: TestPostgres, fake: string, gateway: TestGateway, size: number): Promise<Record<string, string>> {
  const database = `bench_${size}_${process.pid}`
  const client = new pg.Client(server.url)
  await client.connect()
  await client.query(`CREATE DATABASE ${database}`)
  await client.end()
  const url = new URL(server.url)
  url.pathname = `/${database}`
  return {
    BRIDGE_OWNER: 'bench', BRIDGE_TOKEN: TOKEN, BRIDGE_DATABASE_URL: url.href, BRIDGE_KEYS: `1:${Buffer.alloc(32, 7).toString('base64')}`,
    BRIDGE_WEBHOOK_URL: gateway.url, BRIDGE_WEBHOOK_SECRET: gateway.secret, BRIDGE_WHATSAPP_URL: fake, BRIDGE_MAX_SESSIONS: String(size),
    BRIDGE_CONNECTS_PER_SECOND: '50', BRIDGE_LOG_LEVEL: 'warn', BRIDGE_GONE_AFTER_MS: '15000',
  }
}

function name(n: number): string {
  return `bench-${n}`
}

/** So many pieces of work, so many at once. */
async function each(count: number, atOnce: number, work: (n: number) => Promise<unknown>): Promise<void> {
  let next = 0
  const worker = async () => {
    for (let n = next++; n < count; n = next++) await work(n)
  }
  await Promise.all(Array.from({ length: Math.min(count, atOnce) }, worker))
}

async function timed(bridge: BridgeProcess, work: () => Promise<unknown>): Promise<{ seconds: number; cpu: number }> {
  const [begun, before] = [performance.now(), await facts(bridge)]
  await work()
  return { seconds: (performance.now() - begun) / 1_000, cpu: (await facts(bridge)).cpu - before.cpu }
}

async function facts(bridge: BridgeProcess): Promise<{ rss: number; cpu: number }> {
  const text = await (await fetch(`${bridge.url}/metrics`)).text()
  const value = (metric: string) => Number(new RegExp(`^${metric} (.+)$`, 'm').exec(text)?.[1])
  return { rss: value('process_resident_memory_bytes') / 1_048_576, cpu: value('process_cpu_seconds_total') }
}

function fixed(value: number, digits: number): string {
  return value.toFixed(digits)
}

function table(all: Row[]) {
  const columns = Object.keys(all[0] ?? {})
  print(`| ${columns.join(' | ')} |`)
  print(`|${columns.map(() => '---:|').join('')}`)
  for (const row of all) print(`| ${columns.map(column => row[column]).join(' | ')} |`)
}

function print(line: string) {
  process.stdout.write(`${line}\n`)
}
