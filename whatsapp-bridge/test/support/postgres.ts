import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import pg from 'pg'

const run = promisify(execFile)

/** A real PostgreSQL for the tests: the one that BRIDGE_TEST_DATABASE_URL names, else one of this machine's own, started here. */
export type TestPostgres = { url: string; stop: () => Promise<void> }

export async function startPostgres(): Promise<TestPostgres> {
  const given = process.env.BRIDGE_TEST_DATABASE_URL
  if (given) return { url: given, stop: async () => {} }
  const programs = findPrograms()
  const folder = mkdtempSync(join(tmpdir(), 'siaran-bridge-pg-'))
  const as = await unprivileged()
  if (as) chownSync(folder, as.uid, as.gid)
  const data = join(folder, 'data')
  await run(join(programs, 'initdb'), ['-D', data, '-U', 'postgres', '--auth=trust', '--no-sync', '-E', 'UTF8', '--locale=C'], { ...as })
  const port = await freePort()
  const server = spawn(join(programs, 'postgres'),
    ['-D', data, '-p', String(port), '-c', 'listen_addresses=127.0.0.1', '-c', `unix_socket_directories=${folder}`, '-c', 'max_connections=200', '-c', 'fsync=off'],
    { ...as, stdio: 'ignore' })
  const url = `postgresql://postgres@127.0.0.1:${port}/postgres`
  await untilUp(url, server)
  return { url, stop: () => stop(server, folder) }
}

/** A database of its own for one test file. */
export async function freshDatabase(): Promise<string> {
  const url = process.env.BRIDGE_TEST_SERVER_URL
  if (!url) throw new Error('Run the tests by "npm test": it starts PostgreSQL')
  const name = `bridge_${process.pid}_${Math.random().toString(36).slice(2, 8)}`
  const client = new pg.Client(url)
  await client.connect()
  await client.query(`CREATE DATABASE ${name}`)
  await client.end()
  const own = new URL(url)
  own.pathname = `/${name}`
  return own.href
}

/** Changes the schema under a bridge that runs: of two that wait for each other PostgreSQL ends one, and it may be this one. */
export async function alter(database: pg.Client, sql: string): Promise<void> {
  for (let left = 9; ; left--) {
    try {
      await database.query(sql)
      return
    } catch (error) {
      if ((error as { code?: string }).code !== '40P01' || left === 0) throw error
    }
  }
}

function findPrograms(): string {
  const debian = '/usr/lib/postgresql'
  const installed = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)).map(each => join(debian, each, 'bin')) : []
  const folder = [...installed, ...(process.env.PATH ?? '').split(delimiter)].find(each => existsSync(join(each, 'initdb')) && existsSync(join(each, 'postgres')))
  if (!folder) throw new Error('The tests need PostgreSQL: install postgresql, or set BRIDGE_TEST_DATABASE_URL ("./siaran test" brings its own)')
  return folder
}

/** PostgreSQL refuses to run as root. */
async function unprivileged(): Promise<{ uid: number; gid: number } | undefined> {
  if (process.getuid?.() !== 0) return undefined
  for (const user of ['postgres', 'nobody']) {
    const id = async (flag: string) => Number((await run('id', [flag, user])).stdout)
    try {
      return { uid: await id('-u'), gid: await id('-g') }
    } catch {
      // no such user: the next one
    }
  }
  return undefined
}

export async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>(done => probe.listen(0, '127.0.0.1', done))
  const { port } = probe.address() as AddressInfo
  await new Promise(done => probe.close(done))
  return port
}

async function untilUp(url: string, server: ChildProcess) {
  for (let tries = 0; tries < 200; tries++) {
    if (server.exitCode !== null) throw new Error('PostgreSQL did not start')
    const client = new pg.Client(url)
    const up = await client.connect().then(() => true, () => false)
    await client.end().catch(() => {})
    if (up) return
    await sleep(50)
  }
  throw new Error('PostgreSQL did not come up in 10 s')
}

async function stop(server: ChildProcess, folder: string) {
  server.kill('SIGINT')
  await new Promise(done => server.once('exit', done))
  rmSync(folder, { recursive: true, force: true })
}

