import { hostname } from 'node:os'

/** The settings of a bridge process, from its environment. */
export type Config = {
  /** Where it listens. */
  host: string
  port: number
  /** Its name among the processes, the same after a restart, and where others reach it. */
  owner: string
  address: string
  /** The bearer token of the API. */
  token: string
  databaseUrl: string
  databaseConnections: number
  /** Keys that seal what is stored, by id; the first one seals. */
  keys: Map<number, Buffer>
  webhook: { url: string; secret: string }
  whatsApp: {
    url: string
    /** What we say our version is: too old a one is refused with 405. */
    version: [number, number, number]
    /** Address contacts by their LID where they have one. */
    preferLid: boolean
    /** How long a question may take. */
    queryTimeoutMs: number
    /** How long after the write the answer may take. */
    /** Until a connection that was begun shows a code or stands; then it is given up. */
    connectTimeoutMs: number
    ackTimeoutMs: number
    /** How long a connection has to stand until the pause before the next one is a short one again. */
    calmAfterMs: number
  }
  /** Sessions that this process takes. */
  maxSessions: number
  connectsPerSecond: number
  /** Sessions that are linked at the same moment: each reads its history then. */
  linksAtOnce: number
  /** A session's connection is renewed after so many hours; 0: never. */
  recycleHours: number
  /** After how long without a sign of life a process counts as gone. */
  goneAfterMs: number
  /** How long it may take to stop: sends under way, a session's last writes, events that are to be told. */
  stopWithinMs: number
  logLevel: string
}

export class Misconfigured extends Error {}

type Environment = Record<string, string | undefined>

/** Reads and checks them; throws {@link Misconfigured}, naming the setting and never its value. */
export function readConfig(environment: Environment): Config {
  const port = integer(environment, 'BRIDGE_PORT', 8090, 0, 65_535)
  const host = environment.BRIDGE_HOST || '127.0.0.1'
  return {
    host,
    port,
    owner: environment.BRIDGE_OWNER || hostname(),
    address: environment.BRIDGE_ADDRESS || `http://${host}:${port}`,
    token: secret(environment, 'BRIDGE_TOKEN'),
    databaseUrl: url(environment, 'BRIDGE_DATABASE_URL', ['postgresql:', 'postgres:']),
    databaseConnections: integer(environment, 'BRIDGE_DATABASE_CONNECTIONS', 10, 2, 200),
    keys: keys(environment),
    webhook: { url: url(environment, 'BRIDGE_WEBHOOK_URL', ['http:', 'https:']), secret: secret(environment, 'BRIDGE_WEBHOOK_SECRET') },
    whatsApp: {
      url: environment.BRIDGE_WHATSAPP_URL || 'wss://web.whatsapp.com/ws/chat',
      version: version(environment.BRIDGE_WHATSAPP_VERSION || '2.3000.1043857760'),
      preferLid: (environment.BRIDGE_PREFER_LID || 'true') === 'true',
      queryTimeoutMs: integer(environment, 'BRIDGE_QUERY_TIMEOUT_MS', 15_000, 100, 60_000),
      connectTimeoutMs: integer(environment, 'BRIDGE_CONNECT_TIMEOUT_MS', 60_000, 1_000, 600_000),
      ackTimeoutMs: integer(environment, 'BRIDGE_ACK_TIMEOUT_MS', 15_000, 100, 60_000),
      calmAfterMs: integer(environment, 'BRIDGE_CALM_AFTER_MS', 60_000, 0, 3_600_000),
    },
    maxSessions: integer(environment, 'BRIDGE_MAX_SESSIONS', 250, 1, 5_000),
    connectsPerSecond: integer(environment, 'BRIDGE_CONNECTS_PER_SECOND', 5, 1, 1_000),
    linksAtOnce: integer(environment, 'BRIDGE_LINKS_AT_ONCE', 3, 1, 100),
    recycleHours: hours(environment, 'BRIDGE_RECYCLE_HOURS', 24, 1_000),
    goneAfterMs: integer(environment, 'BRIDGE_GONE_AFTER_MS', 15_000, 500, 600_000),
    stopWithinMs: integer(environment, 'BRIDGE_STOP_WITHIN_MS', 30_000, 1_000, 600_000),
    logLevel: environment.BRIDGE_LOG_LEVEL || 'info',
  }
}

function required(environment: Environment, name: string): string {
  const value = environment[name]
  if (!value) throw new Misconfigured(`${name} is missing`)
  return value
}

function secret(environment: Environment, name: string): string {
  const value = required(environment, name)
  if (value.length < 32) throw new Misconfigured(`${name} is too short: it needs 32 characters or more`)
  return value
}

function integer(environment: Environment, name: string, usual: number, least: number, most: number): number {
  const text = environment[name]
  const value = text ? Number(text) : usual
  if (!Number.isInteger(value) || value < least || value > most) {
    throw new Misconfigured(`${name} must be a whole number from ${least} to ${most}`)
  }
  return value
}

function hours(environment: Environment, name: string, usual: number, most: number): number {
  const text = environment[name]
  const value = text ? Number(text) : usual
  if (!Number.isFinite(value) || value < 0 || value > most) throw new Misconfigured(`${name} must be a number from 0 to ${most}`)
  return value
}

function url(environment: Environment, name: string, protocols: string[]): string {
  const value = required(environment, name)
  if (!protocols.includes(URL.parse(value)?.protocol ?? '')) throw new Misconfigured(`${name} must be an address of ${protocols.join(' or ')}//`)
  return value
}

/** `1:base64,0:base64`, the sealing one first, 32 bytes each. */
function keys(environment: Environment): Map<number, Buffer> {
  const found = new Map<number, Buffer>()
  for (const each of required(environment, 'BRIDGE_KEYS').split(',')) {
    const [id, text] = each.split(':', 2)
    const key = Buffer.from(text ?? '', 'base64')
    const number = Number(id)
    if (!Number.isInteger(number) || number < 0 || number > 255 || key.length !== 32) {
      throw new Misconfigured('BRIDGE_KEYS must be a list of id:key, ids from 0 to 255, keys of 32 bytes in base64')
    }
    found.set(number, key)
  }
  return found
}

function version(text: string): [number, number, number] {
  const parts = text.split('.').map(Number)
  if (parts.length !== 3 || parts.some(each => !Number.isInteger(each))) {
    throw new Misconfigured('BRIDGE_WHATSAPP_VERSION must be three numbers, such as 2.3000.1043857760')
  }
  return parts as [number, number, number]
}
