import pino from 'pino'

/** What a line may carry beside its words. No phone, text, token or key has a name here, so none can be logged by mistake. */
export type Facts = {
  session?: string
  message_id?: string
  /** An event's own number. */
  event?: string
  state?: string
  epoch?: string
  code?: number | string
  count?: number
  ms?: number
  port?: number
  owner?: string
  /** An error's name or code, never its message: those of drivers and of Baileys quote what they were given. */
  error?: string
}

export interface Log {
  debug(facts: Facts, words: string): void
  info(facts: Facts, words: string): void
  warn(facts: Facts, words: string): void
  error(facts: Facts, words: string): void
}

export const createLog = (level: string): Log =>
  pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }) as unknown as Log

export const silentLog: Log = { debug() {}, info() {}, warn() {}, error() {} }

/** An error's kind, safe to log. */
export function kindOf(error: unknown): string {
  const { code, name } = (error ?? {}) as { code?: unknown; name?: unknown }
  if (typeof code === 'string' && /^[A-Z0-9_]{2,40}$/.test(code)) return code
  return typeof name === 'string' && /^[A-Za-z]{1,40}$/.test(name) ? name : 'Error'
}
