import {
  BufferJSON, initAuthCreds, proto, type AuthenticationCreds, type SignalDataSet, type SignalDataTypeMap, type SignalKeyStore,
} from '@whiskeysockets/baileys'
import type { Database } from '../database/database.ts'
import { Fenced, type Ownership } from './fence.ts'
import { KeyMissing, type Seal } from './seal.ts'

type Row = { type: string; id: string; value: Buffer | null }

/**
 * The keys of one session, for as long as it is owned. One statement a write, so a write is whole or not at all; each locks
 * the session's row and compares the epoch, so an owner that was replaced can change nothing: two owners would reuse ratchet
 * keys and pre-keys, and contacts could not read what they get. What comes late for a session that was logged out is dropped:
 * its keys are forgotten.
 */
export class AuthStore implements SignalKeyStore {
  readonly #database: Database
  readonly #seal: Seal
  readonly #own: Ownership

  constructor(database: Database, seal: Seal, own: Ownership) {
    this.#database = database
    this.#seal = seal
    this.#own = own
  }

  /**
   * The stored credentials, or fresh ones for a session that is to be linked. Throws {@link Fenced} where the session has
   * another owner: whoever is about to connect asks for them last, and would throw that owner out at WhatsApp.
   */
  async credentials(): Promise<AuthenticationCreds> {
    const value = await this.#storedCredentials()
    const stored = value && (this.#read('creds', '', value) as AuthenticationCreds)
    // A link by code writes its phone down before it succeeds; logging in with that would be refused for good.
    return stored && isUsable(stored) ? stored : initAuthCreds()
  }

  /**
   * Whether a phone has agreed to it, and may list it. False as well where the credentials do not open: nobody can log it out by them.
   * Throws {@link KeyMissing} where another process may open them, and {@link Fenced} where the session has another owner.
   */
  async isLinked(): Promise<boolean> {
    const value = await this.#storedCredentials()
    try {
      return value !== null && Boolean((this.#read('creds', '', value) as AuthenticationCreds).account)
    } catch (error) {
      if (error instanceof KeyMissing) throw error
      return false
    }
  }

  async #storedCredentials(): Promise<Buffer | null> {
    const { rows } = await this.#database.query(
      `SELECT a.value FROM wa_session s LEFT JOIN wa_auth a ON a.session = s.session AND a.type = 'creds' AND a.id = ''
       WHERE s.session = $1 AND s.epoch = $2`, [this.#own.session, this.#own.epoch])
    if (rows.length === 0) throw new Fenced()
    return rows[0].value
  }

  saveCredentials(credentials: AuthenticationCreds): Promise<void> {
    return this.#write([this.#row('creds', '', credentials)])
  }

  async get<T extends keyof SignalDataTypeMap>(type: T, ids: string[]): Promise<{ [id: string]: SignalDataTypeMap[T] }> {
    const { rows } = await this.#database.query({
      name: 'auth-get',
      text: 'SELECT id, value FROM wa_auth WHERE session = $1 AND type = $2 AND id = ANY($3)',
      values: [this.#own.session, type, ids],
    })
    return Object.fromEntries(rows.map(row => [row.id, this.#read(type, row.id, row.value)]))
  }

  async set(data: SignalDataSet): Promise<void> {
    const rows = Object.entries(data).flatMap(([type, values]) =>
      Object.entries(values ?? {}).map(([id, value]) => this.#row(type, id, value)))
    if (rows.length > 0) await this.#write(rows)
  }

  #row(type: string, id: string, value: unknown): Row {
    if (value === null || value === undefined) return { type, id, value: null }
    return { type, id, value: this.#seal.seal(this.#place(type, id), JSON.stringify(value, BufferJSON.replacer)) }
  }

  #read(type: string, id: string, value: Buffer) {
    const read = JSON.parse(this.#seal.open(this.#place(type, id), value), BufferJSON.reviver)
    return type === 'app-state-sync-key' ? proto.Message.AppStateSyncKeyData.fromObject(read) : read
  }

  #place(type: string, id: string): string {
    return `${this.#own.session}|${type}|${id}`
  }

  async #write(rows: Row[]): Promise<void> {
    const kept = rows.filter(row => row.value)
    const gone = rows.filter(row => !row.value)
    const { rows: result } = await this.#database.query({
      name: 'auth-set',
      text: `WITH fence AS (SELECT state FROM wa_session WHERE session = $1 AND epoch = $2 FOR SHARE),
        kept AS (INSERT INTO wa_auth (session, type, id, value)
          SELECT $1, row.type, row.id, row.value FROM unnest($3::text[], $4::text[], $5::bytea[]) row (type, id, value), fence
          WHERE fence.state <> 'logged_out'
          ON CONFLICT (session, type, id) DO UPDATE SET value = excluded.value),
        gone AS (DELETE FROM wa_auth a USING unnest($6::text[], $7::text[]) row (type, id), fence
          WHERE a.session = $1 AND a.type = row.type AND a.id = row.id)
        SELECT count(*)::int AS stands FROM fence`,
      values: [
        this.#own.session, this.#own.epoch, kept.map(row => row.type), kept.map(row => row.id), kept.map(row => row.value),
        gone.map(row => row.type), gone.map(row => row.id),
      ],
    })
    if (result[0].stands === 0) throw new Fenced()
  }
}

const isUsable = (credentials: AuthenticationCreds): boolean => !credentials.me || Boolean(credentials.account)
